"""Entrypoint: HTTP to requests for help."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.caller import Called, Caller
from services.volunteer.help.commands import AskHelp
from services.volunteer.helping import forms, views
from services.volunteer.helping.answers import HelperList, HelpList, HelpView
from services.volunteer.helping.desk import HelpDesk
from services.volunteer.helping.file import no_such_help, opened, person_of
from services.volunteer.helping.filters import DeskFilter, HelpFilter, OneFilter
from services.volunteer.helping.forms import STEPS, Step
from services.volunteer.queries.helps import Helps, Nearby, Sought
from shared.core.access import Reach, Thing, action_of
from shared.core.local_time import day_of
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt
from shared.runtime.web.forms import Form

MODEL = "help_requests"
HALF_A_YEAR = timedelta(days=182)
CANDIDATES = 20
READS = documented.problems(401, 403, 404, 422, 503)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": documented.problems(400, 409, 413, 415),
    "openapi_extra": documented.needs(documented.IDEMPOTENCY_KEY),
}

router = APIRouter(prefix="/help", responses=READS)


@router.post("", status_code=201, operation_id=action_of(AskHelp), **STEP)
async def ask_help(form: forms.Request, request: Request, caller: Called) -> Response:
    """Ask for help: the minutes are put aside until it is confirmed, or ends before. Needs an
    `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await HelpDesk(caller.service).ask(form, asking), 201)


@router.get("", response_model=HelpList, operation_id="read_helps")
async def read_helps(caller: Called, wanted: Annotated[HelpFilter, Query()]) -> Response:
    """What is open to anybody, what the actor asked for, or what they do for others."""
    service, person = caller.service, person_of(caller.actor)
    await service.map.fresh()
    ACCESS.check(caller.actor, "read_helps", Thing(), service.map.within)
    about: dict[str, Any] = {"status": ["open"], "places": service.map.below(wanted.territory)}
    if wanted.of != "board":
        name = "requester" if wanted.of == "asked" else "volunteer"
        about = {name: person or UUID(int=0)}
    return await _page(caller, Sought(service=wanted.service, before=wanted.after, **about), wanted)


@router.get("/desk", response_model=HelpList, operation_id="read_help_desk")
async def read_help_desk(caller: Called, wanted: Annotated[DeskFilter, Query()]) -> Response:
    """Requests of the actor's territory, the latest first."""
    service = caller.service
    await service.map.fresh()
    asked = Reach(wanted.territory)
    seen = ACCESS.reach(caller.actor, "read_help_desk", asked, service.map.within)
    sought = Sought(
        places=service.map.below(seen.territory),
        status=[wanted.status] if wanted.status else None,
        service=wanted.service,
        before=wanted.after,
    )
    return await _page(caller, sought, wanted)


@router.get("/{help_id}", response_model=HelpView, operation_id="read_help")
async def read_help(
    help_id: UUID, caller: Called, wanted: Annotated[OneFilter, Query()]
) -> Response:
    """One request: by who is in it, by who keeps it, and by anybody while it is open."""
    service = caller.service
    mark = await service.watermarks.reach(MODEL, wanted.min_position)
    await service.map.fresh()
    row = await Helps(service.pool).one(help_id)
    if row is None or not views.may_read(service, row, caller.actor):
        raise no_such_help(help_id)
    [line] = await views.lines(service, caller.actor, [row])
    return answer_with({"help": line, "watermark": mark.model_dump()})


@router.get("/{help_id}/helpers", response_model=HelperList, operation_id="read_helpers")
async def read_helpers(
    help_id: UUID, caller: Called, wanted: Annotated[OneFilter, Query()]
) -> Response:
    """Who has served so before, around there: whom to ask."""
    service = caller.service
    mark = await service.watermarks.reach("service_records", wanted.min_position)
    await service.map.fresh()
    found = (await opened(service, help_id)).request
    if not ACCESS.allows(
        caller.actor, "read_helpers", Thing((found.territory,)), service.map.within
    ):
        raise no_such_help(help_id)
    today = service.map.boundaries()
    around = today.at_level(found.territory, "community")
    nearby = Nearby(
        service=found.service,
        here=today.below(found.territory),
        around=service.map.below(around),
        requester=found.requester,
        since=day_of(datetime.now(UTC) - HALF_A_YEAR),
    )
    items = await Helps(service.pool).candidates(nearby, CANDIDATES)
    return answer_with({"items": items, "watermark": mark.model_dump()})


async def _page(caller: Caller, sought: Sought, wanted: HelpFilter | DeskFilter) -> Response:
    service = caller.service
    mark = await service.watermarks.reach(MODEL, wanted.min_position)
    rows = await Helps(service.pool).page(sought, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await views.lines(service, caller.actor, shown),
        "next": shown[-1]["number"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


def _add_step(verb: str, step: Step) -> None:
    form: Any = step.form

    async def take(help_id: UUID, form: Form, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request)
        return receipt(await HelpDesk(caller.service).step(help_id, step, form, asking))

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs an `Idempotency-Key`."
    action = action_of(step.command)
    route: Callable[..., Any] = router.post(
        f"/{{help_id}}/{verb}", operation_id=action, name=action.replace("_", " "), **STEP
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _step in STEPS.items():
    _add_step(_verb, _step)
