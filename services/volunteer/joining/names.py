"""Names of people, for whom may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    return await _opened(service, [one for one in people if sees or str(one) == actor.id])


async def among(
    service: Volunteers, actor: Actor, people: Iterable[tuple[UUID | None, str]]
) -> dict[UUID, str]:
    """The same for people each of whom has to do with another territory, in one look-up of keys."""
    sees = "name" not in ACCESS.hidden(actor)
    asked = {
        one: None
        for one, place in people
        if one is not None
        and (str(one) == actor.id or (sees and service.map.within(place, actor.territory)))
    }
    return await _opened(service, [*asked])


async def masked(service: Volunteers, people: Sequence[UUID]) -> dict[UUID, str]:
    """Of each name its first character and a star, for everybody; none of who was erased."""
    names = await _opened(service, people)
    return {one: f"{text[:1]}*" for one, text in names.items()}


def person_in(text: str | None) -> UUID | None:
    """The person whom an actor's id names; None for an account of an office."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


async def _opened(service: Volunteers, people: Sequence[UUID]) -> dict[UUID, str]:
    boxes = await VolunteerQueries(service.pool).boxes(people) if people else {}
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
