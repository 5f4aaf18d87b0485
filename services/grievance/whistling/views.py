"""From rows to answers about whistles: sealed texts opened, pages continued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.grievance.access import ACCESS
from services.grievance.projections.whistle_turnout import TurnoutRow, standing
from services.grievance.service import Grievance
from services.grievance.whistle.possible import STEPS, possible
from services.grievance.whistling.file import WhistleFile
from shared.core.access import Thing, action_of
from shared.core.messages import Actor
from shared.core.sealed import Sealed
from shared.core.state import replace

LINE = ("number", "territory", "reason", "blown_by", "blown_at", "ended_at", "called", "came",
        "next_due")  # fmt: skip


async def lines(service: Grievance, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines of the list; what one is about is None once its texts were erased."""
    texts = await service.sealer.open(
        Sealed(subject=row["person"], field="what", box=row["what"]) for row in rows
    )
    return [
        {
            "id": row["whistle_id"],
            "case": row["case_id"],
            "open": row["ended_at"] is None,
            "what": text,
            **{name: row[name] for name in LINE},
        }
        for row, text in zip(rows, texts, strict=True)
    ]


async def whistle_view(service: Grievance, file: WhistleFile, actor: Actor) -> dict[str, Any]:
    """A whistle as far as this actor may see it, and what they may do now."""
    row, units = file.row, file.units
    counted = {
        "called": sum(one.called_at is not None for one in units),
        "came": sum(one.came_at is not None if one.came is None else one.came for one in units),
        "next_due": min((one.awaited for one in units if one.awaited), default=None),
    }
    told = {name: getattr(row, name) for name in row.__dataclass_fields__}
    [line] = await lines(service, [told | counted])
    boxes = [(row.place, "where"), *((one.result, "words") for one in units)]
    where, *results = await service.sealer.open(
        Sealed(subject=row.person, field=name, box=box) if box else None for box, name in boxes
    )
    return {
        "whistle": line,
        "version": file.version,
        "where": where,
        "person": row.person,
        "units": [_unit(one, text) for one, text in zip(units, results, strict=True)],
        "steps": steps(service, file, actor),
    }


def steps(service: Grievance, file: WhistleFile, actor: Actor) -> list[str]:
    """The steps that this actor may take now."""
    within = service.map.within
    whole = file.thing(actor)
    own = replace(whole, unit=actor.unit)
    things: Mapping[str, Thing] = {"report": own, "result": own}
    return [
        verb
        for verb, command in STEPS.items()
        if possible(verb, file.state, actor)
        and ACCESS.allows(actor, action_of(command), things.get(verb, whole), within)
    ]


def _unit(row: TurnoutRow, result: str | None) -> dict[str, Any]:
    took = row.came_at - row.called_at if row.came_at and row.called_at else None
    return {
        "unit": row.unit,
        "standing": standing(row),
        "called_at": row.called_at,
        "due": row.due,
        "came_at": row.came_at,
        "minutes": None if took is None else max(int(took.total_seconds() // 60), 0),
        "result": result,
        "result_at": row.result_at,
        "came": row.came,
        "did": row.did,
    }
