"""An erasure is asked for once, and complete when all who were asked have answered."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Literal, assert_never

from services.territory.erasure.commands import AskErasure, ErasureCommand, NoteAnswer
from services.territory.erasure.events import (
    ErasureAnswered,
    ErasureAsked,
    ErasureCompleted,
    ErasureEvent,
    ErasureFact,
)
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected
from shared.core.state import replace

Status = Literal["none", "asked", "completed"]

# A service may have erased a person of its own accord, before anybody asked here.
ALLOWED: Mapping[type[ErasureCommand], Set[Status]] = {
    AskErasure: {"none"},
    NoteAnswer: {"none", "asked", "completed"},
}


@dataclass(frozen=True)
class Erasure:
    """Who has to answer, and who has."""

    status: Status = "none"
    territory: str = ""
    services: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


def decide(command: ErasureCommand, erasure: Erasure) -> list[ErasureFact]:
    """The events a command leads to: none for an answer that is known. Raises Rejected."""
    if erasure.status not in ALLOWED[type(command)]:
        raise Rejected(f"erasure_is_{erasure.status}", "it was asked for already")
    match command:
        case AskErasure():
            return _asked(command, erasure)
        case NoteAnswer():
            return _answered(command, erasure)
        case _:
            assert_never(command)


def _asked(command: AskErasure, erasure: Erasure) -> list[ErasureFact]:
    at, subject, own = command.at, command.subject, command.services[0]
    asked = ErasureAsked(
        at=at,
        subject=subject,
        kept=command.kept,
        territory=command.territory,
        services=command.services,
        reason=command.reason,
        late_reason=command.late_reason,
    )
    answered = ErasureAnswered(at=at, subject=subject, service=own)
    left = {*command.services} - {own, *erasure.answered}
    return [asked, answered, *([] if left else [ErasureCompleted(at=at, subject=subject)])]


def _answered(command: NoteAnswer, erasure: Erasure) -> list[ErasureFact]:
    if command.service in erasure.answered:
        return []
    at, subject = command.at, command.subject
    answered = ErasureAnswered(at=at, subject=subject, service=command.service)
    left = {*erasure.services} - {command.service, *erasure.answered}
    if left or erasure.status != "asked":
        return [answered]
    return [answered, ErasureCompleted(at=at, subject=subject)]


def evolve(erasure: Erasure, event: ErasureFact) -> Erasure:
    """The erasure after the event."""
    match event:
        case ErasureAsked(territory=territory, services=services):
            return replace(erasure, status="asked", territory=territory, services=services)
        case ErasureAnswered(service=service):
            return replace(erasure, answered=(*erasure.answered, service))
        case ErasureCompleted():
            return replace(erasure, status="completed")
        case _:
            assert_never(event)


erasure: Decider[ErasureCommand, Erasure, ErasureFact] = Decider(
    category="erasure",
    initial=Erasure(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(ErasureEvent),
)
