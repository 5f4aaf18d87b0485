"""Rules as their readers get them, and who reaches which star by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.volunteer.queries import eligibility
from services.volunteer.queries.eligibility import Judging, Ladder
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.ruling.forms import EligibleFilter, PreviewFilter
from services.volunteer.service import Volunteers
from shared.core.access import Reach
from shared.core.local_time import day_of
from shared.core.versions import state_of

SIGNED = ("published_at", "published_by", "withdrawn_at", "withdrawn_by")
MODELS = ("time_accounts", "star_standing")


async def listed(service: Volunteers, territory: str) -> dict[str, Any]:
    """All rules, the last published first, and by which of them this territory is judged now."""
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


async def eligible(
    service: Volunteers, rules: VolunteerRules, seen: Reach, wanted: EligibleFilter
) -> dict[str, Any]:
    """How many reach which star under these rules, and who reaches a higher one than they hold."""
    marks = [await service.watermarks.reach(one, wanted.min_position) for one in MODELS]
    ladder = Ladder.of(rules, day_of(datetime.now(UTC)))
    places = service.map.below(seen.territory)
    judging = Judging(now=ladder, before=ladder, places=places)
    found = await eligibility.people(
        service.pool, judging, eligibility.ABOVE, wanted.after, wanted.limit + 1
    )
    return {
        "version": rules.version,
        "counts": await eligibility.counts(service.pool, judging),
        **_page(found, wanted.limit),
        "watermark": min(marks, key=lambda mark: mark.position).model_dump(),
    }


async def preview(
    service: Volunteers, rules: VolunteerRules, seen: Reach, wanted: PreviewFilter
) -> dict[str, Any]:
    """What these rules would change in their scope against those that are in force there."""
    marks = [await service.watermarks.of(one) for one in MODELS]
    place = rules.scope or seen.territory
    before, day = await service.rules(place or ""), day_of(datetime.now(UTC))
    judging = Judging(
        now=Ladder.of(rules, day),
        before=Ladder.of(before, day),
        places=service.map.below(place),
    )
    counted = await eligibility.counts(service.pool, judging)
    found = await eligibility.people(
        service.pool, judging, eligibility.MOVED, wanted.after, wanted.limit + 1
    )
    return {
        "before": before.version,
        "counts": counted,
        "changed": sum(line["people"] for line in counted if line["was"] != line["becomes"]),
        **_page(found, wanted.limit),
        "watermark": min(marks, key=lambda mark: mark.position).model_dump(),
    }


def _page(found: Sequence[dict[str, Any]], limit: int) -> dict[str, Any]:
    shown = found[:limit]
    more: UUID | None = shown[-1]["person"] if len(found) > limit else None
    return {"items": shown, "next": more}
