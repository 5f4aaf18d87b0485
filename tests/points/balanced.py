"""What has to be true of a shop at every moment, of its streams alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

# What becomes of the points, by what became of the redemption.
POINTS = {"held": "open", "fulfilled": "spent", "cancelled": "free"}


def of_item(state: Any) -> None:
    """Nothing is below nothing, and no piece was lost or made."""
    assert state.shelf >= 0
    assert state.off >= 0
    assert state.given >= 0
    assert all(some > 0 for some in state.held.values())
    there = state.shelf + sum(state.held.values()) + state.given + state.off
    assert state.stocked == there, "stocked = on hand + held + handed over + written off"


def of_redemption(one: UUID, state: Any, payer: Any, shelf: Any) -> None:
    """The account and the stock say of it what it says of itself."""
    told, hold = state.request, payer.holds[one]
    assert hold.status == POINTS[state.status]
    assert (hold.points, hold.quantity) == (told.points, told.quantity)
    assert shelf.held.get(one, 0) == (told.quantity if state.status == "held" else 0)
    assert hold.refunded == told.points // told.quantity * state.back


def nothing_else(
    redemptions: Mapping[UUID, Any], accounts: Iterable[Any], items: Iterable[Any]
) -> None:
    """Nothing is put aside or spent for what is no redemption."""
    known = set(redemptions)
    assert all(set(state.holds) <= known for state in accounts)
    assert all(set(state.held) <= known for state in items)


def sold(
    redemptions: Iterable[Any], items: Iterable[Any], accounts: Sequence[Any]
) -> tuple[int, int]:
    """How many pieces were sold, and for how many points: as redemptions, items and accounts say,
    each for itself."""
    done = [one for one in redemptions if one.status == "fulfilled"]
    pieces = sum(one.request.quantity - one.back for one in done)
    points = sum(
        one.request.points // one.request.quantity * (one.request.quantity - one.back)
        for one in done
    )
    assert pieces == sum(state.given for state in items)
    spent = [hold for state in accounts for hold in state.holds.values() if hold.status == "spent"]
    assert points == sum(hold.points - hold.refunded for hold in spent)
    return pieces, points
