"""Entrypoint: HTTP to commands and to read models."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, cast
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from services.grievance import views
from services.grievance.desk import Asking, Desk, no_such_case
from services.grievance.forms import (
    CaseView,
    Erasure,
    Form,
    PastFilter,
    Petition,
    Receipt,
    Register,
    RegisterFilter,
    ReportFilter,
    ResponseTimes,
)
from services.grievance.queries import Filters
from services.grievance.service import Grievance
from services.grievance.steps import STEPS, Step
from services.grievance.visibility import may_see, scope
from shared.core.messages import Actor, Forbidden
from shared.runtime import documented
from shared.runtime.problems import Problem
from shared.runtime.requests import actor_of, check_said_once, expected_version, identity_of
from shared.store.load import Answer

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
STEP = documented.problems(412, 428)
KEY = documented.needs(documented.IDEMPOTENCY_KEY)
KEY_AND_VERSION = documented.needs(documented.IDEMPOTENCY_KEY, documented.IF_MATCH)

router = APIRouter(responses=READS)


@dataclass(frozen=True)
class Caller:
    """Who calls, and the service they have reached."""

    actor: Actor
    service: Grievance

    async def asks(self, request: Request, expected: int | None = None) -> Asking:
        """What identifies the command of this request. Raises Problem (400)."""
        fingerprints = self.service.fingerprints
        return Asking(self.actor, await identity_of(request, self.actor, fingerprints), expected)


async def _caller(request: Request) -> Caller:
    check_said_once(request)
    state = request.app.state
    return Caller(actor_of(request, state.verifier), state.service)


Called = Annotated[Caller, Depends(_caller)]


@router.post(
    "/cases",
    status_code=201,
    response_model=Receipt,
    operation_id="file_petition",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def file_petition(form: Petition, request: Request, caller: Called) -> Response:
    """Put a petition on record. Needs an `Idempotency-Key`; every retry gets the first answer."""
    return _receipt(await Desk(caller.service).file(form, await caller.asks(request)), 201)


@router.get("/cases", response_model=Register, operation_id="read_register")
async def read_register(caller: Called, wanted: Annotated[RegisterFilter, Query()]) -> Response:
    """The register as far as the actor may see it, the latest petition first."""
    service, actor = caller.service, caller.actor
    seen = scope(actor, wanted.territory, wanted.unit)
    mark = await service.watermarks.reach("case_register", wanted.min_position)
    filters = Filters(
        **seen,
        status=wanted.state,
        case_type=wanted.type,
        channel=wanted.channel,
        before=views.read_mark(wanted.after),
    )
    rows = await service.queries.register(filters, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await views.lines(service, shown),
        "total": await service.queries.count(filters),
        "next": views.page_mark(shown[-1]) if len(rows) > wanted.limit else None,
        "watermark": mark._asdict(),
    }
    return _json(page)


@router.get("/cases/{case_id}", response_model=CaseView, operation_id="read_case")
async def read_case(
    case_id: UUID, caller: Called, wanted: Annotated[PastFilter, Query()]
) -> Response:
    """A case with its history: now, as it was at `as_of`, or as it was known at `known_at`."""
    service, actor = caller.service, caller.actor
    now = await service.archive.case(case_id)
    if now is None or not may_see(actor, now.row):
        raise no_such_case(case_id)
    file = now
    if wanted.as_of or wanted.known_at:
        past = await service.archive.case(case_id, at=wanted.as_of, known=wanted.known_at)
        if past is None:
            raise Problem(404, "not_yet", "the case did not exist, or was not known, by then")
        file = past
    etag = {"etag": f'"{now.row.version}"'}
    return _json(await views.case_view(service, file, actor), headers=etag)


@router.post(
    "/persons/{person_id}/erasure",
    response_model=Receipt,
    operation_id="erase_person",
    responses=COMMANDS,
    openapi_extra=KEY,
)
async def erase_person(
    person_id: UUID, form: Erasure, request: Request, caller: Called
) -> Response:
    """Make everything of a person unreadable, for ever and for everyone."""
    asking = await caller.asks(request)
    return _receipt(await Desk(caller.service).erase(person_id, form, asking), 200)


@router.get(
    "/reports/response-times",
    response_model=list[ResponseTimes],
    operation_id="report_response_times",
)
async def report_response_times(
    caller: Called, wanted: Annotated[ReportFilter, Query()]
) -> Response:
    """Days from filing to first reply, per group and for `all`, in the actor's territory."""
    service, actor = caller.service, caller.actor
    if not actor.roles & {"dispatcher", "supervisor", "district_observer", "auditor"}:
        raise Forbidden("role_missing", "your roles do not include reading reports")
    await service.watermarks.reach("response_times", wanted.min_position)
    return _json(await service.queries.response_times(wanted.by, actor.territory))


def _add_step(verb: str, step: Step) -> None:
    form: Any = step.form

    async def take(case_id: UUID, form: Form, request: Request, caller: Called) -> Response:
        asking = await caller.asks(request, expected_version(request))
        return _receipt(await Desk(caller.service).step(case_id, form, asking, step), 200)

    take.__annotations__ |= {"form": form}
    take.__doc__ = f"{form.__doc__} Needs `Idempotency-Key` and `If-Match`."
    route: Callable[..., Any] = router.post(
        f"/cases/{{case_id}}/{verb}",
        response_model=Receipt,
        operation_id=f"{verb}_case",
        name=f"{verb} case",
        responses=COMMANDS | STEP,
        openapi_extra=KEY_AND_VERSION,
    )
    route(cast("Callable[..., Coroutine[Any, Any, Response]]", take))


for _verb, _step in STEPS.items():
    _add_step(_verb, _step)


def _receipt(answer: Answer, status: int) -> Response:
    stream_id, version = answer.versions[-1]
    body = {
        "id": stream_id,
        "version": version,
        "position": answer.position,
        "recorded_at": answer.recorded_at,
    }
    headers = {"etag": f'"{version}"'}
    if answer.repeated:
        headers["idempotency-replayed"] = "true"
    return _json(body, status, headers)


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = orjson.dumps(body, default=_plain)
    return Response(content, status, headers, media_type="application/json")


def _plain(value: object) -> str:
    if isinstance(value, UUID):  # the driver's own subclass
        return str(value)
    raise TypeError(type(value).__name__)
