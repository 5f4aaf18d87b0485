"""The life of a volunteer: registered, changed, ended, and registered again."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from services.volunteer.volunteer.commands import (
    ChangeVolunteer,
    EndVolunteer,
    RegisterVolunteer,
    VolunteerCommand,
)
from services.volunteer.volunteer.events import (
    VolunteerChanged,
    VolunteerEnded,
    VolunteerEvent,
    VolunteerRegistered,
)
from services.volunteer.volunteer.upcasters import UPCASTERS
from services.volunteer.volunteer.words import VolunteerStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected
from shared.core.state import replace


@dataclass(frozen=True)
class Volunteer:
    """A volunteer as it is decided on."""

    status: VolunteerStatus = "new"
    person: UUID | None = None
    territory: str = ""


ALLOWED: Mapping[type[VolunteerCommand], Set[VolunteerStatus]] = {
    RegisterVolunteer: {"new", "ended"},
    ChangeVolunteer:   {"active"},
    EndVolunteer:      {"active"},
}  # fmt: skip


def decide(command: VolunteerCommand, volunteer: Volunteer) -> list[VolunteerEvent]:
    """The events a command leads to. Raises Rejected."""
    if volunteer.status not in ALLOWED[type(command)]:
        raise _refused(volunteer)
    event = _decide(command)
    if command.late_reason is None:
        return [event]
    return [event.model_copy(update={"late_reason": command.late_reason})]


def _decide(command: VolunteerCommand) -> VolunteerEvent:
    match command:
        case RegisterVolunteer():
            return _registered(command)
        case ChangeVolunteer(at=at, territory=territory, name=name, skills=skills):
            return VolunteerChanged(
                at=at, territory=territory, name=name, skills=skills, services=command.services
            )
        case EndVolunteer(at=at, reason=reason):
            return VolunteerEnded(at=at, reason=reason)
        case _:
            assert_never(command)


def _registered(command: RegisterVolunteer) -> VolunteerRegistered:
    """Raises Rejected where a guardian is missing, or is the volunteer."""
    if command.guardian == command.person:
        raise Rejected("guardian_of_oneself", "name another person as guardian", "guardian")
    if command.young and command.guardian is None:
        raise Rejected("guardian_missing", "a guardian has to agree for the young", "guardian")
    return VolunteerRegistered(
        at=command.at,
        person=command.person,
        territory=command.territory,
        name=command.name,
        skills=command.skills,
        services=command.services,
        guardian=command.guardian,
    )


def evolve(volunteer: Volunteer, event: VolunteerEvent) -> Volunteer:
    """The volunteer after the event."""
    match event:
        case VolunteerRegistered(person=person, territory=territory):
            return Volunteer("active", person, territory)
        case VolunteerChanged(territory=territory):
            return replace(volunteer, territory=territory or volunteer.territory)
        case VolunteerEnded():
            return replace(volunteer, status="ended")
        case _:
            assert_never(event)


def concerns(command: VolunteerCommand, volunteer: Volunteer) -> Thing:
    """Where they are at home, and are going to be; themselves."""
    owner = str(volunteer.person) if volunteer.person else None
    home = (volunteer.territory,) if volunteer.territory else ()
    match command:
        case RegisterVolunteer(person=person, territory=territory):
            return Thing((territory,), owner=str(person))
        case ChangeVolunteer(territory=str(territory)):
            return Thing((*home, territory), owner=owner)
        case _:
            return Thing(home, owner=owner)


def _refused(volunteer: Volunteer) -> Rejected:
    if volunteer.status == "active":
        return Rejected("volunteer_registered", "this person is registered already", "person")
    return Rejected("not_a_volunteer", "this person is not registered as a volunteer", "person")


volunteer: Decider[VolunteerCommand, Volunteer, VolunteerEvent] = Decider(
    category="volunteer",
    initial=Volunteer(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(VolunteerEvent, UPCASTERS),
    concerns=concerns,
)
