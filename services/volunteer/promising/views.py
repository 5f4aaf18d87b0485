"""From rows to answers about promises."""

from __future__ import annotations

from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.grants.promising import STAFF
from services.volunteer.projections.promise_tracker import PromiseRow, rhythm_of
from services.volunteer.series.agenda import Agenda, agenda_of
from services.volunteer.series.rhythm import Rhythm, first, following
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Actor

SHOWN = (
    "name", "territory", "kind", "starts", "promised", "team", "ended_on", "held", "late", "missed",
    "people", "streak", "longest", "last_held", "last_missed", "version",
)  # fmt: skip


def line(row: PromiseRow, actor: Actor, today: str) -> dict[str, Any]:
    """A series as this actor may see it."""
    rhythm, open_ = rhythm_of(row), agenda_of(row.left_open)
    return {
        "id": row.series_id,
        "rhythm": rhythm.model_dump(),
        "from_case": row.cause_case is not None,
        "cause_case": row.cause_case if actor.roles & STAFF else None,
        "next_on": None if row.ended_on else next_on(rhythm, open_, today),
        **{name: getattr(row, name) for name in SHOWN},
    }


def next_on(rhythm: Rhythm, known: Agenda, today: str) -> str | None:
    """The next day, from today on, on which something is due of which nothing is known."""
    fixed = [to for to in known.fixed.values() if to >= today]
    day = first(rhythm, max(known.next, today)) if known.next else None
    while day is not None and day in known.ahead:
        day = following(rhythm, day)
    return min([*fixed, *([day] if day else [])], default=None)


def may(service: Volunteers, actor: Actor, territory: str) -> dict[str, bool]:
    """What this actor may do with the promises of this territory."""
    there, within = Thing((territory,)), service.map.within
    return {
        "may_convene": ACCESS.allows(actor, "establish_series", there, within),
        "may_note": ACCESS.allows(actor, "note_occurrence", there, within),
    }
