"""Photos of a petition: named when it is filed, opened for whoever may see it."""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from uuid import UUID

from services.grievance.case.events import PetitionRaised, Photo
from services.grievance.photos.album import Album, NoSuchPhoto, Ticket
from services.grievance.service import Grievance
from shared.runtime.web.problems import Problem

FIELD = "photo"


async def attached(
    service: Grievance, petitioner: UUID, tickets: Sequence[str]
) -> tuple[Photo, ...] | None:
    """The photos of these tickets, to be kept with this petitioner's petition; None for none.

    Raises Problem (422) for a photo that is not here, and Erased.
    """
    photos = []
    for place, text in enumerate(tickets):
        ticket = Ticket.read(text)
        try:
            await asyncio.to_thread(album_of(service).keep, ticket)
        except NoSuchPhoto:
            raise gone(place) from None
        key = urlsafe_b64encode(ticket.key).decode()
        sealed = await service.sealer.seal(petitioner, {FIELD: key})
        photos.append(Photo(file=ticket.file, key=sealed[FIELD]))
    return tuple(photos) or None


async def opened(service: Grievance, petition: PetitionRaised, number: int) -> bytes:
    """Photo `number` of a petition, counted from 1. Raises Problem (404), also when its person
    was erased."""
    photos = petition.photos or ()
    if not 1 <= number <= len(photos):
        raise no_such_photo(number)
    photo = photos[number - 1]
    [key] = await service.sealer.open([photo.key])
    if key is None:
        raise no_such_photo(number)
    try:
        ticket = Ticket(photo.file, urlsafe_b64decode(key))
        return await asyncio.to_thread(album_of(service).open, ticket)
    except NoSuchPhoto:
        raise no_such_photo(number) from None


def album_of(service: Grievance) -> Album:
    """Where photos are kept. Raises Problem (503) where nothing keeps them."""
    if service.album is None:
        raise Problem(503, "no_photos_here", "no photos are kept here; file without them")
    return service.album


def no_such_photo(number: int) -> Problem:
    """There is none of this number, or it can be opened no more."""
    return Problem(404, "no_such_photo", f"there is no photo {number} of this petition")


def gone(place: int) -> Problem:
    """A photo that a petition names is not here."""
    detail = "this photo is not here any more; add it again"
    errors = [{"detail": detail, "pointer": f"/photos/{place}"}]
    return Problem(422, "no_such_photo", detail, errors=errors)
