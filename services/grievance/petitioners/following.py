"""A case as its petitioner may see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from services.grievance.archive import History
from services.grievance.case import in_person
from services.grievance.case.decider import case
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    CaseShelved,
    ExtensionGranted,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    ProgressNoted,
    RedoOrdered,
    ReplySubmitted,
    RequesterContacted,
    ShelvedCaseReviewed,
)
from services.grievance.petitioners.slip import number_of
from services.grievance.queries.units import names
from services.grievance.service import Grievance
from services.grievance.words import FollowedAs
from shared.core.envelope import Recorded
from shared.core.history import as_of
from shared.core.local_time import day_of
from shared.core.messages import Event
from shared.core.sealed import Sealed

STEPS: Mapping[type[Event], FollowedAs] = {
    PetitionRaised: "filed",
    CaseAccepted: "accepted",
    CaseDeclined: "not_accepted",
    CaseDispatched: "dispatched",
    OrderBounced: "bounced",
    OrderSigned: "signed",
    RequesterContacted: "contacted",
    ProgressNoted: "progress",
    ExtensionGranted: "prolonged",
    RedoOrdered: "redo",
    CaseShelved: "shelved",
    ShelvedCaseReviewed: "reviewed",
    ReplySubmitted: "replied",
    CallbackRecorded: "callback",
    CaseClosed: "closed",
    CaseReopened: "reopened",
}
# What is told of each. Of what others wrote, only what they wrote to the petitioner.
TOLD: Mapping[type[Event], tuple[str, ...]] = {
    CaseDeclined: ("reason", "explanation"),
    CaseDispatched: ("unit",),
    ReplySubmitted: ("reply", "files"),
    ProgressNoted: ("progress", "files"),
    ExtensionGranted: ("explanation", "days"),
    CaseShelved: ("explanation", "review_on"),
    ShelvedCaseReviewed: ("explanation", "review_on"),
    CallbackRecorded: ("contacted", "resolved", "satisfied"),
    CaseClosed: ("outcome",),
}
# Who writes how to reach them into the subject does not get that shown back either.
CONTACT = re.compile(r"\d[\d\s\-]{5,}\d|\S+@\S+")
LATEST = datetime.max.replace(tzinfo=UTC)


async def followed(service: Grievance, petition: Recorded[PetitionRaised]) -> dict[str, Any]:
    """Where the case of this petition stands. Times are those that are known now, with corrections
    in place."""
    file = await service.archive.case(petition.stream_id)
    if file is None:
        raise LookupError(petition.stream_id)
    await service.map.fresh()
    row, now = file.row, datetime.now(UTC)
    stands = case.fold(recorded.event for recorded in file.history)
    subject: dict[str, Any] = {
        "text": Sealed(subject=row.petitioner, field="subject", box=row.subject)
    }
    steps = [_step(one) for one in as_of(file.history, LATEST) if type(one.event) in STEPS]
    await service.archive.open([subject, *steps])
    units = await names(service.pool, {row.unit, *(step["unit"] for step in steps)})
    due = stands.promises.get("handle")
    return {
        "number": number_of(petition),
        "status": row.status,
        "place": _place(service, row.territory, now),
        "case_type": row.case_type,
        "subject": _masked(subject["text"]),
        "photos": len(petition.event.photos or ()),
        "unit": units.get(row.unit),
        "outcome": row.outcome,
        "rounds": row.rounds,
        "due": day_of(due) if due and not stands.is_over else None,
        "steps": [{**step, "unit": units.get(step["unit"])} for step in steps],
        "may": in_person.may(stands, now),
        "reopens_until": in_person.reopens_until(stands),
    }


def _step(recorded: Recorded[Any]) -> dict[str, Any]:
    event = recorded.event
    told = {name: getattr(event, name) for name in TOLD.get(type(event), ())}
    if "files" in told:
        told["files"] = [{"kind": one.kind, "size": one.size} for one in told["files"] or ()]
    named = {"step": STEPS[type(event)], "version": recorded.version, "at": event.at, "unit": None}
    return named | told


def files_told(history: History) -> History:
    """The events whose files their petitioner may read."""
    return [one for one in history if "files" in TOLD.get(type(one.event), ())]


def _place(service: Grievance, territory: str, now: datetime) -> list[str]:
    """What the place is called, and what it lies in, the widest first."""
    atlas = service.map.atlas
    if atlas.get(territory) is None:
        return [territory]
    above = service.map.boundaries(now).above(territory)
    return [atlas.territories[code].name(now) for code in reversed(above)]


def _masked(text: str | None) -> str | None:
    return text and CONTACT.sub("***", text)
