"""A series: what is promised, held, missed, moved and ended, by its rules alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from services.volunteer.series.commands import (
    EndSeries,
    EstablishSeries,
    MoveOccurrence,
    NoteMissed,
    NoteOccurrence,
)
from services.volunteer.series.decider import series
from services.volunteer.series.events import (
    OccurrenceHeld,
    OccurrenceMissed,
    OccurrenceMoved,
    SeriesEnded,
    SeriesEstablished,
)
from services.volunteer.series.rhythm import Listed, Monthly
from shared.core.local_time import end_of
from shared.core.messages import Actor
from shared.testkit.spec import Spec

given = Spec(series)

AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
LEADER = Actor(id="leader", roles=frozenset({"activity_lead"}), territory="d")
TOLD: dict[str, Any] = {
    "name": "慢病义诊", "territory": "d/c1", "kind": "clinic", "rhythm": Monthly(day=15),
    "starts": "2026-01-01", "promised": True,
}  # fmt: skip
ESTABLISH = EstablishSeries(at=AT, actor=LEADER, asked_on="2026-01-05", **TOLD)
established = SeriesEstablished(at=AT, watched="2026-01-05", **TOLD)


def note(day: str, today: str | None = None, **more: Any) -> NoteOccurrence:
    told = {"people": 40, "asked_on": today or day, **more}
    return NoteOccurrence(at=AT, actor=LEADER, day=day, **told)


def silence(day: str, today: str) -> NoteMissed:
    return NoteMissed(at=AT, actor=LEADER, day=day, asked_on=today)


def move(day: str, to: str, today: str) -> MoveOccurrence:
    return MoveOccurrence(at=AT, actor=LEADER, day=day, to=to, reason="weather", asked_on=today)


def missed(day: str, due: str | None = None) -> OccurrenceMissed:
    return OccurrenceMissed(at=end_of(due or day), day=day)


held = OccurrenceHeld(at=AT, day="2026-01-15", people=40)
moved = OccurrenceMoved(at=AT, day="2026-01-15", to="2026-01-20", reason="weather")
ended = SeriesEnded(at=AT, day="2026-03-01", reason="done")


def test_silence_counts_from_the_day_on_which_the_promise_is_on_record() -> None:
    given().when(ESTABLISH).then(established)
    late = replace(ESTABLISH, starts="2025-06-01")
    told = established.model_copy(update={"starts": "2025-06-01"})
    given().when(late).then(told)
    given(told).when(silence("2025-12-15", "2026-02-01")).then()
    given(told).when(silence("2026-01-15", "2026-02-01")).then(missed("2026-01-15"))


def test_it_is_missed_once_and_not_before_its_day_is_over() -> None:
    given(established).when(silence("2026-01-15", "2026-01-15")).then()
    given(established).when(silence("2026-01-15", "2026-01-16")).then(missed("2026-01-15"))
    given(established, missed("2026-01-15")).when(silence("2026-01-15", "2026-01-17")).then()
    given(established, held).when(silence("2026-01-15", "2026-01-16")).then()
    given(established).when(silence("2026-01-16", "2026-01-18")).then()


def test_what_was_only_planned_is_not_missed() -> None:
    planned = established.model_copy(update={"promised": False})
    given(planned).when(silence("2026-01-15", "2026-02-01")).then()


def test_it_is_missed_no_more_after_it_ended() -> None:
    given(established, ended).when(silence("2026-02-15", "2026-04-01")).then(missed("2026-02-15"))
    given(established, ended).when(silence("2026-03-15", "2026-04-01")).then()


def test_it_was_held_after_all_which_is_told_with_a_reason_and_stays_visible() -> None:
    history = (established, missed("2026-01-15"))
    late = note("2026-01-15", "2026-01-18")
    given(*history).when(late).rejected("late_entry_needs_reason")
    told = held.model_copy(update={"late": True, "late_reason": "paper_form"})
    given(*history).when(replace(late, late_reason="paper_form")).then(told)
    given(*history, told).when(silence("2026-01-15", "2026-01-19")).then()


def test_an_occurrence_that_is_moved_is_due_and_missed_on_the_other_day() -> None:
    given(established).when(move("2026-01-15", "2026-01-20", "2026-01-10")).then(moved)
    history = (established, moved)
    given(*history).when(silence("2026-01-15", "2026-01-20")).then()
    due = missed("2026-01-15", "2026-01-20")
    given(*history).when(silence("2026-01-15", "2026-01-21")).then(due)
    given(*history).when(note("2026-01-20")).then(held)
    given(*history).when(note("2026-01-15")).rejected("not_an_occurrence")


def test_what_is_over_is_not_moved_to_hide_that_it_was_missed() -> None:
    late = move("2026-01-15", "2026-01-20", "2026-01-16")
    given(established).when(late).rejected("occurrence_over")
    given(established, held).when(replace(late, asked_on="2026-01-10")).rejected("occurrence_over")
    past = move("2026-01-15", "2026-01-09", "2026-01-10")
    given(established).when(past).rejected("moved_into_the_past")
    taken = move("2026-01-15", "2026-02-15", "2026-01-10")
    given(established).when(taken).rejected("day_taken")


def test_only_what_is_due_on_a_day_is_held_on_it() -> None:
    given(established).when(note("2026-01-15")).then(held)
    given(established).when(note("2026-01-14")).rejected("not_an_occurrence")
    given(established).when(note("2025-12-15", "2026-01-15")).rejected("not_an_occurrence")
    given(established).when(note("2026-02-15", "2026-01-15")).rejected("occurs_in_the_future")
    given(established, held).when(note("2026-01-15")).rejected("occurrence_held")
    after = note("2026-03-15", "2026-03-15", late_reason="paper_form")
    given(established, ended).when(after).rejected("not_an_occurrence")


def test_nothing_is_done_with_a_series_that_is_not_there_or_has_ended() -> None:
    end = EndSeries(at=AT, actor=LEADER, reason="done", asked_on="2026-03-01")
    given().when(end).rejected("no_such_series")
    given(established).when(ESTABLISH).rejected("series_running")
    given(established).when(end).then(ended)
    given(established, ended).when(end).rejected("series_ended")
    over = replace(ESTABLISH, rhythm=Listed(days=("2025-10-06",)))
    given().when(over).rejected("no_day_in_series")
