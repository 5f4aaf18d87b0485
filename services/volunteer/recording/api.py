"""Entrypoint: HTTP to hours on record, and to those who approve them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from services.volunteer.access import ACCESS
from services.volunteer.account.commands import ApproveHours, LogHours, RejectHours, ReverseHours
from services.volunteer.account_file import own_id
from services.volunteer.caller import Called, Caller
from services.volunteer.queries.records import Records, Sought
from services.volunteer.recording import batch, views
from services.volunteer.recording.answers import BatchAnswer, RecordPage
from services.volunteer.recording.desk import RecordDesk
from services.volunteer.recording.filters import RecordFilter
from services.volunteer.recording.forms import Approval, Approvals, Hours, Rejection, Reversal
from shared.core.access import Reach, Thing, action_of
from shared.core.messages import Forbidden
from shared.runtime.web import documented
from shared.runtime.web.answering import Receipt, answer_with, receipt

READS = documented.problems(401, 403, 404, 422, 503)
COMMANDS = documented.problems(400, 409, 413, 415)
NEEDS = documented.needs(documented.IDEMPOTENCY_KEY)
STEP: dict[str, Any] = {
    "response_model": Receipt,
    "responses": COMMANDS,
    "openapi_extra": NEEDS,
}
RECORD = "/people/{person}/records/{record}"
NOBODY = UUID(int=0)
Number = Annotated[int, Path(ge=1, lt=2**31)]

router = APIRouter(responses=READS)


@router.post("/records", status_code=201, operation_id=action_of(LogHours), **STEP)
async def log_hours(form: Hours, request: Request, caller: Called) -> Response:
    """Put hours on record, one's own or another's. The version of the receipt is the number of the
    record. Needs an `Idempotency-Key`; every retry gets the first answer."""
    asking = await caller.asks(request)
    return receipt(await RecordDesk(caller.service).log(form, asking), 201)


@router.post(
    "/records/approve",
    response_model=BatchAnswer,
    operation_id="approve_many",
    responses=COMMANDS,
    openapi_extra=NEEDS,
)
async def approve_many(form: Approvals, request: Request, caller: Called) -> Response:
    """Approve many records, each for itself. Needs an `Idempotency-Key`; a retry gets the first
    answer of those that were approved and tries the others again."""
    asking = await caller.asks(request)
    await caller.service.map.fresh()
    return answer_with(await batch.approved(caller.service, form, asking))


@router.post(f"{RECORD}/approve", operation_id=action_of(ApproveHours), **STEP)
async def approve_hours(
    person: UUID, record: Number, form: Approval, request: Request, caller: Called
) -> Response:
    """Say that it is so: another person than who served and who put it on record. The minutes are
    saved. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await RecordDesk(caller.service).step(person, record, form, asking))


@router.post(f"{RECORD}/reject", operation_id=action_of(RejectHours), **STEP)
async def reject_hours(
    person: UUID, record: Number, form: Rejection, request: Request, caller: Called
) -> Response:
    """Say that it is not so. Needs an `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await RecordDesk(caller.service).step(person, record, form, asking))


@router.post(f"{RECORD}/reverse", operation_id=action_of(ReverseHours), **STEP)
async def reverse_hours(
    person: UUID, record: Number, form: Reversal, request: Request, caller: Called
) -> Response:
    """Let approved hours count no more; what was spent of them already is owed. Needs an
    `Idempotency-Key`."""
    asking = await caller.asks(request)
    return receipt(await RecordDesk(caller.service).step(person, record, form, asking))


@router.get("/records", response_model=RecordPage, operation_id="read_records")
async def read_records(caller: Called, wanted: Annotated[RecordFilter, Query()]) -> Response:
    """Records of the actor's territory; a volunteer's own. Those that wait are the approver's
    queue, the oldest first."""
    service = caller.service
    sought = await _sought(caller, wanted)
    mark = await service.watermarks.reach("service_records", wanted.min_position)
    rows = await Records(service.pool).page(sought, wanted.limit + 1)
    shown = rows[: wanted.limit]
    page = {
        "items": await views.lines(service, shown, caller.actor),
        "next": shown[-1]["position"] if len(rows) > wanted.limit else None,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


async def _sought(caller: Caller, wanted: RecordFilter) -> Sought:
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    within, person = service.map.within, wanted.person
    if person is not None and str(person) == actor.id:
        # one's own are one's own wherever they were served
        ACCESS.check(actor, "read_records", Thing(owner=actor.id), within)
        territory = wanted.territory
    else:
        asked = Reach(wanted.territory, owner=str(person) if person else None)
        seen = ACCESS.reach(actor, "read_records", asked, within)
        if seen.owner == actor.id:
            if person is not None:
                raise Forbidden("not_your_own", "these are not your hours")
            person = own_id(actor) or NOBODY
        territory = seen.territory
    return Sought(
        places=service.map.below(territory),
        person=person,
        team=wanted.team,
        activity=wanted.activity,
        status=wanted.status,
        first=wanted.first,
        last=wanted.last,
        oldest_first=wanted.oldest_first,
        after=wanted.after,
    )
