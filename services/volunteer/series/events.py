"""Events of a series. An occurrence is named by its day in the rhythm."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.volunteer.series.rhythm import Rhythm
from services.volunteer.words import MoveReason, SeriesEnd, SeriesKind
from shared.core.messages import Event


class SeriesEstablished(Event):
    """From day `starts` on it is to happen in this rhythm. `name` is for everyone to read. Where it
    is `promised`, silence counts as a miss from day `watched` on: no day before it was put on
    record does. `cause_case` is the case that it answers."""

    type: Literal["series-established"] = "series-established"
    name: str
    territory: str
    kind: SeriesKind
    rhythm: Rhythm
    starts: str
    watched: str
    promised: bool
    team: UUID | None = None
    cause_case: UUID | None = None


class OccurrenceHeld(Event):
    """It happened, with so many people; `late` where it counted as missed until this was told."""

    type: Literal["occurrence-held"] = "occurrence-held"
    day: str
    activity: UUID | None = None
    people: int
    late: bool = False


class OccurrenceMissed(Event):
    """The day was over and nobody had said that it happened."""

    type: Literal["occurrence-missed"] = "occurrence-missed"
    day: str


class OccurrenceMoved(Event):
    """It is due on day `to`."""

    type: Literal["occurrence-moved"] = "occurrence-moved"
    day: str
    to: str
    reason: MoveReason


class SeriesEnded(Event):
    """From day `day` on nothing of it is due."""

    type: Literal["series-ended"] = "series-ended"
    day: str
    reason: SeriesEnd


SeriesEvent = Annotated[
    SeriesEstablished | OccurrenceHeld | OccurrenceMissed | OccurrenceMoved | SeriesEnded,
    Field(discriminator="type"),
]
