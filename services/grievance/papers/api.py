"""Entrypoint: files of evidence on their way in, and to those who may read the case."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.grievance.access import ACCESS
from services.grievance.caller import Called
from services.grievance.case.papers import Paper, PaperKind
from services.grievance.desk import Desk, no_such_case
from services.grievance.looking.noting import Sight
from services.grievance.papers import attaching, kinds
from services.grievance.papers.refusal import NotAPaper
from services.grievance.photos.api import BINARY, HARMLESS, arrived
from shared.core.access import Thing
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

FILES = "/files"
BODY: dict[str, Any] = {"required": True, "content": dict.fromkeys(kinds.TAKEN, BINARY)}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": dict.fromkeys(kinds.TAKEN, BINARY)}
}
ENDINGS: Mapping[PaperKind, str] = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp",
}  # fmt: skip
EventNumber = Annotated[int, Path(ge=1, lt=10**9, description="The event that names it")]
FileNumber = Annotated[int, Path(ge=1, le=99)]

router = APIRouter()


class HandedIn(BaseModel):
    """The word by which a step names this file, within a day. It opens the file: keep it."""

    file: str


@router.post(
    FILES,
    status_code=201,
    response_model=HandedIn,
    operation_id="upload_file",
    responses=documented.problems(401, 403, 408, 413, 415, 422, 503),
    openapi_extra={"requestBody": BODY},
)
async def upload_file(request: Request, caller: Called) -> Response:
    """A PDF of up to 20 MiB, or a JPEG, PNG or WebP picture of up to 10 MiB, as the body, for a
    step that is taken within a day. Who made it, when, where and with what is taken out of it."""
    service = caller.service
    ACCESS.check(caller.actor, "upload_file", Thing(), service.map.within)
    papers, kind = attaching.papers_of(service), _kind(request)
    if service.handing_in.locked():
        detail = "many files are arriving; send the same one again"
        raise Problem(503, "busy", detail, headers={"retry-after": "3"})
    async with service.handing_in:
        body = await arrived(request)
        ticket = await papers.put(await asyncio.to_thread(_cleaned, body, kind))
    return answer_with({"file": ticket.text}, 201)


@router.get(
    "/cases/{case_id}/files/{version}/{place}",
    operation_id="read_file",
    response_class=Response,
    responses=FILE | documented.problems(401, 403, 404, 422, 503),
)
async def read_file(
    case_id: UUID, version: EventNumber, place: FileNumber, caller: Called
) -> Response:
    """A file that an event of the case names, counted from 1, for those who may read the case."""
    service = caller.service
    file = await service.archive.case(case_id)
    await service.map.fresh()
    if file is None or not Desk(service).may_see(caller.actor, file.row, "read_file"):
        raise no_such_case(case_id)
    paper, content = await attaching.opened(service, file.history, version, place)
    sight = Sight(case_id, file.row.territory, "file", f"{version}-{place}")
    await service.looks.opened(caller.actor, sight)
    return handed_out(paper, content, f"{file.row.number}-{version}-{place}")


def handed_out(paper: Paper, content: bytes, name: str) -> Response:
    """The file as an answer: a picture may be shown in a page, a PDF is saved."""
    how = "attachment" if paper.kind == kinds.PDF else "inline"
    named = f'{how}; filename="{name}.{ENDINGS[paper.kind]}"'
    headers = {**HARMLESS, "content-disposition": named}
    return Response(content, media_type=paper.kind, headers=headers)


def _kind(request: Request) -> PaperKind:
    """What is said to be sent. Raises Problem (415) for something else."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said not in kinds.TAKEN:
        raise Problem(415, "not_a_paper", f"send {', '.join(kinds.TAKEN)}")
    return cast("PaperKind", said)


def _cleaned(body: bytes, kind: PaperKind) -> bytes:
    if len(body) > kinds.TAKEN[kind].largest:
        raise Problem(413, "body_too_large", f"send at most {kinds.TAKEN[kind].largest} bytes")
    try:
        return kinds.cleaned(body, kind)
    except NotAPaper as fault:
        raise Problem(422, "not_a_paper", str(fault)) from None
