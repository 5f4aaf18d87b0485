"""Entrypoint: HTTP to teams."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called
from services.volunteer.queries.teams import TeamQueries
from services.volunteer.teaming import forms, views
from services.volunteer.teaming.answers import TeamList, TeamView
from services.volunteer.teaming.desk import COMMANDS, StepForm, TeamDesk, no_such_team
from shared.core.access import Reach, action_of
from shared.core.local_time import day_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}
VERBS: dict[str, type[StepForm]] = {
    "join": forms.Joining,
    "leave": forms.Leaving,
    "lead": forms.Leading,
    "dissolve": forms.Dissolving,
}

router = APIRouter(prefix="/teams", responses=documented.problems(401, 403, 404, 422, 503))


@router.post("", status_code=201, operation_id="found_team", **STEP)
async def found_team(form: forms.Founding, request: Request, caller: Called) -> Response:
    """Found a team, or put one on record that is there since long. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await TeamDesk(caller.service).found(form, asking), 201)


@router.post("/{team_id}/merge", operation_id="merge_team", **STEP)
async def merge_team(
    team_id: UUID, form: forms.Merging, request: Request, caller: Called
) -> Response:
    """Make it a part of another team, with everybody in it. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await TeamDesk(caller.service).merge(team_id, form, asking))


def _add_step(verb: str, form: Any) -> None:
    async def take(team_id: UUID, form: StepForm, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request)
        return receipt(await TeamDesk(caller.service).step(team_id, form, asking))

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(COMMANDS[form])
    route: Callable[..., Any] = router.post(
        f"/{{team_id}}/{verb}", operation_id=action, name=action.replace("_", " "), **STEP
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _form in VERBS.items():
    _add_step(_verb, _form)


@router.get("", response_model=TeamList, operation_id="read_teams")
async def read_teams(caller: Called, wanted: Annotated[forms.TeamFilter, Query()]) -> Response:
    """Teams, the oldest first, with what they served in a year."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_teams", asked, service.map.within)
    mark = await service.watermarks.reach("teams", wanted.min_position)
    places, today = service.map.below(seen.territory), day_of(datetime.now(UTC))
    year = wanted.year or int(today[:4])
    rows = await TeamQueries(service.pool).page(
        places, wanted.status, wanted.after, year, wanted.limit + 1
    )
    shown = rows[: wanted.limit]
    page = {
        "items": [views.line(row, row["minutes"], today) for row in shown],
        "year": year,
        "next": shown[-1]["team_id"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


@router.get("/{team_id}", response_model=TeamView, operation_id="read_team")
async def read_team(
    team_id: UUID, caller: Called, wanted: Annotated[forms.RosterFilter, Query()]
) -> Response:
    """A team with those who are in it, since when, and what they served in a year."""
    service = caller.service
    await service.map.fresh()
    ACCESS.reach(caller.actor, "read_team", Reach(), service.map.within)
    mark = await service.watermarks.reach("team_members", wanted.min_position)
    await service.watermarks.reach("teams", wanted.min_position)
    row = await TeamQueries(service.pool).one(team_id)
    if row is None:
        raise no_such_team(team_id)
    today = day_of(datetime.now(UTC))
    year = wanted.year or int(today[:4])
    told = await views.view(service, caller.actor, row, (year, today), former=wanted.former)
    return answer_with({**told, "year": year, "watermark": mark.model_dump()})
