"""From rows to answers about hours: sealed notes opened, what is odd named, steps offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.joining import names
from services.volunteer.recording.answers import Odd, RecordLine
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.core.sealed import Sealed

OWN_WORDS = ("number", "name", "recorder_name", "note", "odd", "steps")
SHOWN = tuple(name for name in RecordLine.model_fields if name not in OWN_WORDS)
NOBODY = UUID(int=0)
LONG = 8 * 60
FULL = 12 * 60
STEPS: Mapping[str, Sequence[tuple[str, str]]] = {
    "logged": (("approve", "approve_hours"), ("reject", "reject_hours")),
    "approved": (("reverse", "reverse_hours"),),
}


async def lines(
    service: Volunteers, rows: Sequence[Mapping[str, Any]], actor: Actor
) -> list[dict[str, Any]]:
    """Lines of a page, as this actor sees them."""
    notes = await service.sealer.open(
        Sealed(subject=row["person"], field="note", box=row["note"]) if row["note"] else None
        for row in rows
    )
    known = await names.among(service, actor, _people(rows))
    return [
        {
            **{name: row[name] for name in SHOWN},
            "number": row["position"],
            "name": known.get(row["person"]),
            "recorder_name": known.get(names.person_in(row["recorder"]) or NOBODY),
            "note": note,
            "odd": list(odd(row)),
            "steps": [*_steps(service, row, actor)],
        }
        for row, note in zip(rows, notes, strict=True)
    ]


def _people(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[UUID | None, str]]:
    """Whose hours they are, and who put them on record."""
    for row in rows:
        yield row["person"], row["territory"]
        yield names.person_in(row["recorder"]), row["territory"]


def odd(row: Mapping[str, Any]) -> Iterator[Odd]:
    """What an approver should look at."""
    if row["late"] is not None:
        yield "late"
    if row["recorder"] == str(row["person"]):
        yield "own_entry"
    if row["grade"] == "c":
        yield "weak"
    if row["minutes"] > LONG:
        yield "long"
    if row["day_minutes"] > FULL:
        yield "full_day"
    if row["same_proof"]:
        yield "same_proof"


def _steps(service: Volunteers, row: Mapping[str, Any], actor: Actor) -> Iterator[str]:
    thing = Thing((row["territory"],), owner=str(row["person"]))
    for step, action in STEPS.get(row["status"], ()):
        theirs = actor.id in {row["recorder"], str(row["person"])}
        if step == "approve" and theirs:
            continue
        if ACCESS.allows(actor, action, thing, service.map.within):
            yield step
