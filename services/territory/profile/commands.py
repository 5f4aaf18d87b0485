"""What people may tell of a territory. `unit` is who manages it, where a unit does."""

from __future__ import annotations

from dataclasses import dataclass

from services.territory.profile.words import (
    BlockType,
    Figure,
    GovernanceModel,
    ManagementMode,
    Manager,
    Measure,
    Practice,
    SourceKind,
    TrainingKind,
)
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class SetManagementMode(Command):
    territory: str
    mode: ManagementMode
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class StartHandover(Command):
    territory: str
    mode: Manager
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptHandover(Command):
    """End the handover that was started."""

    territory: str


@dataclass(frozen=True, kw_only=True)
class TakeOverManagement(Command):
    territory: str
    mode: Manager
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeclareFigure(Command):
    territory: str
    figure: Figure
    value: int
    measure: Measure
    source: SourceKind
    reference: str


@dataclass(frozen=True, kw_only=True)
class AdoptPractice(Command):
    territory: str
    practice: Practice
    adopted_from: str


@dataclass(frozen=True, kw_only=True)
class HoldTraining(Command):
    territory: str
    kind: TrainingKind
    day: str
    attendees: int


@dataclass(frozen=True, kw_only=True)
class AdoptGovernanceModel(Command):
    territory: str
    model: GovernanceModel


@dataclass(frozen=True, kw_only=True)
class AssignBlockType(Command):
    """`kind` is what the territory is on the map."""

    territory: str
    kind: str
    block_type: BlockType


ProfileCommand = (
    SetManagementMode
    | StartHandover
    | AcceptHandover
    | TakeOverManagement
    | DeclareFigure
    | AdoptPractice
    | HoldTraining
    | AdoptGovernanceModel
    | AssignBlockType
)
