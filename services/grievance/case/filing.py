"""How a petition gets on record."""

from __future__ import annotations

from dataclasses import fields

from services.grievance.case.commands import RaisePetition, RecordPastPetition
from services.grievance.case.events import CaseEvent, PetitionRaised, ReplySubmitted
from shared.core.messages import Rejected


def raised(command: RaisePetition) -> PetitionRaised:
    """The petition as it was told."""
    told = {f.name: getattr(command, f.name) for f in fields(RaisePetition)}
    return PetitionRaised(
        **{name: told[name] for name in told if name in PetitionRaised.model_fields}
    )


def past(command: RecordPastPetition) -> list[CaseEvent]:
    """A petition of the past, with its reply. Raises Rejected for a reply before it."""
    petition = raised(command)
    if command.reply is None or command.replied_at is None:
        return [petition]
    if command.replied_at < command.at:
        raise Rejected("reply_before_petition", "a reply cannot precede its petition", "replied_at")
    return [petition, ReplySubmitted(at=command.replied_at, reply=command.reply)]
