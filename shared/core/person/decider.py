"""A person is erased once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected
from shared.core.person.commands import PersonCommand
from shared.core.person.events import PersonEvent, SubjectErased


@dataclass(frozen=True)
class Person:
    """Known until erased; nobody has to be known before."""

    status: Literal["known", "erased"] = "known"
    territory: str = ""


def decide(command: PersonCommand, person: Person) -> list[PersonEvent]:
    """The events a command leads to. Raises Rejected.

    A service that passes on what was asked elsewhere finds it done already: nothing happens.
    """
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
