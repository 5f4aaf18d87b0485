"""Names of people, for whom may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.queries.volunteers import VolunteerQueries
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from shared.core.sealed import Sealed


async def of(
    service: Volunteers, actor: Actor, people: Sequence[UUID], territory: str
) -> dict[UUID, str]:
    """The names of these volunteers that this actor may see, in one look-up of keys: of all of
    `territory` by their role there, else their own."""
    sees = "name" not in ACCESS.hidden(actor) and service.map.within(territory, actor.territory)
    asked = [one for one in people if sees or str(one) == actor.id]
    boxes = await VolunteerQueries(service.pool).boxes(asked) if asked else {}
    sealed = [Sealed(subject=one, field="name", box=box) for one, box in boxes.items()]
    texts = await service.sealer.open(sealed)
    return {one: text for one, text in zip(boxes, texts, strict=True) if text is not None}


async def lines(
    service: Volunteers, actor: Actor, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The lines of these volunteers, with the names that this actor may see."""
    hidden = "name" in ACCESS.hidden(actor)
    shown = [
        str(row["person"]) == actor.id
        or (not hidden and service.map.within(row["territory"], actor.territory))
        for row in rows
    ]
    texts = await service.sealer.open(
        Sealed(subject=row["person"], field="name", box=row["name"]) if seen else None
        for row, seen in zip(rows, shown, strict=True)
    )
    return [_line(row, text) for row, text in zip(rows, texts, strict=True)]


def _line(row: Mapping[str, Any], name: str | None) -> dict[str, Any]:
    same = ("person", "version", "territory", "status", "since", "ended_at", "reason")
    return {
        **{field: row[field] for field in same},
        "name": name,
        "skills": row["skills"].split(",") if row["skills"] else [],
        "services": row["services"].split(",") if row["services"] else [],
    }
