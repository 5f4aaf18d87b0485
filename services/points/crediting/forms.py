"""What clients send about points."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.points.words import Holder
from shared.core.late_entry import LateReason
from shared.core.text import Line, Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Day

# The decider refuses what is none; this is what a column holds.
Points = Annotated[int, Field(ge=-1_000_000, le=100_000_000)]
Quantity = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Proof = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class NewAccount(Sent):
    """Keep the points of a person, or of a household, for which one of its people acts: `keeper`;
    a person keeps their own. `territory` is their home for whom the register does not know."""

    kind: Holder = "person"
    holder: UUID
    keeper: UUID | None = None
    territory: Word


class _Deed(Sent):
    """`quantity` times, or minutes, of what the rules call `reason`, done on `day` in Beijing time.
    `proof` is the SHA-256 of a photo. The `note` is sealed for who acts for the account."""

    SEALED = ("note",)

    reason: Annotated[str, Field(max_length=40)]
    quantity: Quantity = 1
    day: Day
    territory: Word
    note: Line | None = None
    proof: Proof | None = None
    late_reason: LateReason | None = None


class Giving(_Deed):
    """Give points at once for a deed: for whom the rules let do it."""


class Taking(_Deed):
    """Take points for what was done: as many as may be spent, at most."""


class Reversal(Sent):
    """What was given was never earned; what is spent of it already is owed."""

    reason: Literal["mistake", "double", "false_claim"]


class Move(Sent):
    """Their home is another territory now."""

    territory: Word


class Keeping(Sent):
    """Let another person of the household act for it."""

    keeper: UUID


class Transfer(Sent):
    """Give points to another account of the same household."""

    kind: Holder = "person"
    to: UUID
    points: Points
