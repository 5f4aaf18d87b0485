"""Entrypoint: facilities, read over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory.caller import Called, Caller
from services.territory.forms import Code
from services.territory.organisation import asked, telling
from services.territory.organisation.filters import FacilityFilter, Filter
from services.territory.queries.facilities import Facilities, FacilityList
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

router = APIRouter()


@router.get("/facilities", response_model=telling.FacilityList, operation_id="read_facilities")
async def read_facilities(caller: Called, wanted: Annotated[FacilityFilter, Query()]) -> Response:
    """The facilities of a territory with what they serve as, now or at another time."""
    mark = await asked.mark(caller, wanted.min_position, "facilities", "facility_functions")
    query = FacilityList(
        moment=wanted.moment(),
        codes=asked.codes(caller, "read_facilities", wanted.territory),
        kind=wanted.kind,
        after=wanted.after,
        limit=wanted.limit + 1,
    )
    found = await Facilities(caller.service.pool).listed(query)
    shown = found[: wanted.limit]
    further = shown[-1]["code"] if len(found) > wanted.limit else None
    return answer_with({"items": shown, "next": further, "watermark": mark.model_dump()})


@router.get("/facilities/{code}", response_model=telling.FacilityView, operation_id="read_facility")
async def read_facility(code: Code, caller: Called, wanted: Annotated[Filter, Query()]) -> Response:
    """A facility with what belongs to it."""
    models = ("facilities", "facility_functions", "asset_register")
    mark = await asked.mark(caller, wanted.min_position, *models)
    facility = await _facility(caller, code, wanted, "read_facility")
    assets = await Facilities(caller.service.pool).assets(code)
    return answer_with({"facility": facility, "assets": assets, "watermark": mark.model_dump()})


@router.get(
    "/facilities/{code}/usage", response_model=telling.Usage, operation_id="read_facility_usage"
)
async def read_facility_usage(
    code: Code, caller: Called, wanted: Annotated[Filter, Query()]
) -> Response:
    """Visits by month."""
    mark = await asked.mark(caller, wanted.min_position, "facilities", "facility_usage")
    await _facility(caller, code, wanted, "read_facility_usage")
    items = await Facilities(caller.service.pool).usage(code)
    return answer_with({"items": items, "watermark": mark.model_dump()})


async def _facility(caller: Caller, code: str, wanted: Filter, action: str) -> dict[str, Any]:
    query = FacilityList(moment=wanted.moment(), code=code, limit=1)
    found = await Facilities(caller.service.pool).listed(query)
    if not found:
        raise Problem(404, "no_such_facility", f"there is no facility {code} at that time")
    asked.check(caller, action, found[0]["territory"])
    return found[0]
