"""A duty post: assigned, checked in or missed, judged, served, ended, by its rules alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.duty.commands import (
    AddShifts,
    AssignDuty,
    CheckIn,
    EndDuty,
    KeepPledge,
    MakePledge,
    NoteNoCheckIn,
    PublishAssessment,
    ScoreTrack,
    ServeShift,
)
from services.volunteer.duty.decider import duty
from services.volunteer.duty.events import (
    AssessmentPublished,
    AssessmentTrackScored,
    CheckedIn,
    CheckInMissed,
    DutyPledgeKept,
    DutyPledgeMade,
    DutyPostAssigned,
    DutyPostEnded,
    DutyShiftServed,
    Shift,
)
from services.volunteer.duty.turns import first_week, repeated, turn_of_shift, week_of
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of, end_of, start_of
from shared.core.messages import Actor
from shared.testkit.spec import Spec

given = Spec(duty)

ZHANG = UUID(int=17)
AT = datetime(2026, 5, 20, 10, tzinfo=UTC)
CHIEF = Actor(id="secretary-1", roles=frozenset({"party_secretary"}), territory="d")
HOLDER = Actor(id=str(ZHANG), roles=frozenset({"party_instructor"}), territory="d")
TOLD: dict[str, Any] = {
    "holder": ZHANG, "role": "cadre", "territory": "d/c1", "cadence": "weekly",
    "since": "2026-05-04",
}  # fmt: skip
# 2026-05-04 is a Monday.
ASSIGN = AssignDuty(at=AT, actor=CHIEF, asked_on="2026-05-04", **TOLD)
assigned = DutyPostAssigned(at=AT, watched="2026-05-04", **TOLD)
NIGHTS = tuple(repeated({2, 5}, (time(19), time(21)), "2026-05-04", "2026-05-17"))
patrol = assigned.model_copy(update={"role": "patrol", "cadence": "shifts", "shifts": NIGHTS})


def check_in(day: str, today: str | None = None, **more: Any) -> CheckIn:
    return CheckIn(at=AT, actor=HOLDER, day=day, asked_on=today or day, **more)


def silence(turn: str, today: str) -> NoteNoCheckIn:
    return NoteNoCheckIn(at=AT, actor=CHIEF, turn=turn, asked_on=today)


def serve(day: str, minutes: int, **more: Any) -> ServeShift:
    told = {"asked_on": day, "rules": BOOK, **more}
    return ServeShift(at=AT, actor=CHIEF, day=day, minutes=minutes, **told)


def score(track: Any, points: int, actor: Actor = CHIEF) -> ScoreTrack:
    return ScoreTrack(at=AT, actor=actor, track=track, period="2026-Q2", score=points)


def missed(turn: str) -> CheckInMissed:
    return CheckInMissed(at=end_of(turn), turn=turn)


def test_a_week_is_missed_on_the_day_after_its_sunday_and_once() -> None:
    given().when(ASSIGN).then(assigned)
    given(assigned).when(silence("2026-05-10", "2026-05-10")).then()
    given(assigned).when(silence("2026-05-10", "2026-05-11")).then(missed("2026-05-10"))
    given(assigned, missed("2026-05-10")).when(silence("2026-05-10", "2026-05-12")).then()
    there = CheckedIn(at=AT, turn="2026-05-10")
    given(assigned).when(check_in("2026-05-07")).then(there)
    given(assigned, there).when(silence("2026-05-10", "2026-05-11")).then()
    given(assigned, there).when(check_in("2026-05-09")).rejected("checked_in_already")


def test_the_first_week_that_counts_is_a_whole_one() -> None:
    midweek = assigned.model_copy(update={"since": "2026-05-06", "watched": "2026-05-06"})
    given(midweek).when(silence("2026-05-10", "2026-05-12")).then()
    given(midweek).when(silence("2026-05-17", "2026-05-18")).then(missed("2026-05-17"))
    assert (first_week("2026-05-04"), first_week("2026-05-05")) == ("2026-05-10", "2026-05-17")
    assert week_of("2026-05-10") == week_of("2026-05-04") == "2026-05-10"


def test_a_check_in_that_is_told_late_says_why_and_stays_visible() -> None:
    history = (assigned, missed("2026-05-10"))
    given(*history).when(check_in("2026-05-08", "2026-05-13")).rejected("late_entry_needs_reason")
    told = CheckedIn(at=AT, turn="2026-05-10", late=True, late_reason="field_work")
    late = check_in("2026-05-08", "2026-05-13", late_reason="field_work")
    given(*history).when(late).then(told)


def test_shifts_that_are_repeated_lie_on_their_days() -> None:
    assert [turn_of_shift(one) for one in NIGHTS] == [
        "2026-05-05", "2026-05-08", "2026-05-12", "2026-05-15",
    ]  # fmt: skip
    [over] = repeated({5}, (time(22), time(2)), "2026-05-04", "2026-05-10")
    assert (day_of(over.since), turn_of_shift(over)) == ("2026-05-08", "2026-05-09")
    [late] = repeated({5}, (time(22), time(0)), "2026-05-04", "2026-05-10")
    assert turn_of_shift(late) == "2026-05-08"


def test_a_shift_is_missed_on_the_day_after_it() -> None:
    given(patrol).when(silence("2026-05-05", "2026-05-05")).then()
    given(patrol).when(silence("2026-05-05", "2026-05-06")).then(missed("2026-05-05"))
    given(patrol).when(silence("2026-05-06", "2026-05-09")).then()
    given(patrol).when(check_in("2026-05-06")).rejected("not_their_turn")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cadence": "shifts"}, "shifts_or_weeks"),
        ({"shifts": NIGHTS}, "shifts_or_weeks"),
        ({"cadence": "shifts", "shifts": NIGHTS * 2}, "overlapping_shifts"),
        (
            {"cadence": "shifts", "shifts": (Shift(since=AT, until=AT),)},
            "ends_before_it_begins",
        ),
        (
            {"cadence": "shifts", "shifts": (Shift(since=AT, until=AT + timedelta(hours=26)),)},
            "service_too_long",
        ),
        (
            {
                "cadence": "shifts",
                "shifts": (
                    Shift(since=start_of("2026-05-05"), until=end_of("2026-05-05")),
                    Shift(since=end_of("2026-05-04"), until=end_of("2026-05-05")),
                ),
            },
            "overlapping_shifts",
        ),
    ],
)
def test_shifts_that_nobody_can_serve_are_refused(changes: dict[str, Any], code: str) -> None:
    given().when(replace(ASSIGN, **changes)).rejected(code)


def test_one_shift_a_day() -> None:
    morning = Shift(since=start_of("2026-06-01"), until=start_of("2026-06-01") + timedelta(hours=2))
    noon = Shift(since=morning.until, until=morning.until + timedelta(hours=2))
    add = AddShifts(at=AT, actor=CHIEF, shifts=(morning, noon), asked_on="2026-05-20")
    given(patrol).when(add).rejected("two_shifts_a_day")
    given(assigned).when(add).rejected("shifts_or_weeks")
    past = AddShifts(at=AT, actor=CHIEF, shifts=NIGHTS[:1], asked_on="2026-05-20")
    given(patrol).when(past).rejected("shift_in_the_past")


def test_whoever_served_was_there() -> None:
    shift = NIGHTS[0]
    there = CheckedIn(at=AT, turn="2026-05-05", late_reason="paper_form")
    told = DutyShiftServed(
        at=AT, holder=ZHANG, role="patrol", territory="d/c1", turn="2026-05-05", day="2026-05-05",
        minutes=110, since=shift.since, until=shift.until, late_reason="paper_form",
    )  # fmt: skip
    served = serve("2026-05-05", 110, late_reason="paper_form")
    given(patrol).when(served).then(there, told)
    given(patrol, there).when(served).then(told)
    given(patrol, there, told).when(served).rejected("shift_served")
    given(patrol).when(serve("2026-05-05", 110)).rejected("late_entry_needs_reason")


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(0, "minutes_not_positive"), (-60, "minutes_not_positive"), (121, "longer_than_the_span"),
     (26 * 60, "service_too_long")],
)  # fmt: skip
def test_minutes_that_nobody_served_are_refused(minutes: int, code: str) -> None:
    given(patrol).when(serve("2026-05-05", minutes, late_reason="outage")).rejected(code)


def test_a_shift_that_is_not_over_is_not_served() -> None:
    early = replace(serve("2026-05-05", 60), at=NIGHTS[0].until - timedelta(minutes=1))
    given(patrol).when(early).rejected("occurs_in_the_future")


def test_two_tracks_are_scored_by_others_and_published_together() -> None:
    performance = AssessmentTrackScored(
        at=AT, track="performance", period="2026-Q2", score=88, scorer="secretary-1"
    )
    masses = performance.model_copy(update={"track": "masses", "score": 93})
    publish = PublishAssessment(at=AT, actor=CHIEF, period="2026-Q2")
    given(assigned).when(score("performance", 88)).then(performance)
    given(assigned).when(score("performance", 88, HOLDER)).rejected("score_by_holder")
    given(assigned).when(score("masses", 101)).rejected("score_out_of_range")
    given(assigned, performance).when(publish).rejected("track_missing")
    told = AssessmentPublished(at=AT, period="2026-Q2", performance=88, masses=93)
    given(assigned, performance, masses).when(publish).then(told)
    own = replace(publish, actor=HOLDER)
    given(assigned, performance, masses).when(own).rejected("score_by_holder")
    after = (assigned, performance, masses, told)
    given(*after).when(publish).rejected("assessment_published")
    given(*after).when(score("masses", 99)).rejected("assessment_published")


def test_a_pledge_is_kept_once() -> None:
    made = DutyPledgeMade(at=AT, kind="pay_first")
    kept = DutyPledgeKept(at=AT, pledge=2)
    given(assigned).when(MakePledge(at=AT, actor=HOLDER, kind="pay_first")).then(made)
    keep = KeepPledge(at=AT, actor=CHIEF, pledge=2)
    given(assigned, made).when(keep).then(kept)
    given(assigned, made, kept).when(keep).rejected("pledge_kept")
    given(assigned).when(keep).rejected("no_such_pledge")


def test_nothing_is_due_after_the_end() -> None:
    end = EndDuty(at=AT, actor=CHIEF, reason="moved", asked_on="2026-05-20")
    ended = DutyPostEnded(at=AT, day="2026-05-20", reason="moved")
    given(assigned).when(end).then(ended)
    given(assigned, ended).when(silence("2026-05-17", "2026-06-01")).then(missed("2026-05-17"))
    given(assigned, ended).when(silence("2026-05-24", "2026-06-01")).then()
    given(assigned, ended).when(check_in("2026-05-25")).rejected("not_their_turn")
    given(assigned, ended).when(end).rejected("duty_ended")
    given(assigned).when(ASSIGN).rejected("duty_held")
    given().when(end).rejected("no_such_duty")
