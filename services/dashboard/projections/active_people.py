"""Active people: who has hours approved of which month in which territory, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.volunteer import HoursApproved, HoursReversed
from shared.core.derived import derived
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey
from shared.core.state import replace

Told = HoursApproved | HoursReversed
MEASURES = ("records", "minutes", "reversed", "taken_back")


@dataclass(frozen=True)
class ActivePersonRow:
    """One person in one territory in one month, such as `2026-05`: the `records` and `minutes`
    that count, and those that were `reversed` and `taken_back`. The month is that of the day of the
    service, whenever it was approved."""

    line_id: UUID
    person: UUID
    territory: str
    month: str
    records: int
    minutes: int
    reversed: int
    taken_back: int


def key(recorded: Recorded[Told]) -> UUID:
    """The line that an event speaks of."""
    event = recorded.event
    return derived("active", str(event.person), event.territory, event.day[:7])


def fold(row: ActivePersonRow | None, recorded: Recorded[Told]) -> ActivePersonRow:
    """The line after the event."""
    event, before = recorded.event, row or _empty(recorded)
    if isinstance(event, HoursApproved):
        return replace(before, records=before.records + 1, minutes=before.minutes + event.minutes)
    return replace(
        before,
        records=before.records - 1,
        minutes=before.minutes - event.minutes,
        reversed=before.reversed + 1,
        taken_back=before.taken_back + event.minutes,
    )


def _empty(recorded: Recorded[Told]) -> ActivePersonRow:
    event = recorded.event
    return ActivePersonRow(
        line_id=key(recorded),
        person=event.person,
        territory=event.territory,
        month=event.day[:7],
        records=0,
        minutes=0,
        reversed=0,
        taken_back=0,
    )


def count(row: ActivePersonRow) -> dict[TallyKey, dict[str, int]]:
    """What the line adds to its month in its territory."""
    return {(row.month, row.territory): {name: getattr(row, name) for name in MEASURES}}


active_people: ReadModel[ActivePersonRow, Told] = ReadModel(
    name="active_people",
    row=ActivePersonRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=("(month, territory, person) where records > 0", "(month, minutes, line_id)"),
    tally=Tally(name="served_months", keys=("month", "territory"), measures=MEASURES, count=count),
)
