"""From rows of shops and redemptions to what clients get."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from services.points.projections.shop_stock import prices_of
from services.points.rules.book import PointsRules
from services.points.service import PointsService
from services.points.stock.pricing import price_on
from shared.core.local_time import day_of
from shared.core.messages import Actor

SHOP = ("territory", "name", "place", "hours", "status", "version")
OFFER = ("name", "unit", "category", "shelf", "most", "span")
REDEMPTION = (
    "version", "kind", "holder", "shop", "item", "quantity", "points", "status", "reason", "shown",
    "back", "refunded", "asked_at", "due", "ended_at",
)  # fmt: skip


def shop_view(row: Mapping[str, Any]) -> dict[str, Any]:
    """A shop."""
    return {"id": row["shop_id"], **{name: row[name] for name in SHOP}}


def offer(row: Mapping[str, Any], day: str) -> dict[str, Any]:
    """An item as it is offered on this day."""
    price = price_on(prices_of(row["prices"]), day)
    return {"id": row["item_id"], "points": price, **{name: row[name] for name in OFFER}}


def catalogue(
    shop: Mapping[str, Any], rows: list[Mapping[str, Any]], rules: PointsRules
) -> dict[str, Any]:
    """What the shop offers today; nothing while it is closed."""
    today = day_of(datetime.now(UTC))
    there = [row for row in rows if row["status"] == "listed" and shop["status"] == "open"]
    return {
        "shop": shop_view(shop),
        "items": [offer(row, today) for row in there],
        **{name: getattr(rules, name) for name in ("least", "opens", "pickup_hours")},
    }


def redemption_view(service: PointsService, row: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """A redemption, with its code for the one who fetches it, while it waits."""
    own = str(row["keeper"]) == actor.id and row["status"] == "held"
    names = {name: row[name] or "" for name in ("name", "unit", "shop_name", "shop_place", "hours")}
    code = service.codes.of(row["redemption_id"]) if own else None
    known = {name: row[name] for name in REDEMPTION}
    return {"id": row["redemption_id"], **known, **names, "code": code}
