"""Entrypoint: coverage of those who need care, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, get_args

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.queries.coverage import Coverage
from services.volunteer.words import Care
from shared.core.access import Reach
from shared.core.local_time import day_of
from shared.core.text import Word
from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.moments import Position

router = APIRouter(responses=documented.problems(401, 403, 422, 503))
NOBODY = {"ever": 0, "visits": 0, "in_30": 0, "in_90": 0, "last_day": None}


class CoverageFilter(BaseModel):
    """Of which part of the map; the actor's own without one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    under: Word | None = None
    min_position: Position = 0


class CoverageLine(BaseModel):
    """`people` who need this care by the register of today; how many were visited in the last 30
    and 90 days, how many ever, and how many `never`; all visits, the last one."""

    care: Care
    people: int
    in_30: int
    in_90: int
    ever: int
    never: int
    visits: int
    last_day: str | None


class CoverageBoard(BaseModel):
    """Coverage in figures: who it is is told nowhere."""

    territory: str
    items: list[CoverageLine]
    watermark: Watermark


@router.get("/coverage", response_model=CoverageBoard, operation_id="read_coverage")
async def read_coverage(caller: Called, wanted: Annotated[CoverageFilter, Query()]) -> Response:
    """How many of those who need care are visited, class by class. 503 where the register does not
    answer."""
    service = caller.service
    mark = await service.watermarks.reach("beneficiary_coverage", wanted.min_position)
    await service.map.fresh()
    asked = Reach(wanted.under)
    seen = ACCESS.reach(caller.actor, "read_coverage", asked, service.map.within)
    root = seen.territory or caller.actor.territory
    places = service.map.below(root)
    people = await service.register.care(root)
    now = datetime.now(UTC)
    days = day_of(now - timedelta(days=30)), day_of(now - timedelta(days=90))
    visited = await Coverage(service.pool).visited(places, days)
    items = []
    for care in get_args(Care):
        told = {**NOBODY, **visited.get(care, {}), "care": care, "people": people.get(care, 0)}
        items.append({**told, "never": max(0, told["people"] - told["ever"])})
    board = {"territory": root, "items": items, "watermark": mark.model_dump()}
    return answer_with(board)
