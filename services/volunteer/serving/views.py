"""From rows to answers about duty posts."""

from __future__ import annotations

from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.duty.turns import week_of
from services.volunteer.projections.cadre_checkin_board import DutyRow
from services.volunteer.queries.duties import Duties
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.core.sealed import Sealed

LAST = 100  # lines that are shown of a post
SHOWN = (
    "holder", "role", "territory", "cadence", "since", "ended_on", "due_on", "checked", "late",
    "missed", "streak", "longest", "last_turn", "last_missed", "issues", "pledges", "kept",
    "minutes", "version",
)  # fmt: skip
STEPS = (
    "add_shifts", "check_in", "raise_duty_issue", "make_pledge", "keep_pledge", "serve_shift",
    "score_track", "publish_assessment", "end_duty",
)  # fmt: skip


def line(row: DutyRow, today: str) -> dict[str, Any]:
    """A post."""
    turn = week_of(today) if row.cadence == "weekly" else today
    done = row.last_turn == turn
    return {"id": row.duty_id, "checked_in": done, **{one: getattr(row, one) for one in SHOWN}}


async def view(service: Volunteers, row: DutyRow, actor: Actor, today: str) -> dict[str, Any]:
    """A post and what is told of it, as this actor may see it."""
    duties = Duties(service.pool)
    notes, periods = await duties.notes(row.duty_id, LAST), await duties.periods(row.duty_id)
    boxes = [
        Sealed(subject=row.holder, field="words", box=one["words"]) if one["words"] else None
        for one in notes
    ]
    texts = await service.sealer.open(boxes)
    own = actor.id == str(row.holder)
    return {
        "duty": line(row, today),
        "notes": [{**one, "words": text} for one, text in zip(notes, texts, strict=True)],
        "assessments": [one for one in periods if one["published_at"] or not own],
        "steps": _steps(service, row, actor),
    }


def _steps(service: Volunteers, row: DutyRow, actor: Actor) -> list[str]:
    thing, within = Thing((row.territory,), owner=str(row.holder)), service.map.within
    open_ = [one for one in STEPS if ACCESS.allows(actor, one, thing, within)]
    if actor.id == str(row.holder):
        open_ = [one for one in open_ if one not in ("score_track", "publish_assessment")]
    if row.cadence == "weekly":
        open_ = [one for one in open_ if one != "add_shifts"]
    return [] if row.ended_on else open_
