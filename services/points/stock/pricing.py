"""What an item costs on which day. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class Price(BaseModel):
    """So many points a piece from day `since` to day `until`, both in; without an end None."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: int
    since: str
    until: str | None = None


def price_on(prices: Sequence[Price], day: str) -> int | None:
    """The price of that day: of those that are in force the one that was set last; None where
    there is none."""
    for price in reversed(prices):
        if price.since <= day <= (price.until or day):
            return price.points
    return None
