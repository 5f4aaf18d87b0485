"""Entrypoint: what anyone may ask, and what needs a petition's number and code. No token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.grievance.caller import Reached, Visitor
from services.grievance.case.commands import AnswerCallback, AskReopen, AskWithdrawal
from services.grievance.looking.noting import Sight
from services.grievance.papers import attaching as papers
from services.grievance.papers.api import FILE, EventNumber, FileNumber, handed_out
from services.grievance.petitioners import filing, stepping
from services.grievance.petitioners.answers import Filed, Followed
from services.grievance.petitioners.following import files_told, followed
from services.grievance.petitioners.forms import (
    Answers,
    OwnPetition,
    Proof,
    Renewal,
    Step,
    Withdrawal,
)
from services.grievance.petitioners.proof import Proven, proven
from services.grievance.petitioners.slip import number_of
from services.grievance.photos import attaching
from services.grievance.photos.api import PICTURE, PhotoNumber, shown
from services.grievance.service import Grievance
from services.grievance.words import Shown
from shared.core.access import action_of
from shared.core.messages import ANONYMOUS
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.asking import Asking
from shared.runtime.web.requests import identity_of

# Nobody's keys are their own here, so they have to be long enough never to meet.
SHORTEST_KEY = 16
LONG_KEY = {
    **documented.IDEMPOTENCY_KEY,
    "schema": {**documented.IDEMPOTENCY_KEY["schema"], "minLength": SHORTEST_KEY},
}
BODIES = documented.problems(400, 413, 415, 422, 429, 503)
NOT_FOUND = documented.problems(404)
STEPS = documented.problems(404, 409)
KEY = {**documented.needs(documented.IDEMPOTENCY_KEY), **documented.OPEN}
Number = Annotated[str, Path(max_length=60, description="As on the slip: `20261122-1042`")]

router = APIRouter(prefix="/petitions", responses=BODIES)


@router.post(
    "",
    status_code=201,
    response_model=Filed,
    operation_id="file_petition",
    responses=documented.problems(401, 403, 409),
    openapi_extra={**documented.needs(LONG_KEY), **documented.OPEN_TO_ACTORS},
)
async def file_petition(form: OwnPetition, request: Request, visitor: Visitor) -> Response:
    """File a petition; no login is needed. Keep number and code: with both it can be followed.

    Needs an `Idempotency-Key` of 16 characters or more, such as a random UUID; every retry gets the
    same number and code."""
    service, actor = visitor.service, visitor.actor
    service.allowances.filings.take()
    shortest = SHORTEST_KEY if actor.id == ANONYMOUS else 1
    identity = await identity_of(request, actor, service.fingerprints, shortest)
    slip, repeated = await filing.file(service, form, Asking(actor, identity))
    return answer_with(slip, 201, _replayed(repeated))


@router.post(
    "/{number}/look",
    response_model=Followed,
    operation_id="follow_petition",
    responses=NOT_FOUND,
    openapi_extra=documented.OPEN,
)
async def follow_petition(number: Number, form: Proof, service: Reached) -> Response:
    """Where the petition stands: its steps with their dates, the reply, what can be done now. After
    some wrong codes for a number none is looked at for a while."""
    known = await _known(number, form, service)
    return await _followed(service, known)


@router.post(
    "/{number}/callback",
    response_model=Followed,
    operation_id=action_of(AnswerCallback),
    responses=STEPS,
    openapi_extra=KEY,
)
async def answer_callback(
    number: Number, form: Answers, request: Request, service: Reached
) -> Response:
    """Say of the reply whether the matter is resolved, and whether you are satisfied: once a round.
    Answers with where the petition stands then. Needs an `Idempotency-Key`."""
    return await _step(number, form, request, service)


@router.post(
    "/{number}/reopen",
    response_model=Followed,
    operation_id=action_of(AskReopen),
    responses=STEPS,
    openapi_extra=KEY,
)
async def ask_reopen(number: Number, form: Renewal, request: Request, service: Reached) -> Response:
    """Ask for a new round of a closed case, within so many days of its close. Answers with where
    the petition stands then. Needs an `Idempotency-Key`."""
    return await _step(number, form, request, service)


@router.post(
    "/{number}/withdraw",
    response_model=Followed,
    operation_id=action_of(AskWithdrawal),
    responses=STEPS,
    openapi_extra=KEY,
)
async def ask_withdrawal(
    number: Number, form: Withdrawal, request: Request, service: Reached
) -> Response:
    """Withdraw a petition that is not over: nobody works on it any more. Answers with where it
    stands then. Needs an `Idempotency-Key`."""
    return await _step(number, form, request, service)


@router.post(
    "/{number}/photos/{place}",
    operation_id="read_own_photo",
    response_class=Response,
    responses=PICTURE | NOT_FOUND,
    openapi_extra=documented.OPEN,
)
async def read_own_photo(
    number: Number, place: PhotoNumber, form: Proof, service: Reached
) -> Response:
    """A photo that was filed with the petition, counted from 1."""
    known = await _known(number, form, service)
    picture = await attaching.opened(service, known.petition.event, place)
    await service.looks.opened(known.actor, _sight(known, "photo", str(place)))
    return shown(picture)


@router.post(
    "/{number}/files/{version}/{place}",
    operation_id="read_own_file",
    response_class=Response,
    responses=FILE | NOT_FOUND,
    openapi_extra=documented.OPEN,
)
async def read_own_file(
    number: Number, version: EventNumber, place: FileNumber, form: Proof, service: Reached
) -> Response:
    """A file behind a reply, or behind what was told of the progress, counted from 1."""
    known = await _known(number, form, service)
    told = files_told(await service.archive.history(known.petition.stream_id))
    paper, content = await papers.opened(service, told, version, place)
    await service.looks.opened(known.actor, _sight(known, "file", f"{version}-{place}"))
    return handed_out(paper, content, f"{number_of(known.petition)}-{version}-{place}")


async def _known(number: str, form: Proof, service: Grievance) -> Proven:
    service.allowances.looks.take()
    return await proven(service, number, form.code)


async def _step(number: str, form: Step, request: Request, service: Grievance) -> Response:
    known = await _known(number, form, service)
    asking = await Asking.of(request, known.actor, service.fingerprints)
    repeated = await stepping.step(service, known, form, asking)
    return await _followed(service, known, _replayed(repeated))


async def _followed(service: Grievance, known: Proven, headers: Mapping[str, str] = {}) -> Response:
    told = await followed(service, known.petition)
    await service.looks.opened(known.actor, _sight(known, "petition"))
    return answer_with(told, headers=dict(headers))


def _sight(known: Proven, what: Shown, part: str | None = None) -> Sight:
    return Sight(known.petition.stream_id, known.petition.territory, what, part)


def _replayed(repeated: bool) -> dict[str, str]:
    return {"idempotency-replayed": "true"} if repeated else {}
