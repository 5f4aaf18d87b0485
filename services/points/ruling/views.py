"""Rules as their readers get them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from services.points.rules.shelf import Shelf
from services.points.service import PointsService
from shared.core.local_time import day_of

SIGNED = ("published_at", "published_by", "withdrawn_at", "withdrawn_by")


async def listed(service: PointsService, territory: str) -> dict[str, Any]:
    """All rules, the last published first, and by which of them points of this territory are given
    now."""
    in_force = await service.rules(territory)
    now, published = datetime.now(UTC), service.books.published
    items = []
    for rules in (BOOK, *published.versions):
        signed = service.books.signed(rules.version)
        line = {"rules": rules.model_dump(mode="json"), "state": _state(service, rules, now)}
        items.append(line | {name: signed.get(name) for name in SIGNED})
    return {"items": items[::-1], "territory": territory, "in_force": in_force.version}


def _state(service: PointsService, rules: PointsRules, now: datetime) -> str:
    published = service.books.published
    if rules.version in published.withdrawn:
        return "withdrawn"
    if rules.starts > date.fromisoformat(day_of(now)):
        return "to_come"
    of_scope = tuple(one for one in (BOOK, *published.standing) if one.scope == rules.scope)
    places = (rules.scope,) if rules.scope else ()
    current = Shelf(of_scope).in_force(places, now)
    return "in_force" if current.version == rules.version else "past"
