"""What is told of a territory: decided, and remembered as far as it is decided on."""

from __future__ import annotations

from typing import Any, assert_never

from services.territory.profile import rules
from services.territory.profile.commands import (
    AcceptHandover,
    AdoptGovernanceModel,
    AdoptPractice,
    AssignBlockType,
    DeclareFigure,
    HoldTraining,
    ProfileCommand,
    SetManagementMode,
    StartHandover,
    TakeOverManagement,
)
from services.territory.profile.events import (
    BlockTypeAssigned,
    FigureDeclared,
    GovernanceModelAdopted,
    HandoverAccepted,
    HandoverStarted,
    ManagementModeSet,
    ManagementTakenOver,
    PracticeAdopted,
    ProfileEvent,
    TrainingHeld,
)
from services.territory.profile.evolution import BLOCK_TYPE, MODEL, evolve
from services.territory.profile.state import Profile
from services.territory.profile.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider

Managing = SetManagementMode | StartHandover | AcceptHandover | TakeOverManagement


def decide(command: ProfileCommand, profile: Profile) -> list[ProfileEvent]:
    """The events a command leads to. Raises Rejected."""
    told: dict[str, Any] = {
        "at": command.at,
        "late_reason": command.late_reason,
        "territory": command.territory,
    }
    if isinstance(command, Managing):
        return [_managed(command, profile, told)]
    return [_told(command, profile, told)]


def _managed(command: Managing, profile: Profile, told: dict[str, Any]) -> ProfileEvent:
    at = command.at
    match command:
        case SetManagementMode(mode=mode, unit=unit):
            rules.settable(profile, mode, unit, at)
            return ManagementModeSet(**told, mode=mode, unit=unit)
        case StartHandover(mode=to, unit=unit):
            rules.startable(profile, at)
            return HandoverStarted(**told, mode=to, unit=unit)
        case AcceptHandover():
            handover = rules.acceptable(profile, at)
            rules.settable(profile, handover.mode, handover.unit, at)
            who = {"mode": handover.mode, "unit": handover.unit}
            return HandoverAccepted(**told, **who, started=handover.number)
        case TakeOverManagement(mode=by, unit=unit):
            rules.takeable(profile, at)
            rules.settable(profile, by, unit, at)
            return ManagementTakenOver(**told, mode=by, unit=unit)
        case _:
            assert_never(command)


def _told(
    command: DeclareFigure | AdoptPractice | HoldTraining | AdoptGovernanceModel | AssignBlockType,
    profile: Profile,
    told: dict[str, Any],
) -> ProfileEvent:
    match command:
        case DeclareFigure(figure=figure, value=value, measure=measure):
            rules.tellable(profile, figure, command.at)
            said = {"source": command.source, "reference": command.reference}
            return FigureDeclared(**told, figure=figure, value=value, measure=measure, **said)
        case AdoptPractice(practice=practice, adopted_from=source):
            rules.adoptable(profile, command)
            return PracticeAdopted(**told, practice=practice, adopted_from=source)
        case HoldTraining(kind=kind, day=day, attendees=attendees):
            rules.holdable(profile, command)
            return TrainingHeld(**told, kind=kind, day=day, attendees=attendees)
        case AdoptGovernanceModel(model=model):
            rules.tellable(profile, MODEL, command.at)
            return GovernanceModelAdopted(**told, model=model)
        case AssignBlockType(block_type=block_type):
            rules.typed(command)
            rules.tellable(profile, BLOCK_TYPE, command.at)
            return BlockTypeAssigned(**told, block_type=block_type)
        case _:
            assert_never(command)


profile: Decider[ProfileCommand, Profile, ProfileEvent] = Decider(
    category="profile",
    initial=Profile(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(ProfileEvent, UPCASTERS),
    concerns=lambda command, _: Thing((command.territory,)),
)
