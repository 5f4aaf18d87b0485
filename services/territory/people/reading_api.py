"""Entrypoint: what is read of residents over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory.access import ACCESS
from services.territory.caller import Called, Caller
from services.territory.people import bonds, views
from services.territory.people.answers import (
    BondView,
    CareBoard,
    ErasureView,
    ResidentPage,
    ResidentView,
)
from services.territory.people.desk import no_such_resident
from services.territory.people.erasing import ErasureDesk
from services.territory.people.filters import BondFilter, CareFilter, PersonFilter, ResidentFilter
from services.territory.queries.residents import Residents, Wanted
from shared.core.access import Reach, Thing
from shared.core.messages import Forbidden
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.answering import answer_with

router = APIRouter()
OF_PERSONS = ("residents", "resident_stays", "relatives", "care_tags")
OF_ERASURES = ("person_erasures", "erasure_answers")


@router.get("/residents", response_model=ResidentPage, operation_id="read_residents")
async def read_residents(caller: Called, wanted: Annotated[ResidentFilter, Query()]) -> Response:
    """Who lives in a part of the map, or who lived there at another time, as it was drawn then."""
    service, actor = caller.service, caller.actor
    mark = await _reached(caller, OF_PERSONS, wanted.min_position)
    under = _root(caller, "read_residents", wanted.under)
    if wanted.tag and "care_tags" in ACCESS.hidden(actor):
        raise Forbidden("field_withheld", "your roles do not include seeing who needs care")
    asked = Wanted(
        buildings=service.map.boundaries(wanted.at).below(under),
        at=wanted.at,
        status=wanted.state,
        household=wanted.household,
        tag=wanted.tag,
        after=wanted.after,
    )
    rows = await Residents(service.pool).page(asked, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await views.lines(service, actor, shown),
        "next": shown[-1]["person_id"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/residents/{person_id}", response_model=ResidentView, operation_id="read_resident")
async def read_resident(
    person_id: UUID, caller: Called, wanted: Annotated[PersonFilter, Query()]
) -> Response:
    """A resident with stays and relatives. One who lives elsewhere is as if there were none."""
    service, actor = caller.service, caller.actor
    mark = await _reached(caller, OF_PERSONS, wanted.min_position)
    residents = Residents(service.pool)
    row = await residents.one(person_id)
    territories = (row["building"],) if row else ()
    thing = Thing(territories, owner=str(person_id) if row else actor.id)
    try:
        ACCESS.check(actor, "read_resident", thing, service.map.within)
    except Forbidden as no:
        if no.code == "role_missing":
            raise
        raise no_such_resident(person_id) from no
    if row is None:
        raise no_such_resident(person_id)
    [line] = await views.lines(service, actor, [row])
    told = {"resident": line, **await residents.about(person_id), "watermark": mark.model_dump()}
    return answer_with(told, headers={"etag": f'"{row["version"]}"'})


@router.get(
    "/residents/{person_id}/erasure", response_model=ErasureView, operation_id="read_erasure"
)
async def read_erasure(
    person_id: UUID, caller: Called, wanted: Annotated[PersonFilter, Query()]
) -> Response:
    """Which services have erased a person, and whether all have."""
    mark = await _reached(caller, OF_ERASURES, wanted.min_position)
    seen = await ErasureDesk(caller.service).seen(person_id, caller.actor)
    return answer_with({**seen, "watermark": mark.model_dump()})


@router.get(
    "/residents/{person_id}/bonds/{other}", response_model=BondView, operation_id="read_bond"
)
async def read_bond(
    person_id: UUID, other: UUID, caller: Called, wanted: Annotated[BondFilter, Query()]
) -> Response:
    """What one person is to another, and whether the first is old enough; nothing else of them."""
    ACCESS.check(caller.actor, "read_bond", Thing(), caller.service.map.within)
    mark = await _reached(caller, ("residents", "relatives"), wanted.min_position)
    told = await bonds.bond(caller.service, (person_id, other), wanted.age)
    return answer_with({**told, "watermark": mark.model_dump()})


@router.get("/care", response_model=CareBoard, operation_id="read_care")
async def read_care(caller: Called, wanted: Annotated[CareFilter, Query()]) -> Response:
    """How many in a part of the map need which care."""
    service = caller.service
    mark = await _reached(caller, ("care_tags",), wanted.min_position)
    buildings = service.map.boundaries().below(_root(caller, "read_care", wanted.under))
    items = await Residents(service.pool).care(buildings)
    return answer_with({"items": items, "watermark": mark.model_dump()})


def _root(caller: Caller, action: str, under: str | None) -> str:
    """The territory that is asked about; the actor's own without one. Raises Forbidden."""
    reach = ACCESS.reach(caller.actor, action, Reach(under), caller.service.map.within)
    return reach.territory or caller.actor.territory


async def _reached(caller: Caller, models: tuple[str, ...], position: int) -> Watermark:
    """Up to where all of these are true. Raises Problem (503)."""
    await caller.service.map.fresh()
    marks = [await caller.service.watermarks.reach(model, position) for model in models]
    behind = min(marks, key=lambda mark: mark.position)
    parked = dict.fromkeys(stream for mark in marks for stream in mark.parked)
    return behind.model_copy(update={"parked": tuple(parked)})
