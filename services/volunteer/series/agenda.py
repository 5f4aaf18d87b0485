"""What is open of something that recurs, in a few words, however long it has gone on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.volunteer.series.rhythm import Rhythm, days_of, first, following
from shared.core.state import replace


@dataclass(frozen=True)
class Agenda:
    """An occurrence is named by its day in the rhythm. `next` is the first one of which nothing is
    known, `ahead` are those behind it of which something is; `fixed` are open ones that are due on
    a day of their own."""

    next: str | None = None
    ahead: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = field(default_factory=dict)

    def due(self, before: str | None = None) -> str | None:
        """The earliest day on which something is due; of those before `before`."""
        known = (*([self.next] if self.next else ()), *self.fixed.values())
        return min((day for day in known if before is None or day < before), default=None)

    def due_day(self, occurrence: str) -> str:
        """The day on which this open occurrence is due."""
        return self.fixed.get(occurrence, occurrence)

    def text(self) -> str:
        """In words that `agenda_of` reads."""
        fixed = " ".join(f"{day}>{to}" for day, to in sorted(self.fixed.items()))
        return "|".join((self.next or "", " ".join(sorted(self.ahead)), fixed))


def agenda_of(text: str) -> Agenda:
    """The agenda that was put into these words."""
    upcoming, ahead, fixed = text.split("|")
    pairs = (one.split(">") for one in fixed.split())
    return Agenda(upcoming or None, frozenset(ahead.split()), {day: to for day, to in pairs})


def begun(rhythm: Rhythm, since: str) -> Agenda:
    """The agenda of something that is watched from this day on."""
    return Agenda(first(rhythm, since))


def with_days(agenda: Agenda, days: Iterable[str]) -> Agenda:
    """With these days beside those of any rhythm."""
    return replace(agenda, fixed={**agenda.fixed, **{day: day for day in days}})


def answered(agenda: Agenda, rhythm: Rhythm | None, day: str) -> Agenda:
    """It is known now what became of this occurrence."""
    if day in agenda.fixed:
        left = {one: to for one, to in agenda.fixed.items() if one != day}
        return replace(agenda, fixed=left)
    if rhythm is None or agenda.next is None or day < agenda.next:
        return agenda
    return _passed(replace(agenda, ahead=agenda.ahead | {day}), rhythm)


def put_off(agenda: Agenda, rhythm: Rhythm, day: str, to: str) -> Agenda:
    """This occurrence is due on another day."""
    rest = answered(agenda, rhythm, day)
    return replace(rest, fixed={**rest.fixed, day: to})


def overdue(agenda: Agenda, rhythm: Rhythm | None, today: str, until: str | None) -> list[str]:
    """The occurrences whose day was over before `today`, of those that were due before `until`."""
    before = today if until is None else min(today, until)
    late = [day for day, to in agenda.fixed.items() if to < before]
    if rhythm is not None and agenda.next is not None:
        known = agenda.ahead
        late += [day for day in days_of(rhythm, agenda.next, before) if day not in known]
    return sorted(late)


def _passed(agenda: Agenda, rhythm: Rhythm) -> Agenda:
    upcoming, ahead = agenda.next, set(agenda.ahead)
    while upcoming is not None and upcoming in ahead:
        ahead.discard(upcoming)
        upcoming = following(rhythm, upcoming)
    return replace(agenda, next=upcoming, ahead=frozenset(ahead))
