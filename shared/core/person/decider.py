"""A person is erased once."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Literal

from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Forbidden, Rejected
from shared.core.person.commands import EraseSubject, PersonCommand
from shared.core.person.events import PersonEvent, SubjectErased
from shared.core.roles import Role

# For logs that no access table speaks of yet.
MAY: Mapping[type[PersonCommand], Set[Role]] = {
    EraseSubject: frozenset({"supervisor", "registrar", "service"})
}


@dataclass(frozen=True)
class Person:
    """Known until erased; nobody has to be known before."""

    status: Literal["known", "erased"] = "known"
    territory: str = ""


def decide(command: PersonCommand, person: Person) -> list[PersonEvent]:
    """The events a command leads to. Raises Rejected, or Forbidden for the wrong actor.

    A service that passes on what was asked elsewhere finds it done already: nothing happens.
    """
    may = MAY[type(command)]
    if not command.actor.roles & may:
        raise Forbidden("role_missing", f"this is for the roles {', '.join(sorted(may))}")
    if person.status == "erased":
        if "service" in command.actor.roles:
            return []
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
