"""A person is erased once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.grievance.person.commands import EraseSubject, PersonCommand
from services.grievance.person.events import PersonEvent, SubjectErased
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Forbidden, Rejected

ALLOWED = {EraseSubject: frozenset({"known"})}
MAY = {EraseSubject: frozenset({"supervisor"})}


@dataclass(frozen=True)
class Person:
    """Known until erased."""

    status: Literal["known", "erased"] = "known"
    territory: str = ""


def decide(command: PersonCommand, person: Person) -> list[PersonEvent]:
    """The events a command leads to. Raises Rejected, or Forbidden for the wrong actor."""
    if not command.actor.roles & MAY[type(command)]:
        raise Forbidden("role_missing", "this is for the role supervisor")
    if person.status not in ALLOWED[type(command)]:
        raise Rejected("person_is_erased", "nothing of this person is left to erase")
    return [
        SubjectErased(
            at=command.at,
            subject=command.subject,
            territory=command.actor.territory,
            reason=command.reason,
        )
    ]


def evolve(person: Person, event: PersonEvent) -> Person:
    """The person after the event."""
    return Person("erased", event.territory)


person = Decider(
    category="person",
    initial=Person(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(PersonEvent),
)
