"""Entrypoint: HTTP to read models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from services.dashboard.access import ACCESS
from services.dashboard.answers import CaseDays
from services.dashboard.filters import CaseDaysFilter
from services.dashboard.projections.case_days import case_days
from services.dashboard.queries import Asked
from services.dashboard.service import Dashboard
from shared.core.access import Reach
from shared.core.messages import Actor
from shared.runtime.web import documented
from shared.runtime.web.requests import actor_of, check_said_once

router = APIRouter(responses=documented.problems(401, 403, 422, 503))


async def _actor(request: Request) -> Actor:
    check_said_once(request)
    return actor_of(request, request.app.state.verifier)


async def _service(request: Request) -> Dashboard:
    service: Dashboard = request.app.state.service
    return service


@router.get("/cases-by-day", response_model=CaseDays, operation_id="read_cases_by_day")
async def read_cases_by_day(
    actor: Annotated[Actor, Depends(_actor)],
    service: Annotated[Dashboard, Depends(_service)],
    wanted: Annotated[CaseDaysFilter, Query()],
) -> Response:
    """Cases of the actor's territory by the day they were filed on, or one level further down, and
    by where they stand now."""
    await service.map.fresh()
    asked_for = Reach(wanted.territory)
    seen = ACCESS.reach(actor, "read_cases_by_day", asked_for, service.map.within)
    parts, whole = service.map.parts(seen.territory, wanted.drawn_at)
    asked = Asked(
        by=wanted.by,
        parts=parts,
        whole=whole,
        first=wanted.first,
        last=wanted.last,
        status=wanted.state,
    )
    mark = await service.watermarks.reach(case_days.name, wanted.min_position)
    items = await service.queries.cases(asked)
    answer = {"items": items, "totals": _totals(items), "watermark": mark.model_dump()}
    return Response(orjson.dumps(answer, default=str), media_type="application/json")


def _totals(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    states: Counter[str] = Counter()
    for line in items:
        states[line["status"]] += line["cases"]
    return {"cases": states.total(), "states": states}
