"""What can have been told of a territory. The union is the catalogue.

`territory` is the one it is told of; `unit` is who manages it, where a unit does.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

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
from shared.core.messages import Event


class ManagementModeSet(Event):
    """It is managed so from then on, until the next thing that is known."""

    type: Literal["management-mode-set"] = "management-mode-set"
    territory: str
    mode: ManagementMode
    unit: str | None = None


class HandoverStarted(Event):
    """A state enterprise began to hand it over, with its water, power, heat and property."""

    type: Literal["handover-started"] = "handover-started"
    territory: str
    mode: Manager
    unit: str | None = None


class HandoverAccepted(Event):
    """What event `started` began is done: it is managed by who took it."""

    type: Literal["handover-accepted"] = "handover-accepted"
    territory: str
    mode: Manager
    unit: str | None = None
    started: int


class ManagementTakenOver(Event):
    """Nobody managed it; from then on somebody does."""

    type: Literal["management-taken-over"] = "management-taken-over"
    territory: str
    mode: Manager
    unit: str | None = None


class FigureDeclared(Event):
    """A figure of it, and who says so: the kind of source and its reference."""

    type: Literal["figure-declared"] = "figure-declared"
    territory: str
    figure: Figure
    value: int
    measure: Measure
    source: SourceKind
    reference: str


class PracticeAdopted(Event):
    """It does as another territory does."""

    type: Literal["practice-adopted"] = "practice-adopted"
    territory: str
    practice: Practice
    adopted_from: str


class TrainingHeld(Event):
    """People of it were trained on that day (`2026-05-01`)."""

    type: Literal["training-held"] = "training-held"
    territory: str
    kind: TrainingKind
    day: str
    attendees: int


class GovernanceModelAdopted(Event):
    """It is organised so from now on."""

    type: Literal["governance-model-adopted"] = "governance-model-adopted"
    territory: str
    model: GovernanceModel


class BlockTypeAssigned(Event):
    """The block is of this type from now on."""

    type: Literal["block-type-assigned"] = "block-type-assigned"
    territory: str
    block_type: BlockType


ProfileEvent = Annotated[
    ManagementModeSet
    | HandoverStarted
    | HandoverAccepted
    | ManagementTakenOver
    | FigureDeclared
    | PracticeAdopted
    | TrainingHeld
    | GovernanceModelAdopted
    | BlockTypeAssigned,
    Field(discriminator="type"),
]
