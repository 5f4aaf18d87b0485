"""Entrypoint: HTTP to the figures of a territory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.boards.answers import HoursBoard
from services.volunteer.boards.filters import HoursFilter
from services.volunteer.caller import Called
from services.volunteer.projections.service_records import service_records
from services.volunteer.queries import hours_board
from services.volunteer.queries.hours_board import Found
from shared.core.access import Reach
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))


@router.get("/hours-board", response_model=HoursBoard, operation_id="read_hours_board")
async def read_hours_board(caller: Called, wanted: Annotated[HoursFilter, Query()]) -> Response:
    """The approved hours of a territory by month, service and team, and for how many years in a row
    there are some; what waits and what was reversed beside them. Nobody is named."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_hours_board", asked, service.map.within)
    territory = seen.territory or caller.actor.territory
    mark = await service.watermarks.reach(service_records.name, wanted.min_position)
    today = day_of(datetime.now(UTC))
    until = wanted.until or today[:7]
    since = wanted.since or _year_before(until)
    if since > until:
        raise Rejected("ends_before_it_begins", "from lies after until", "from")
    places = service.map.below(territory)
    found = await hours_board.read(service.pool, places, since, until)
    page = {"territory": territory, "since": since, "until": until, **_told(found, int(today[:4]))}
    return answer_with({**page, "watermark": mark.model_dump()})


def _told(found: Found, year: int) -> dict[str, Any]:
    years = found.years
    teams = [
        {
            "team": team or None,
            **sums,
            "streak": years.streak(team, year),
            "first_year": years.first(team),
        }
        for team, sums in found.teams.items()
    ]
    return {
        "total": found.total,
        "streak": years.streak(None, year),
        "first_year": years.first(None),
        "months": [{"month": month, **sums} for month, sums in sorted(found.months.items())],
        "services": sorted(
            ({"service": one, **sums} for one, sums in found.services.items()), key=_most
        ),
        "teams": sorted(teams, key=_most),
    }


def _most(line: dict[str, Any]) -> tuple[int, str]:
    return -int(line["minutes"]), str(line.get("team") or line.get("service"))


def _year_before(month: str) -> str:
    """The first of the twelve months that end with this one."""
    year, number = map(int, month.split("-"))
    return f"{year}-01" if number == 12 else f"{year - 1}-{number + 1:02}"
