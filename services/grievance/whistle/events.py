"""What can have happened to a whistle. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.grievance.words import WhistleReason
from shared.core.messages import Event
from shared.core.sealed import Sealed


class WhistleBlown(Event):
    """Units are needed at a place, in one of the three cases in which that may be asked. `by` is
    who asks; `case_id` the case that it is about, where there is one."""

    type: Literal["whistle-blown"] = "whistle-blown"
    territory: str
    reason: WhistleReason
    what: Sealed
    where: Sealed
    case_id: UUID | None = None
    by: str


class UnitCalled(Event):
    """This unit is to come, by `due` at the latest, as the rule book `rules` has it. Both are None
    for what was told of the past."""

    type: Literal["unit-called"] = "unit-called"
    unit: str
    rules: str | None = None
    due: AwareDatetime | None = None


class UnitReported(Event):
    """A unit is there; `unasked` where nobody had called it."""

    type: Literal["unit-reported"] = "unit-reported"
    unit: str
    unasked: bool


class UnitOverdue(Event):
    """A unit that was called is not there, and its time is over."""

    type: Literal["unit-overdue"] = "unit-overdue"
    unit: str


class UnitResultGiven(Event):
    """A unit that came says what it did."""

    type: Literal["unit-result-given"] = "unit-result-given"
    unit: str
    words: Sealed


class TurnoutConfirmed(Event):
    """Whoever blew the whistle says of a unit whether it came, and whether it did its part."""

    type: Literal["turnout-confirmed"] = "turnout-confirmed"
    unit: str
    came: bool
    did: bool


class WhistleEnded(Event):
    """It is done: nobody has to come any more."""

    type: Literal["whistle-ended"] = "whistle-ended"


WhistleEvent = Annotated[
    WhistleBlown
    | UnitCalled
    | UnitReported
    | UnitOverdue
    | UnitResultGiven
    | TurnoutConfirmed
    | WhistleEnded,
    Field(discriminator="type"),
]
