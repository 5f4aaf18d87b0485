"""What clients send about what recurs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.volunteer.series.rhythm import Rhythm
from services.volunteer.words import MoveReason, SeriesEnd, SeriesKind
from shared.core.text import Word
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Day


class Establishing(Form):
    """Let something recur: every week on a day, every month on the 15th, every year on a date, or
    on days of a list. `name` is for everyone to read: it names no person. `promised` where its
    absence is to be noticed; `cause_case` is the id of the case that it answers."""

    name: Word
    territory: Word
    kind: SeriesKind
    rhythm: Rhythm
    starts: Day
    promised: bool
    team: UUID | None = None
    cause_case: UUID | None = None


class Held(Form):
    """Say that it happened on this day, today unless it says otherwise, and how many came. What
    counts as missed needs a `late_reason`."""

    day: Day | None = None
    people: Annotated[int, Field(ge=0, le=1_000_000)]


class Moving(Form):
    """Hold what is due on `day` on another one."""

    day: Day
    to: Day
    reason: MoveReason


class Ending(Form):
    """Let nothing of it be due from today on."""

    reason: SeriesEnd
