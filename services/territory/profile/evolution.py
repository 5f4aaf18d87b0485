"""What the events of a profile make of it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

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
from services.territory.profile.state import Handover, Profile, Spell
from shared.core.state import replace

MODEL = "governance_model"
BLOCK_TYPE = "block_type"


def evolve(profile: Profile, event: ProfileEvent) -> Profile:
    """The profile after the event."""
    profile = replace(profile, version=profile.version + 1, territory=event.territory)
    return _evolve(profile, event)


def _evolve(profile: Profile, event: ProfileEvent) -> Profile:  # noqa: C901, PLR0911 - one arm an event
    at = event.at
    match event:
        case ManagementModeSet(mode=mode, unit=unit):
            return _spell(profile, Spell(at, mode, unit))
        case ManagementTakenOver(mode=mode, unit=unit):
            return _spell(profile, Spell(at, mode, unit, "unmanaged"))
        case HandoverAccepted(mode=mode, unit=unit):
            handed = Spell(at, mode, unit, "state_enterprise")
            return replace(_spell(profile, handed), handover=None)
        case HandoverStarted(mode=mode, unit=unit):
            return replace(profile, handover=Handover(profile.version, at, mode, unit))
        case FigureDeclared(figure=figure):
            return _noted(profile, figure, at)
        case GovernanceModelAdopted():
            return _noted(profile, MODEL, at)
        case BlockTypeAssigned():
            return _noted(profile, BLOCK_TYPE, at)
        case PracticeAdopted(practice=practice):
            return replace(profile, practices=profile.practices.set(practice, at))
        case TrainingHeld(kind=kind, day=day):
            return replace(profile, trained=profile.trained | {(kind, day)})
        case _:
            assert_never(event)


def _spell(profile: Profile, spell: Spell) -> Profile:
    spells = sorted((*profile.spells, spell), key=lambda one: one.since)
    return replace(profile, spells=tuple(spells))


def _noted(profile: Profile, name: str, at: datetime) -> Profile:
    noted = profile.told.get(name, frozenset()) | {at}
    return replace(profile, told=profile.told.set(name, noted))
