"""Photos of a petition: named when it is filed, opened for whoever may see it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.grievance.case.events import PetitionRaised, Photo
from services.grievance.photos.album import Album, NoSuchFile, Ticket
from services.grievance.service import Grievance
from shared.core.sealed import Sealed
from shared.runtime.web.problems import Problem

FIELD = "photo"


async def attached(
    service: Grievance, petitioner: UUID, tickets: Sequence[str]
) -> tuple[Photo, ...] | None:
    """The photos of these tickets, for this petitioner's petition to name; None for none.

    Raises Problem (422) for a photo that is not here, and Erased.
    """
    photos = []
    for place, text in enumerate(tickets):
        ticket = Ticket.read(text)
        try:
            async with service.opening:
                await album_of(service).claim(ticket, datetime.now(UTC))
        except NoSuchFile:
            raise gone(place) from None
        photos.append(Photo(file=ticket.file, key=await sealed_key(service, petitioner, ticket)))
    return tuple(photos) or None


async def opened(service: Grievance, petition: PetitionRaised, number: int) -> bytes:
    """Photo `number` of a petition, counted from 1. Raises Problem (404), also when its person
    was erased."""
    photos = petition.photos or ()
    if not 1 <= number <= len(photos):
        raise no_such_photo(number)
    photo = photos[number - 1]
    try:
        return await unsealed(service, album_of(service), photo.file, photo.key)
    except NoSuchFile:
        raise no_such_photo(number) from None


async def sealed_key(
    service: Grievance, petitioner: UUID, ticket: Ticket, field: str = FIELD
) -> Sealed:
    """The key of a file, sealed with this person's own. Raises Erased."""
    key = urlsafe_b64encode(ticket.key).decode()
    return (await service.sealer.seal(petitioner, {field: key}))[field]


async def unsealed(service: Grievance, album: Album, file: str, sealed: Sealed) -> bytes:
    """The content of a file that an event names. Raises NoSuchFile, also when the person was
    erased with whose key its own is sealed."""
    [key] = await service.sealer.open([sealed])
    if key is None:
        raise NoSuchFile
    async with service.opening:
        return await album.open(Ticket(file, urlsafe_b64decode(key)))


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
