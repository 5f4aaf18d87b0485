"""Entrypoint: units, links and contributions, read over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.territory.caller import Called, Caller
from services.territory.forms import Code
from services.territory.organisation import answers, asked
from services.territory.organisation.filters import AreaFilter, Filter, UnitFilter
from services.territory.queries.units import UnitList, Units
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

router = APIRouter()


@router.get("/units", response_model=answers.UnitList, operation_id="read_units")
async def read_units(caller: Called, wanted: Annotated[UnitFilter, Query()]) -> Response:
    """The units of a territory, now or at another time."""
    mark = await asked.mark(caller, wanted.min_position, "org_units", "unit_placements")
    query = UnitList(
        moment=wanted.moment(),
        codes=asked.codes(caller, "read_units", wanted.territory),
        kind=wanted.kind,
        after=wanted.after,
        limit=wanted.limit + 1,
    )
    found = await Units(caller.service.pool).listed(query)
    shown = found[: wanted.limit]
    further = shown[-1]["code"] if len(found) > wanted.limit else None
    return answer_with({"items": shown, "next": further, "watermark": mark.model_dump()})


@router.get("/units/{code}", response_model=answers.UnitView, operation_id="read_unit")
async def read_unit(code: Code, caller: Called, wanted: Annotated[Filter, Query()]) -> Response:
    """A unit with what is around it: what lies under it and its links as of `at`."""
    models = ("org_units", "unit_placements", "unit_links", "partner_contribution")
    mark = await asked.mark(caller, wanted.min_position, *models)
    units = Units(caller.service.pool)
    unit = await _unit(caller, code, "read_unit")
    sums = await units.sums(unit=code)
    view = {
        "unit": unit,
        "above": (await units.above(code))[1:],
        "below": await units.below(code, wanted.moment()),
        "links": await units.links(wanted.moment(), unit=code),
        "contribution": sums[0] if sums else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(view)


@router.get(
    "/units/{code}/contributions",
    response_model=answers.Contributions,
    operation_id="read_contributions",
)
async def read_contributions(
    code: Code, caller: Called, wanted: Annotated[Filter, Query()]
) -> Response:
    """What a unit promised and gave."""
    mark = await asked.mark(caller, wanted.min_position, "org_units", "partner_contribution")
    await _unit(caller, code, "read_contributions")
    lines = await Units(caller.service.pool).contributions(code)
    items = [line for line in lines if line["occurred_at"] <= wanted.moment()]
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get(
    "/contributions",
    response_model=answers.ContributionBoard,
    operation_id="read_contribution_board",
)
async def read_contribution_board(
    caller: Called, wanted: Annotated[AreaFilter, Query()]
) -> Response:
    """What the units of a territory, and those that are or were linked with it, have promised and
    given up to now."""
    if wanted.at is not None:
        errors = [{"detail": "sums are of now", "pointer": "/at"}]
        raise Problem(422, "only_of_now", "leave out `at`", errors=errors)
    mark = await asked.mark(caller, wanted.min_position, "org_units", "partner_contribution")
    where = asked.codes(caller, "read_contribution_board", wanted.territory)
    items = await Units(caller.service.pool).sums(where)
    return answer_with({"items": items, "watermark": mark.model_dump()})


async def _unit(caller: Caller, code: str, action: str) -> dict[str, Any]:
    found = await Units(caller.service.pool).one(code)
    if found is None:
        raise Problem(404, "no_such_unit", f"there is no unit {code}")
    asked.check(caller, action, found["territory"])
    return found
