"""Entrypoint: the official reply of a case as a letter, for staff and for its petitioner."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.grievance.access import ACCESS
from services.grievance.archive import CaseFile
from services.grievance.caller import Called, Reached
from services.grievance.desk import Desk, no_such_case
from services.grievance.letters.content import letter_of
from services.grievance.letters.drawing import drawn
from services.grievance.letters.words import NAMELESS
from services.grievance.looking.noting import Sight
from services.grievance.petitioners.api import Number
from services.grievance.petitioners.forms import Proof
from services.grievance.petitioners.proof import no_such_petition, proven
from services.grievance.photos.api import BINARY, HARMLESS
from services.grievance.service import Grievance
from shared.core.messages import Actor
from shared.runtime.web import documented

PDF = "application/pdf"
LETTER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The letter", "content": {PDF: BINARY}}
}

router = APIRouter(responses=LETTER)


@router.get(
    "/cases/{case_id}/letter",
    operation_id="read_letter",
    response_class=Response,
    responses=documented.problems(401, 403, 404, 422, 503),
)
async def read_letter(case_id: UUID, caller: Called) -> Response:
    """The official reply (答复意见书) of a case that has one, as a PDF; with the petitioner's name
    for those who may see it. The same bytes until there is another event of the case."""
    service, actor = caller.service, caller.actor
    file = await service.archive.case(case_id)
    await service.map.fresh()
    if file is None or not Desk(service).may_see(actor, file.row, "read_letter"):
        raise no_such_case(case_id)
    return await _sent(service, file, actor, named="name" not in ACCESS.hidden(actor))


@router.post(
    "/petitions/{number}/letter",
    operation_id="read_own_letter",
    response_class=Response,
    responses=documented.problems(400, 404, 413, 415, 422, 429, 503),
    openapi_extra=documented.OPEN,
)
async def read_own_letter(number: Number, form: Proof, service: Reached) -> Response:
    """The official reply (答复意见书) to a petition that has one, as a PDF with the petitioner's
    name."""
    service.allowances.looks.take()
    known = await proven(service, number, form.code)
    file = await service.archive.case(known.petition.stream_id)
    await service.map.fresh()
    if file is None:
        raise no_such_petition()
    return await _sent(service, file, known.actor, named=True)


async def _sent(service: Grievance, file: CaseFile, actor: Actor, *, named: bool) -> Response:
    letter = await letter_of(service, file, named=named)
    async with service.opening:
        content = await asyncio.to_thread(drawn, letter)
    fields = () if letter.name in NAMELESS else ("name",)
    sight = Sight(file.row.case_id, file.row.territory, "letter", fields=fields)
    await service.looks.opened(actor, sight)
    how = {"content-disposition": f'attachment; filename="reply-{letter.number}.pdf"'}
    return Response(content, media_type=PDF, headers=HARMLESS | how)
