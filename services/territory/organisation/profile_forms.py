"""What clients tell of territories."""

from __future__ import annotations

from services.territory.forms import Code
from services.territory.organisation.fields import Amount, Day, Number
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
from shared.core.text import Word
from shared.runtime.web.forms import Form


class Management(Form):
    """Say how a territory is managed from then on, and by which unit, where one does. A late entry
    goes between what is known."""

    mode: ManagementMode
    unit: Code | None = None


class HandoverStart(Form):
    """Begin a state enterprise's handover, and say to whom."""

    mode: Manager
    unit: Code | None = None


class HandoverEnd(Form):
    """Accept the handover that was started."""


class TakingOver(Form):
    """Take over the management of what nobody managed."""

    mode: Manager
    unit: Code | None = None


class Declaration(Form):
    """Declare a figure, and who says so: the kind of source, and its reference."""

    figure: Figure
    value: Amount
    measure: Measure
    source: SourceKind
    reference: Word


class Adoption(Form):
    """Adopt a practice of another territory."""

    practice: Practice
    adopted_from: Code


class TrainingForm(Form):
    """Put a training on record."""

    kind: TrainingKind
    day: Day
    attendees: Number


class Model(Form):
    """Adopt a model of governance."""

    model: GovernanceModel


class Typing(Form):
    """Say which type a block is of."""

    block_type: BlockType
