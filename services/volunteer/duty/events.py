"""Events of a duty post. A turn is named by its last day: the Sunday of a week, the day on which a
shift ends."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.volunteer.words import Cadence, DutyEnd, DutyRole, PledgeKind, Track
from shared.core.messages import Event
from shared.core.sealed import Sealed


class Shift(BaseModel):
    """From when to when somebody is on duty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: AwareDatetime
    until: AwareDatetime


class DutyPostAssigned(Event):
    """This person looks after this territory: they check in every week, or on every shift. Silence
    counts as a miss from day `watched` on: no turn before it was put on record does."""

    type: Literal["duty-post-assigned"] = "duty-post-assigned"
    holder: UUID
    role: DutyRole
    territory: str
    cadence: Cadence
    since: str
    watched: str
    shifts: tuple[Shift, ...] = ()


class DutyShiftsAdded(Event):
    """These shifts are theirs, too."""

    type: Literal["duty-shifts-added"] = "duty-shifts-added"
    shifts: tuple[Shift, ...]


class CheckedIn(Event):
    """They were there; `late` where the turn counted as missed until this was told."""

    type: Literal["checked-in"] = "checked-in"
    turn: str
    words: Sealed | None = None
    late: bool = False


class CheckInMissed(Event):
    """The turn was over and nothing had been heard of them."""

    type: Literal["check-in-missed"] = "check-in-missed"
    turn: str


class DutyIssueRaised(Event):
    """They found something; `case_id` is the case that it led to."""

    type: Literal["duty-issue-raised"] = "duty-issue-raised"
    words: Sealed
    case_id: UUID | None = None


class AssessmentTrackScored(Event):
    """One of two tracks of a period, such as `2026-Q2`, from 0 to 100. The last score counts."""

    type: Literal["assessment-track-scored"] = "assessment-track-scored"
    track: Track
    period: str
    score: int
    scorer: str


class AssessmentPublished(Event):
    """Both scores of a period stand and are told."""

    type: Literal["assessment-published"] = "assessment-published"
    period: str
    performance: int
    masses: int


class DutyPledgeMade(Event):
    """They promise to go ahead; a pledge is named by the version of this event."""

    type: Literal["duty-pledge-made"] = "duty-pledge-made"
    kind: PledgeKind
    words: Sealed | None = None


class DutyPledgeKept(Event):
    """They have done what they promised."""

    type: Literal["duty-pledge-kept"] = "duty-pledge-kept"
    pledge: int


class DutyShiftServed(Event):
    """They served for `minutes` on `day`, from `since` to `until` where it was a shift."""

    type: Literal["duty-shift-served"] = "duty-shift-served"
    holder: UUID
    role: DutyRole
    territory: str
    turn: str
    day: str
    minutes: int
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class DutyPostEnded(Event):
    """From day `day` on nothing of it is due."""

    type: Literal["duty-post-ended"] = "duty-post-ended"
    day: str
    reason: DutyEnd


DutyEvent = Annotated[
    DutyPostAssigned
    | DutyShiftsAdded
    | CheckedIn
    | CheckInMissed
    | DutyIssueRaised
    | AssessmentTrackScored
    | AssessmentPublished
    | DutyPledgeMade
    | DutyPledgeKept
    | DutyShiftServed
    | DutyPostEnded,
    Field(discriminator="type"),
]
