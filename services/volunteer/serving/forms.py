"""What clients send about a duty post."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.volunteer.duty.events import Shift
from services.volunteer.duty.turns import repeated
from services.volunteer.words import Cadence, DutyEnd, DutyRole, PledgeKind, Track
from shared.core.messages import Rejected
from shared.core.text import Prose, Word
from shared.runtime.web.forms import Form, Sent
from shared.runtime.web.moments import Day, Moment

MOST = 400  # shifts at once
Period = Annotated[str, Field(pattern="^2[0-9]{3}-(Q[1-4]|H[12]|0[1-9]|1[0-2])$")]


class Span(Sent):
    """One shift."""

    since: Moment
    until: Moment


class Pattern(Sent):
    """The same shift on these weekdays, 1 being Monday, from day `first` to day `last`, both in, in
    Beijing time; one that ends before it begins ends on the next day."""

    weekdays: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
    begins: Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    ends: Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    first: Day
    last: Day


class Shifts(Form):
    """Give a post shifts: one by one, or by a pattern."""

    shifts: Annotated[list[Span], Field(default=[], max_length=MOST)]
    pattern: Pattern | None = None

    def all_shifts(self) -> tuple[Shift, ...]:
        """Every shift that is meant. Raises Rejected for none, or for too many."""
        shifts = [Shift(since=one.since, until=one.until) for one in self.shifts]
        if self.pattern is not None:
            one = self.pattern
            span = time.fromisoformat(one.begins), time.fromisoformat(one.ends)
            shifts += repeated({*one.weekdays}, span, one.first, one.last)
        if len(shifts) > MOST:
            raise Rejected("too_many_shifts", f"these are {len(shifts)}, at most {MOST}", "pattern")
        return tuple(shifts)


class Assigning(Shifts):
    """Let somebody, by their id in the register, look after a territory from day `since` on."""

    holder: UUID
    role: DutyRole
    territory: Word
    cadence: Cadence
    since: Day


class CheckingIn(Form):
    """Say that they were there: today unless it says otherwise."""

    SEALED = ("words",)

    day: Day | None = None
    words: Prose | None = None


class Issue(Form):
    """Say what was found; `case` is the id of the case that it led to."""

    SEALED = ("words",)

    words: Prose
    case: UUID | None = None


class Score(Form):
    """Judge one of the two tracks of a period, such as `2026-Q2`."""

    track: Track
    period: Period
    score: Annotated[int, Field(ge=0, le=100)]


class Publishing(Form):
    """Tell both scores of a period."""

    period: Period


class Pledge(Form):
    """Promise to go ahead."""

    SEALED = ("words",)

    kind: PledgeKind
    words: Prose | None = None


class Kept(Form):
    """Say that the pledge of this number was kept."""

    pledge: Annotated[int, Field(ge=1, lt=2**31)]


class Served(Form):
    """Say for how many minutes they served: today unless it says otherwise."""

    day: Day | None = None
    minutes: Annotated[int, Field(ge=-(2**31), lt=2**31)]


class EndingDuty(Form):
    """Let nothing of it be due from today on."""

    reason: DutyEnd
