"""Entrypoint: photos on their way in, and to those who may read the case."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from services.grievance.caller import Called, Reached
from services.grievance.desk import Desk, no_such_case
from services.grievance.looking.noting import Sight
from services.grievance.photos import attaching, pictures
from services.grievance.photos.refusal import NotAPicture
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with
from shared.runtime.web.problems import Problem

PHOTOS = "/photos"
LARGEST_PHOTO = 10 * 1_048_576
SECONDS = 60  # for a photo to arrive
BINARY = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {"required": True, "content": dict.fromkeys(pictures.CLEANED, BINARY)}
PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture", "content": dict.fromkeys(pictures.CLEANED, BINARY)}
}
# What a picture could do in a browser, it may not.
HARMLESS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
}
PhotoNumber = Annotated[int, Path(ge=1, le=99)]

router = APIRouter()


class Uploaded(BaseModel):
    """The word by which a petition names this photo, within a day. It opens the photo: keep it."""

    photo: str


@router.post(
    PHOTOS,
    status_code=201,
    response_model=Uploaded,
    operation_id="upload_photo",
    responses=documented.problems(408, 413, 415, 422, 429, 503),
    openapi_extra={"requestBody": BODY, **documented.OPEN},
)
async def upload_photo(request: Request, service: Reached) -> Response:
    """A JPEG, PNG or WebP picture of up to 10 MiB, as the body, for a petition that is filed within
    a day; no login is needed. Place, time and device are taken out of it."""
    service.allowances.uploads.take()
    album = attaching.album_of(service)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in pictures.CLEANED:
        raise Problem(415, "not_a_picture", f"send {', '.join(pictures.CLEANED)}")
    if service.uploading.locked():
        detail = "many photos are arriving; send the same one again"
        raise Problem(503, "busy", detail, headers={"retry-after": "3"})
    async with service.uploading:
        picture = await asyncio.to_thread(_cleaned, await arrived(request))
        ticket = await album.put(picture)
    return answer_with({"photo": ticket.text}, 201)


@router.get(
    "/cases/{case_id}/photos/{number}",
    operation_id="read_photo",
    response_class=Response,
    responses=PICTURE | documented.problems(401, 403, 404, 422, 503),
)
async def read_photo(case_id: UUID, number: PhotoNumber, caller: Called) -> Response:
    """A photo that was filed with the petition, for those who may read the case."""
    service = caller.service
    file = await service.archive.case(case_id)
    await service.map.fresh()
    if file is None or not Desk(service).may_see(caller.actor, file.row, "read_photo"):
        raise no_such_case(case_id)
    petition = await service.archive.petition(file.row.number)
    if petition is None:
        raise no_such_case(case_id)
    picture = await attaching.opened(service, petition.event, number)
    sight = Sight(case_id, file.row.territory, "photo", str(number))
    await service.looks.opened(caller.actor, sight)
    return shown(picture)


def shown(picture: bytes) -> Response:
    """The picture as an answer."""
    return Response(picture, media_type=pictures.kind_of(picture), headers=HARMLESS)


async def arrived(request: Request) -> bytes:
    """The whole body. Raises Problem (408) for one that takes too long."""
    try:
        async with asyncio.timeout(SECONDS):
            return await request.body()
    except TimeoutError:
        raise Problem(408, "too_slow", f"the file did not arrive in {SECONDS} seconds") from None


def _cleaned(body: bytes) -> bytes:
    try:
        return pictures.cleaned(body)
    except NotAPicture as fault:
        raise Problem(422, "not_a_picture", str(fault)) from None
