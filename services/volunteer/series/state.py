"""A series as it is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never

from services.volunteer.series.events import (
    OccurrenceHeld,
    OccurrenceMissed,
    OccurrenceMoved,
    SeriesEnded,
    SeriesEstablished,
    SeriesEvent,
)
from services.volunteer.series.rhythm import falls
from shared.core.state import replace

SeriesStatus = Literal["new", "running", "ended"]


@dataclass(frozen=True)
class Series:
    """What became of each occurrence, by its day in the rhythm; `moved` are the days that some were
    moved to."""

    status: SeriesStatus = "new"
    told: SeriesEstablished | None = None
    held: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    ended_on: str | None = None

    @property
    def territory(self) -> str:
        """Where it is."""
        return self.told.territory if self.told else ""

    def scheduled(self, day: str) -> bool:
        """Whether an occurrence is named by this day."""
        told = self.told
        return told is not None and day >= told.starts and falls(told.rhythm, day)

    def due(self, occurrence: str) -> str:
        """The day on which this occurrence is due."""
        return self.moved.get(occurrence, occurrence)

    def occurrence(self, day: str) -> str | None:
        """The occurrence that is due on this day, while the series lasts."""
        if self.ended_on is not None and day > self.ended_on:
            return None
        for one, to in self.moved.items():
            if to == day:
                return one
        return day if self.scheduled(day) and day not in self.moved else None


def evolve(series: Series, event: SeriesEvent) -> Series:
    """The series after the event."""
    match event:
        case SeriesEstablished():
            return replace(series, status="running", told=event)
        case OccurrenceHeld(day=day):
            return replace(series, held=series.held | {day}, missed=series.missed - {day})
        case OccurrenceMissed(day=day):
            return replace(series, missed=series.missed | {day})
        case OccurrenceMoved(day=day, to=to):
            return replace(series, moved={**series.moved, day: to})
        case SeriesEnded(day=day):
            return replace(series, status="ended", ended_on=day)
        case _:
            assert_never(event)
