"""Rules as their readers get them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from shared.core.versions import state_of

SIGNED = ("published_at", "published_by", "withdrawn_at", "withdrawn_by")


async def listed(service: PointsService, territory: str) -> dict[str, Any]:
    """All rules, the last published first, and by which of them points of this territory are given
    now."""
    in_force = await service.rules(territory)
    now, published = datetime.now(UTC), service.books.published
    items = []
    for rules in (BOOK, *published.versions):
        signed = service.books.signed(rules.version)
        line = {
            "rules": rules.model_dump(mode="json"),
            "state": state_of(published, BOOK, rules, now),
        }
        items.append(line | {name: signed.get(name) for name in SIGNED})
    return {"items": items[::-1], "territory": territory, "in_force": in_force.version}
