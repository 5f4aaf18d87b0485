"""The life of a person on the register: what may be asked when, what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import assert_never

from services.territory.erasure.commands import AskErasure
from services.territory.resident import rules
from services.territory.resident.commands import (
    ChangeContact,
    DeclareRelative,
    GiveConsent,
    MoveResident,
    RecordLeaving,
    RecordReturn,
    RegisterResident,
    ResidentCommand,
    TagCare,
    UntagCare,
    WithdrawConsent,
    WithdrawRelative,
)
from services.territory.resident.events import (
    CareTagged,
    CareUntagged,
    ContactChanged,
    ContactConsentGiven,
    ContactConsentWithdrawn,
    RelativeDeclared,
    RelativeWithdrawn,
    ResidentEvent,
    ResidentFact,
    ResidentLeft,
    ResidentMoved,
    ResidentRegistered,
    ResidentReturned,
)
from services.territory.resident.evolving import evolve
from services.territory.resident.state import Resident
from services.territory.words import ResidentStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Command

HERE: Set[ResidentStatus] = frozenset({"living", "left"})

# For whom a command is taken.
ALLOWED: Mapping[type[ResidentCommand], Set[ResidentStatus]] = {
    RegisterResident: {"new"},
    ChangeContact:    HERE,
    MoveResident:     {"living"},
    RecordLeaving:    {"living"},
    RecordReturn:     {"left"},
    DeclareRelative:  HERE,
    WithdrawRelative: HERE,
    GiveConsent:      HERE,
    WithdrawConsent:  HERE,
    TagCare:          HERE,
    UntagCare:        HERE,
}  # fmt: skip


def decide(command: ResidentCommand, resident: Resident) -> list[ResidentFact]:
    """The events a command leads to. Raises Rejected."""
    if resident.status not in ALLOWED[type(command)]:
        raise rules.refused(resident)
    event = _decide(command, resident)
    if command.late_reason is None:
        return [event]
    return [event.model_copy(update={"late_reason": command.late_reason})]


def _decide(command: ResidentCommand, resident: Resident) -> ResidentFact:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    at = command.at
    match command:
        case RegisterResident():
            return _registered(command)
        case ChangeContact(name=name, phone=phone, birth_year=year):
            rules.something_new(command)
            return ContactChanged(at=at, name=name, phone=phone, birth_year=year)
        case MoveResident(building=building, household=household):
            rules.elsewhere(resident, building, household)
            when = rules.moment(command, resident)
            return ResidentMoved(at=when, building=building, household=household)
        case RecordLeaving():
            return ResidentLeft(at=rules.moment(command, resident))
        case RecordReturn(building=building, household=household):
            when = rules.moment(command, resident)
            return ResidentReturned(at=when, building=building, household=household)
        case DeclareRelative(relative=relative, relation=relation):
            rules.relatable(command, resident)
            return RelativeDeclared(at=at, relative=relative, relation=relation)
        case WithdrawRelative(relative=relative):
            rules.related(relative, resident)
            return RelativeWithdrawn(at=at, relative=relative)
        case GiveConsent(purpose=purpose):
            rules.agreed(purpose, resident, wanted=False)
            return ContactConsentGiven(at=at, purpose=purpose)
        case WithdrawConsent(purpose=purpose):
            rules.agreed(purpose, resident, wanted=True)
            return ContactConsentWithdrawn(at=at, purpose=purpose)
        case TagCare(tag=tag):
            rules.tagged(tag, resident, wanted=False)
            return CareTagged(at=at, tag=tag)
        case UntagCare(tag=tag):
            rules.tagged(tag, resident, wanted=True)
            return CareUntagged(at=at, tag=tag)
        case _:
            assert_never(command)


def _registered(command: RegisterResident) -> ResidentRegistered:
    return ResidentRegistered(
        at=command.at,
        person=command.person,
        building=command.building,
        household=command.household,
        name=command.name,
        phone=command.phone,
        birth_year=command.birth_year,
    )


def concerns(command: Command, resident: Resident) -> Thing:
    """Where a command would take effect. Whoever registers a person, or takes one back, answers for
    the building they come to; whoever moves one, for both; whoever erases one, for all places
    where they ever lived."""
    owner = resident.owner
    match command:
        case RegisterResident(building=building) | RecordReturn(building=building):
            return Thing((building,), owner=owner)
        case MoveResident(building=building):
            return Thing((resident.building, building), owner=owner)
        case AskErasure():
            return Thing(resident.places, owner=owner)
        case _:
            return Thing((resident.building,) if resident.building else (), owner=owner)


resident: Decider[ResidentCommand, Resident, ResidentFact] = Decider(
    category="resident",
    initial=Resident(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.building,
    events=Catalogue.of(ResidentEvent),
    concerns=concerns,
)
