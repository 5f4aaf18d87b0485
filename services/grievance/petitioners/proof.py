"""Number and code: who shows both acts for the petitioner of that case, and of no other."""

from __future__ import annotations

from hmac import compare_digest
from typing import NamedTuple
from uuid import UUID

from services.grievance.case.events import PetitionRaised
from services.grievance.petitioners import slip
from services.grievance.service import Grievance
from shared.core.envelope import Recorded
from shared.core.messages import Actor, anonymous
from shared.core.sealed import Sealed
from shared.runtime.web.problems import Problem

# Opened where there is nothing to open, so that it takes as long.
NOTHING = Sealed(subject=UUID(int=0), field="code", box="")


class Proven(NamedTuple):
    """A petition whose number and code somebody has shown, and who they act as with that."""

    petition: Recorded[PetitionRaised]
    actor: Actor


async def proven(service: Grievance, number: str, code: str) -> Proven:
    """The petition of this number, for whoever knows its code.

    Raises Problem: 404 for a wrong code as for a number that is none, 429 after some of these.
    """
    place = slip.read_number(number)
    if place is None:
        raise no_such_petition()
    guarded = f"petition {place.position}"
    if seconds := await service.attempts.take(guarded):
        raise too_many_tries(seconds)
    petition = await service.archive.petition(place.position)
    kept = await code_of(service, petition)
    known = compare_digest(kept or slip.new_code(), code)
    if petition is None or kept is None or not known or place != slip.place_of(petition):
        raise no_such_petition()
    await service.attempts.forget(guarded)
    actor = anonymous(petition.event.petitioner, service.map.atlas.district)
    return Proven(petition, actor)


async def code_of(service: Grievance, petition: Recorded[PetitionRaised] | None) -> str | None:
    """The code of a petition; None without one, and when its person was erased."""
    kept = petition.event.code if petition is not None else None
    [code] = await service.sealer.open([kept or NOTHING])
    return code


def no_such_petition() -> Problem:
    """The same answer for a number that is none and for a code that does not go with it."""
    detail = "number and code do not go together; look at both again"
    errors = [{"detail": "not the code of this number", "pointer": "/code"}]
    return Problem(404, "no_such_petition", detail, errors=errors)


def too_many_tries(seconds: int) -> Problem:
    """For this number no code is looked at for so many seconds."""
    detail = f"too many wrong codes for this number; try again in {seconds} seconds"
    errors = [{"detail": "no code is looked at for now", "pointer": "/code"}]
    headers = {"retry-after": str(seconds)}
    return Problem(429, "too_many_tries", detail, errors=errors, headers=headers)
