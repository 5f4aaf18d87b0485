"""What petitioners send."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from services.grievance.fields import FileWords
from services.grievance.forms import Email, Phone
from services.grievance.petitioners.slip import read_code
from services.grievance.words import CaseType
from shared.core.text import Line, Word, storable
from shared.runtime.web.forms import Sent

Story = Annotated[
    str,
    StringConstraints(min_length=1, max_length=5_000, strip_whitespace=True),
    AfterValidator(storable),
]
Code = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(read_code)]
SENTENCE = re.compile(r"[\n。！？!?；;]")
TITLE = 40


class OwnPetition(Sent):
    """A demand in the petitioner's own words: where it is, what it is, how to reach them if they
    like. Without a `subject` the first words of `details` are it; `photos` are those that were
    uploaded before, within a day."""

    SEALED = ("subject", "details", "name", "phone", "email", "address", "spot")

    territory: Word
    details: Story
    subject: Line | None = None
    case_type: CaseType = "help"
    address: Line | None = None
    spot: Line | None = None
    name: Word | None = None
    phone: Phone | None = None
    email: Email | None = None
    photos: FileWords = ()

    def personal(self) -> dict[str, str]:
        """The texts to be sealed, by field; there is always a subject."""
        return {"subject": first_words(self.details), **super().personal()}


class Proof(Sent):
    """The code that goes with the number."""

    code: Code


class Answers(Proof):
    """What the petitioner says of the reply: is it resolved, are they satisfied."""

    SEALED = ("words",)

    resolved: bool
    satisfied: bool
    words: Story | None = None


class Renewal(Proof):
    """Why there should be a new round."""

    SEALED = ("reason",)

    reason: Story


class Withdrawal(Proof):
    """The petitioner does not want it any more, and why if they like."""

    SEALED = ("words",)

    words: Story | None = None


Step = Answers | Renewal | Withdrawal


def first_words(details: str) -> str:
    """The first sentence, or as much of it as makes a subject."""
    first = next(part for part in (*SENTENCE.split(details), details) if part.strip()).strip()
    return first if len(first) <= TITLE else f"{first[:TITLE]}…"
