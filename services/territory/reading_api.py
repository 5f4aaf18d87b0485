"""Entrypoint: what is read over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory import views
from services.territory.access import ACCESS
from services.territory.answers import Lineage, Map, TerritoryView
from services.territory.caller import Called, Caller
from services.territory.filters import MapFilter, TerritoryFilter
from services.territory.forms import Code
from shared.core.access import Reach
from shared.core.atlas.territory import Territory
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

router = APIRouter()


@router.get("/territories", response_model=Map, operation_id="read_map")
async def read_map(caller: Called, wanted: Annotated[MapFilter, Query()]) -> Response:
    """What lies below a territory, now or at another time; below the district without one."""
    ACCESS.reach(caller.actor, "read_map", Reach(), caller.service.map.within)
    mark = await caller.service.map.reach(wanted.min_position)
    atlas, boundaries = caller.service.map.atlas, caller.service.map.boundaries(wanted.at)
    root = _found(caller, wanted.under).code if wanted.under else atlas.district
    found = views.part(atlas, boundaries, root) if root else []
    of_kind = [one for one in found if wanted.kind in (None, one.kind)]
    start = _place(of_kind, wanted.after)
    shown = of_kind[start : start + wanted.limit]
    further = len(of_kind) > start + wanted.limit
    return answer_with(
        {
            "items": [views.line(one, boundaries.moment) for one in shown],
            "total": len(of_kind),
            "next": shown[-1].code if further else None,
            "watermark": mark.model_dump(),
        }
    )


@router.get("/territories/{code}", response_model=TerritoryView, operation_id="read_territory")
async def read_territory(
    code: Code, caller: Called, wanted: Annotated[TerritoryFilter, Query()]
) -> Response:
    """A territory with what it lies in and what lies in it, now or at another time."""
    ACCESS.reach(caller.actor, "read_territory", Reach(), caller.service.map.within)
    mark = await caller.service.map.reach(wanted.min_position)
    boundaries = caller.service.map.boundaries(wanted.at or datetime.now(UTC))
    view = views.view(caller.service.map.atlas, boundaries, _found(caller, code))
    return answer_with({**view, "watermark": mark.model_dump()})


@router.get("/territories/{code}/lineage", response_model=Lineage, operation_id="read_lineage")
async def read_lineage(code: Code, caller: Called) -> Response:
    """What it came from and what became of it."""
    ACCESS.reach(caller.actor, "read_lineage", Reach(), caller.service.map.within)
    mark = await caller.service.map.reach(0)
    found = _found(caller, code)
    items = views.lineage(caller.service.map.atlas, found.code)
    return answer_with({"items": items, "watermark": mark.model_dump()})


def _found(caller: Caller, code: str) -> Territory:
    territory = caller.service.map.atlas.get(code)
    if territory is None:
        raise Problem(404, "no_such_territory", f"there is no territory {code} on the map")
    return territory


def _place(found: list[Territory], after: str | None) -> int:
    if after is None:
        return 0
    places = [number for number, one in enumerate(found, start=1) if one.code == after]
    if not places:
        errors = [{"detail": "not on this page of the map any more", "pointer": "/after"}]
        raise Problem(422, "bad_page_mark", "begin anew without `after`", errors=errors)
    return places[0]
