"""What clients send for an order on its way: between units, at work, on the shelf."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from services.grievance.fields import FileWords
from services.grievance.words import BounceReason, ProlongReason
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Form


def _day(day: str) -> str:
    if date.fromisoformat(day).isoformat() != day:
        raise ValueError("not a day such as 2026-05-01")
    return day


Day = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"}, max_length=10),
    AfterValidator(_day),
]


class Bounce(Form):
    """Send the order back, with what shows that it is not the unit's."""

    SEALED = ("evidence",)

    reason: BounceReason
    evidence: Prose
    files: FileWords = ()


class Remit(Form):
    """Settle whose the order is; the unit cannot send it back."""

    SEALED = ("grounds",)

    unit: Word
    grounds: Prose
    files: FileWords = ()


class Contact(Form):
    """The unit called the petitioner before it went to work."""

    SEALED = ("words",)

    reached: bool
    words: Prose | None = None


class Progress(Form):
    """How far the unit has got, for the petitioner to read."""

    SEALED = ("progress",)

    progress: Prose
    files: FileWords = ()


class Assistance(Form):
    """Have another unit help."""

    unit: Word


class Assisted(Form):
    """What an assisting unit has done."""

    SEALED = ("words",)

    words: Prose
    files: FileWords = ()


class Prolonging(Form):
    """Ask for more time: so many working days, calendar days for a petition (信访)."""

    SEALED = ("grounds",)

    days: Annotated[int, Field(ge=1, le=365)]
    reason: ProlongReason
    grounds: Prose


class Prolonged(Form):
    """Give more time or not; the petitioner is told why."""

    SEALED = ("explanation",)

    granted: bool
    explanation: Prose


class Shelving(Form):
    """It cannot be settled for now; the petitioner is told why."""

    SEALED = ("explanation",)

    review_on: Day
    explanation: Prose


class Review(Form):
    """Take a shelved case up again, or name the day on which it is looked at next."""

    SEALED = ("explanation",)

    resumed: bool
    review_on: Day | None = None
    explanation: Prose
