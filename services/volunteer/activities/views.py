"""From rows of activities to answers, as far as their reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.activities.answers import ActivityLine
from services.volunteer.joining import names
from services.volunteer.queries.activities import ActivityQueries
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.core.sealed import Sealed

SAME = tuple(name for name in ActivityLine.model_fields if name != "free")
SEAT = (
    "person", "status", "signed_up_at", "signed_in_at", "signed_out_at", "evidence", "minutes",
    "no_show",
)  # fmt: skip


def self_of(actor: Actor) -> UUID | None:
    """The person who asks; None for one who is known by another kind of id."""
    try:
        return UUID(actor.id)
    except ValueError:
        return None


def line(row: Mapping[str, Any]) -> dict[str, Any]:
    """One activity."""
    free = None if row["capacity"] is None else max(row["capacity"] - row["signed"], 0)
    return {**{name: row[name] for name in SAME}, "free": free}


async def view(service: Volunteers, actor: Actor, row: Mapping[str, Any]) -> dict[str, Any]:
    """An activity with its sheet, for whoever may see it."""
    here, within = Thing((row["territory"],)), service.map.within
    sees = ACCESS.allows(actor, "read_attendance", here, within)
    sealed = None
    if row["words"] is not None:
        sealed = Sealed(subject=row["person"], field="words", box=row["words"])
    [words] = await service.sealer.open([sealed])
    return {
        "activity": line(row),
        "words": words,
        "may_record": ACCESS.allows(actor, "mark_attendance", here, within),
        "may_lead": ACCESS.allows(actor, "cancel_activity", here, within),
        "sheet": await _sheet(service, actor, row) if sees else [],
    }


async def _sheet(service: Volunteers, actor: Actor, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    queries = ActivityQueries(service.pool)
    seats = await queries.sheet(row["activity_id"])
    people = [seat["person"] for seat in seats]
    called = await names.of(service, actor, people, row["territory"])
    missed = await queries.missed(people)
    return [
        {
            **{name: seat[name] for name in SEAT},
            "name": called.get(seat["person"]),
            "missed": missed.get(seat["person"], 0),
        }
        for seat in seats
    ]
