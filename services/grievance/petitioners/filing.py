"""From a petitioner's own words to a petition on record, with a number and a code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.grievance.case.commands import RaisePetition
from services.grievance.case.decider import case
from services.grievance.intake.area import first_place
from services.grievance.petitioners import slip
from services.grievance.petitioners.forms import OwnPetition
from services.grievance.petitioners.proof import code_of
from services.grievance.photos.attaching import attached
from services.grievance.service import Grievance
from shared.core.messages import ANONYMOUS, anonymous
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.store.key_store import Erased
from shared.store.load import Answer

Slip = dict[str, Any]


async def file(service: Grievance, form: OwnPetition, asking: Asking) -> tuple[Slip, bool]:
    """Put a petition on record: its slip, the same for every retry, and whether this was one.

    Raises Erased for a retry when the petitioner was erased since.
    """
    answer = await asking.first_or(_raised(service, form, asking), service.executor)
    petition = await service.archive.petition(answer.position)
    code = await code_of(service, petition)
    if petition is None or code is None:
        raise Erased
    kept: Slip = {
        "number": slip.number_of(petition),
        "code": slip.shown_code(code),
        "filed_at": petition.recorded_at,
    }
    return kept, answer.repeated


async def _raised(service: Grievance, form: OwnPetition, asking: Asking) -> Answer:
    now = datetime.now(UTC)
    await service.map.known(form.territory, now)
    # The same retry names the same person, so that only one key is ever made.
    petitioner = derived("person", str(asking.identity.command_id))
    actor = asking.actor
    if actor.id == ANONYMOUS:
        actor = anonymous(petitioner, service.map.atlas.district)
    texts = {**form.personal(), "code": slip.new_code()}
    sealed: dict[str, Any] = dict(await service.sealer.seal(petitioner, texts))
    await service.rules.fresh()
    raise_petition = RaisePetition(
        at=now,
        actor=actor,
        petitioner=petitioner,
        territory=form.territory,
        area=first_place(texts["subject"]) or "unknown",
        channel="online",
        case_type=form.case_type,
        photos=await attached(service, petitioner, form.photos),
        book=service.book(form.territory),
        **sealed,
    )
    target = Target(case, uuid7())
    return await service.executor.execute(
        single(target, raise_petition, asking.identity, fresh=True)
    )
