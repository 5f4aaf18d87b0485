"""From a notice that is owed to a message: the case is read, the petitioner's contacts opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.grievance.archive import History
from services.grievance.case.events import PetitionRaised
from services.grievance.notice.decider import Notice
from services.grievance.notice.steps import told_of
from services.grievance.petitioners.slip import number_of
from services.grievance.queries.units import names
from services.grievance.service import Grievance
from services.grievance.telling.message import Contact, Message
from services.grievance.telling.settings import Telling
from services.grievance.telling.wording import Subject, text_of, title_of
from services.grievance.words import UndeliverableReason
from shared.core.envelope import Recorded

NAMED = ("outcome", "reason", "days", "review_on")


async def composed(
    service: Grievance, settings: Telling, notice_id: UUID, notice: Notice
) -> Message | UndeliverableReason:
    """The message, or why there is nobody to send it to."""
    history = await service.archive.history(_case(notice))
    contact = await _contact(service, history)
    if not isinstance(contact, Contact):
        return contact
    subject = await _subject(service, history, notice.case_version)
    return Message(
        id=notice_id,
        number=subject.number,
        step=subject.step,
        at=history[notice.case_version - 1].recorded_at,
        title=title_of(subject.number, settings.languages),
        text=_text(subject, settings),
        contact=contact,
    )


async def text_for(
    service: Grievance, settings: Telling, case_id: UUID, case_version: int
) -> tuple[str, str]:
    """The number of the petition and the words of the notice about this event, as they would be
    made now."""
    history = await service.archive.history(case_id)
    subject = await _subject(service, history, case_version)
    return subject.number, _text(subject, settings)


def _text(subject: Subject, settings: Telling) -> str:
    url = str(settings.follow_url) if settings.follow_url else None
    return text_of(subject, settings.languages, url)


async def _contact(service: Grievance, history: History) -> Contact | UndeliverableReason:
    petition = _petition(history).event
    # There is always a subject: without its words the person was erased.
    given = (petition.subject, petition.phone, petition.email)
    words, phone, email = await service.sealer.open(given)
    if words is None:
        return "erased"
    contact = Contact(phone, email)
    return contact if any(contact) else "no_contact"


async def _subject(service: Grievance, history: History, version: int) -> Subject:
    told: Recorded[Any] = history[version - 1]
    step = told_of(told.event)
    if step is None:
        raise LookupError(f"{told.type} is told to nobody")
    petition = _petition(history)
    event: Any = told.event
    unit = getattr(event, "unit", None)
    known = await names(service.pool, {unit})
    said = {name: getattr(event, name, None) for name in NAMED}
    return Subject(
        step=step,
        number=number_of(petition),
        has_code=petition.event.code is not None,
        unit=known.get(unit),
        **said if step != "reopened" else {},
    )


def _petition(history: History) -> Recorded[PetitionRaised]:
    first: Recorded[Any] = history[0]
    return first


def _case(notice: Notice) -> UUID:
    if notice.case_id is None:
        raise LookupError("a notice that is not owed is about no case")
    return notice.case_id
