"""Entrypoint: scores of units and communities, and whom to call back next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.grievance import scores_views
from services.grievance.access import ACCESS
from services.grievance.caller import Called, Caller
from services.grievance.filters import SampleFilter, ScoresFilter
from services.grievance.queries import units
from services.grievance.queries.scores import Asked, Scores, whole
from services.grievance.scores_answers import Sample, ScoreBoard
from services.grievance.service import Grievance
from shared.core.access import Reach
from shared.core.local_time import month_of
from shared.runtime.projections.map_copy import Parts, Places
from shared.runtime.web.answering import answer_with

MODEL = "unit_scores"

router = APIRouter()


@router.get("/scores", response_model=ScoreBoard, operation_id="read_scores")
async def read_scores(caller: Called, wanted: Annotated[ScoresFilter, Query()]) -> Response:
    """How well the orders that were dispatched in a month were handled, by unit or by community;
    every rate with numerator and denominator. A unit sees its own."""
    service, month = caller.service, wanted.month or _this_month()
    seen = await _reach(caller, "read_scores", Reach(wanted.territory, wanted.unit))
    mark = await service.watermarks.reach(MODEL, wanted.min_position)
    asked = Asked(month=month, places=service.map.below(seen.territory), unit=seen.unit)
    counted, names = await _counted(service, asked, wanted.by)
    board = {
        "month": month,
        "by": wanted.by,
        "items": scores_views.lines(counted, names),
        "whole": scores_views.line(whole(counted)),
        "measures": scores_views.MEASURES,
        "watermark": mark.model_dump(),
    }
    return answer_with(board)


@router.get("/callbacks/sample", response_model=Sample, operation_id="read_sample")
async def read_sample(caller: Called, wanted: Annotated[SampleFilter, Query()]) -> Response:
    """Whether enough of the replies of a month were asked about, and whom to call next: nothing on
    which the actor's own unit worked."""
    service, month = caller.service, wanted.month or _this_month()
    seen = await _reach(caller, "read_sample", Reach(wanted.territory))
    mark = await service.watermarks.reach(MODEL, wanted.min_position)
    asked = Asked(month=month, places=service.map.below(seen.territory))
    scores = Scores(service.pool)
    left, rows = await scores.waiting(asked, caller.actor.unit, wanted.limit)
    await service.rules.fresh()
    rules = service.book(seen.territory or service.map.atlas.district)
    named = await units.names(service.pool, {row["unit"] for row in rows})
    found = scores_views.sample(await scores.by_unit(asked), rules) | {
        "month": month,
        "waiting": left,
        "items": [_to_call(row, named) for row in rows],
        "watermark": mark.model_dump(),
    }
    return answer_with(found)


async def _reach(caller: Caller, action: str, asked: Reach) -> Reach:
    await caller.service.map.fresh()
    return ACCESS.reach(caller.actor, action, asked, caller.service.map.within)


async def _counted(
    service: Grievance, asked: Asked, by: str
) -> tuple[list[dict[str, Any]], dict[str | None, str]]:
    """What is counted, line by line, and what the lines are called."""
    if by == "unit":
        counted = await Scores(service.pool).by_unit(asked)
        return counted, await units.names(service.pool, {one["code"] for one in counted})
    parts = _communities(service, asked.places)
    now, everywhere = datetime.now(UTC), service.map.atlas.territories
    named: dict[str | None, str] = {code: everywhere[code].name(now) for code in parts.values()}
    return await Scores(service.pool).by_part(asked, parts), named


def _communities(service: Grievance, places: Places) -> Parts:
    """To which community each territory belongs under the boundaries of today; what is wider than
    one stands for itself."""
    boundaries = service.map.boundaries()
    inside = service.map.atlas.territories if places is None else places
    found = {code: boundaries.at_level(code, "community") for code in inside}
    return {code: part or boundaries.shown(code).code for code, part in found.items()}


def _to_call(row: Any, named: dict[str | None, str]) -> dict[str, Any]:
    unit = row["unit"]
    about = {name: row[name] for name in ("number", "territory", "unit")}
    return {"id": row["case_id"], **about, "unit_name": named.get(unit, unit)}


def _this_month() -> str:
    return month_of(datetime.now(UTC))
