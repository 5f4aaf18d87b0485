"""What clients send with a command: the forms of the HTTP API."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.grievance.fields import Changes
from services.grievance.words import (
    CaseType,
    Channel,
    CorrectionReason,
    DeclineReason,
    Outcome,
    Urgency,
)
from shared.core.person.words import ErasureReason
from shared.core.text import Line, Prose, Word
from shared.runtime.web.forms import Form

Phone = Annotated[Word, Field(pattern=r"^[0-9+()\- ]{3,30}$")]


class Petition(Form):
    """A demand to put on record. `person` is the id of a petitioner who is known already."""

    SEALED = ("subject", "details", "name", "phone", "address")

    territory: Word
    subject: Line
    details: Prose
    channel: Channel = "online"
    case_type: CaseType = "petition"
    urgency: Urgency = "normal"
    category: Word | None = None
    person: UUID | None = None
    name: Word | None = None
    phone: Phone | None = None
    address: Line | None = None


class Acceptance(Form):
    """The demand is within remit."""


class Decline(Form):
    """The demand is not for this system."""

    SEALED = ("explanation",)

    reason: DeclineReason
    explanation: Prose


class Dispatch(Form):
    """Send the case to a handling unit."""

    unit: Word


class Signature(Form):
    """Take the order."""


class Reply(Form):
    """The unit's result, for the petitioner to read."""

    SEALED = ("reply",)

    reply: Prose


class Callback(Form):
    """Three answers, kept apart; the last two only from someone who was reached."""

    SEALED = ("words",)

    contacted: bool
    resolved: bool | None = None
    satisfied: bool | None = None
    words: Prose | None = None


class Closing(Form):
    """End the round."""

    outcome: Outcome


class Reopening(Form):
    """Begin a new round."""

    SEALED = ("reason",)

    reason: Prose


class Correction(Form):
    """Put `changes` in place of what event number `corrects` says."""

    corrects: Annotated[int, Field(ge=1, le=1_000_000)]
    changes: Changes
    reason: CorrectionReason


class Erasure(Form):
    """Make everything of a person unreadable."""

    reason: ErasureReason
