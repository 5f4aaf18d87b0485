"""A duty post as it is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never

from services.volunteer.duty.events import (
    AssessmentPublished,
    AssessmentTrackScored,
    CheckedIn,
    CheckInMissed,
    DutyEvent,
    DutyIssueRaised,
    DutyPledgeKept,
    DutyPledgeMade,
    DutyPostAssigned,
    DutyPostEnded,
    DutyShiftsAdded,
    DutyShiftServed,
    Shift,
)
from services.volunteer.duty.turns import turn_of_shift
from shared.core.state import replace

DutyStatus = Literal["new", "held", "ended"]


@dataclass(frozen=True)
class Duty:
    """What became of each turn, by its last day; `scores` by period and track; `pledges` by number,
    whether each was kept. `version` counts the events."""

    status: DutyStatus = "new"
    version: int = 0
    told: DutyPostAssigned | None = None
    shifts: Mapping[str, Shift] = field(default_factory=dict)
    checked: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    served: frozenset[str] = frozenset()
    scores: Mapping[tuple[str, str], int] = field(default_factory=dict)
    published: frozenset[str] = frozenset()
    pledges: Mapping[int, bool] = field(default_factory=dict)
    ended_on: str | None = None

    @property
    def territory(self) -> str:
        """Where it is."""
        return self.told.territory if self.told else ""

    @property
    def owner(self) -> str | None:
        """Whose own this is: people are known to the token issuer by their ids here."""
        return str(self.told.holder) if self.told else None


def evolve(duty: Duty, event: DutyEvent) -> Duty:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    """The post after the event."""
    duty = replace(duty, version=duty.version + 1)
    match event:
        case DutyPostAssigned(shifts=shifts):
            return replace(duty, status="held", told=event, shifts=_by_turn(shifts))
        case DutyShiftsAdded(shifts=shifts):
            return replace(duty, shifts={**duty.shifts, **_by_turn(shifts)})
        case CheckedIn(turn=turn):
            return replace(duty, checked=duty.checked | {turn}, missed=duty.missed - {turn})
        case CheckInMissed(turn=turn):
            return replace(duty, missed=duty.missed | {turn})
        case AssessmentTrackScored(period=period, track=track, score=score):
            return replace(duty, scores={**duty.scores, (period, track): score})
        case AssessmentPublished(period=period):
            return replace(duty, published=duty.published | {period})
        case DutyPledgeMade():
            return replace(duty, pledges={**duty.pledges, duty.version: False})
        case DutyPledgeKept(pledge=pledge):
            return replace(duty, pledges={**duty.pledges, pledge: True})
        case DutyShiftServed(day=day):
            return replace(duty, served=duty.served | {day})
        case DutyPostEnded(day=day):
            return replace(duty, status="ended", ended_on=day)
        case DutyIssueRaised():
            return duty
        case _:
            assert_never(event)


def _by_turn(shifts: tuple[Shift, ...]) -> dict[str, Shift]:
    return {turn_of_shift(shift): shift for shift in shifts}
