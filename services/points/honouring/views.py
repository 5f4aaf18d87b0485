"""From rows and histories to answers about honours, as far as their reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from services.points.access import ACCESS
from services.points.grants.honouring import SEE_NAMES
from services.points.honour.events import HonourNominated, HonourObjected
from services.points.honour.possible import STEPS, possible
from services.points.honouring.file import HonourFile
from services.points.service import PointsService
from shared.core.access import action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.core.sealed import Sealed

Row = Mapping[str, Any]
SAME = ("number", "title", "title_en", "kind", "territory", "year")
QUEUED = (*SAME, "state", "code", "level", "asked_at", "notice_until", "open_objections")
HUNG = (*SAME[1:], "code", "level", "since", "recorded")
PEOPLE = frozenset({"person", "household"})


async def queue(service: PointsService, actor: Actor, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Lines of the queue, with the names that this actor may see."""
    sees = bool(actor.roles & SEE_NAMES)
    shown = [sees or str(row["person"]) == actor.id for row in rows]
    names = await _names(service, rows, shown)
    return [_line(row, QUEUED, name) for row, name in zip(rows, names, strict=True)]


async def notices(service: PointsService, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What anybody may read of these nominations: of a name its first character."""
    names = await _names(service, rows, [True for _ in rows])
    told = (*SAME, "notice_until")
    return [_line(row, told, _masked(name)) for row, name in zip(rows, names, strict=True)]


async def wall(service: PointsService, rows: Sequence[Row], *, known: bool) -> list[dict[str, Any]]:
    """Lines of the wall: names in full for who is known in the district."""
    names = await _names(service, rows, [True for _ in rows])
    shown = names if known else [_masked(name) for name in names]
    return [_line(row, HUNG, name) for row, name in zip(rows, shown, strict=True)]


async def view(service: PointsService, file: HonourFile, actor: Actor) -> dict[str, Any]:
    """One honour, and what this actor may do now."""
    row = {name: getattr(file.row, name) for name in file.row.__dataclass_fields__}
    row["state"] = state_of(row, day_of(datetime.now(UTC)))
    [line] = await queue(service, actor, [row])
    judges = ACCESS.allows(actor, "answer_honour_objection", file.thing(), service.map.within)
    told = file.told if isinstance(file.told, HonourNominated) else None
    [words] = await service.sealer.open([told.words if told else None])
    same = ("version", "rules", "notice_days", "since", "document", "source")
    return {
        **{name: row[name] for name in same},
        "honour": line,
        "words": words,
        "granted_by": list(told.granted_by) if told else [],
        "objections": await _objections(service, file, judges=judges),
        "history": [_happened(recorded) for recorded in file.history],
        "steps": _steps(service, file, actor),
    }


def state_of(row: Row, today: str) -> str:
    """As the queue has it."""
    if row["status"] not in ("nominated", "noticed"):
        return str(row["status"])
    if row["upheld"]:
        return "upheld"
    if row["open_objections"]:
        return "objected"
    if row["status"] == "nominated":
        return "nominated" if row["notice_days"] else "ready"
    return "noticed" if row["notice_until"] >= today else "ready"


def _line(row: Row, names: Sequence[str], name: str | None) -> dict[str, Any]:
    """A line; the id of a person or a household is not in it."""
    holder = None if row["kind"] in PEOPLE else row["holder"]
    told = {one: row[one] for one in names}
    return told | {"honour": row["honour_id"], "holder": holder, "name": name}


async def _names(
    service: PointsService, rows: Sequence[Row], shown: Sequence[bool]
) -> list[str | None]:
    return await service.sealer.open(
        Sealed(subject=row["person"], field="name", box=row["name"])
        if seen and row["person"] is not None and row["name"]
        else None
        for row, seen in zip(rows, shown, strict=True)
    )


def _masked(name: str | None) -> str | None:
    return f"{name[:1]}*" if name else None


async def _objections(
    service: PointsService, file: HonourFile, *, judges: bool
) -> list[dict[str, Any]]:
    known = file.honour.objections
    since = file.row.number
    found = [one for one in file.history if one.version in known and one.position > since]
    boxes = [one.event.words for one in found if isinstance(one.event, HonourObjected)]
    texts = await service.sealer.open(boxes) if judges else [None for _ in boxes]
    return [
        {
            "number": one.version,
            "state": known[one.version].verdict,
            "said_at": one.occurred_at,
            "words": text,
        }
        for one, text in zip(found, texts, strict=True)
    ]


def _happened(recorded: Any) -> dict[str, Any]:
    told = {name: getattr(recorded.event, name, None) for name in ("reason", "document", "until")}
    return {"type": recorded.type, "at": recorded.occurred_at, **told}


def _steps(service: PointsService, file: HonourFile, actor: Actor) -> list[str]:
    """The steps that this actor may take now."""
    within, asked = service.map.within, (actor, datetime.now(UTC))
    found = [
        verb
        for verb, command in STEPS.items()
        if ACCESS.allows(actor, action_of(command), file.thing(), within)
        and possible(verb, file.honour, asked)
    ]
    waits = file.honour.status == "noticed" and file.row.open_objections > 0
    if waits and ACCESS.allows(actor, "answer_honour_objection", file.thing(), within):
        found.append("answer")
    return found
