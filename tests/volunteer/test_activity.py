"""An activity: each rule by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.volunteer.activity.commands import CancelActivity, ChangeActivity, Mark
from services.volunteer.activity.events import ActivityHeld, NoShowNoted, PlaceGiven, SignedUp
from services.volunteer.activity.plan import When
from tests.volunteer.gatherings import (
    ANN,
    BOB,
    CAI,
    ENDS,
    LEADER,
    STARTS,
    at,
    back,
    came,
    happened,
    held,
    mark,
    minutes,
    plan,
    refused,
    up,
    went,
)


def test_who_finds_it_full_waits_and_moves_up_in_order() -> None:
    told = happened(plan(1), up(ANN), up(BOB), up(CAI), back(ANN))
    assert [one.waiting for one in told if isinstance(one, SignedUp)] == [False, True, True]
    assert [one.person for one in told if isinstance(one, PlaceGiven)] == [BOB]


def test_who_waited_and_withdraws_leaves_no_place() -> None:
    told = happened(plan(1), up(ANN), up(BOB), up(CAI), back(BOB))
    assert not [one for one in told if isinstance(one, PlaceGiven)]


def test_more_places_are_given_to_those_who_wait() -> None:
    when = When(name="清河", place="桥头", starts=STARTS, ends=ENDS, capacity=2)
    more = ChangeActivity(at=at(-60), actor=LEADER, when=when, longest=960)
    told = happened(plan(1), up(ANN), up(BOB), up(CAI), more)
    assert [one.person for one in told if isinstance(one, PlaceGiven)] == [BOB]
    fewer = ChangeActivity(
        at=at(-30), actor=LEADER, when=when.model_copy(update={"capacity": 1}), longest=960
    )
    assert refused(plan(2), up(ANN), up(BOB), fewer) == "places_are_taken"


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ((plan(), up(ANN), up(ANN)), "signed_up_already"),
        ((plan(), back(ANN)), "not_signed_up"),
        ((plan(), up(ANN, 3)), "activity_is_over"),
        ((plan(), went(ANN)), "sign_out_before_sign_in"),
        ((plan(), came(ANN, 10), went(ANN, 5)), "sign_out_before_sign_in"),
        ((plan(), came(ANN), came(ANN, 1)), "signed_in_already"),
        ((plan(), came(ANN), went(ANN), went(ANN, 121)), "signed_out_already"),
        ((plan(), came(ANN, -61)), "sign_in_not_open"),
        ((plan(), came(ANN, 120)), "activity_is_over"),
        ((plan(1), came(ANN), came(BOB)), "activity_full"),
        ((plan(), came(ANN), back(ANN, 5)), "signed_in_already"),
        ((plan(), held(-1)), "activity_has_not_begun"),
        ((plan(), held(60 * 24 * 5)), "late_entry_needs_reason"),
        ((plan(), held(), held(131)), "activity_is_held"),
        ((plan(mode="team_based"),), "team_missing"),
        ((plan(longest=60),), "service_too_long"),
        ((plan(), mark(Mark(person=ANN, attended="left"))), "minutes_missing"),
        ((plan(), mark(Mark(person=ANN, attended="left", minutes=121))), "longer_than_the_span"),
        ((plan(), mark(Mark(person=ANN, attended="left", minutes=-5))), "minutes_not_positive"),
        ((plan(), mark(Mark(person=ANN, attended="absent"))), "not_signed_up"),
        ((plan(), mark(*[Mark(person=ANN, attended="came")] * 2)), "marked_twice"),
    ],
)  # fmt: skip
def test_it_is_refused(commands: tuple, code: str) -> None:  # type: ignore[type-arg]
    assert refused(*commands) == code


def test_what_is_cancelled_takes_nobody() -> None:
    cancel = CancelActivity(at=at(-60), actor=LEADER, reason="weather")
    assert refused(plan(), cancel, up(ANN)) == "activity_is_cancelled"


def test_an_end_before_the_beginning_is_refused() -> None:
    when = When(name="清河", place="桥头", starts=ENDS, ends=STARTS)
    assert refused(plan(when=when)) == "ends_before_it_begins"


def test_minutes_begin_with_the_activity_and_end_an_hour_after_it_at_most() -> None:
    assert minutes(plan(), came(ANN, -50), went(ANN, 150), held(300)) == {ANN: 150}
    assert minutes(plan(), came(ANN, 20), went(ANN, 500), held(600)) == {ANN: 100}
    assert minutes(plan(), came(ANN, 20), held(600)) == {ANN: 100}


def test_nobody_serves_longer_than_until_it_was_said_to_be_over() -> None:
    assert minutes(plan(), came(ANN), held(30)) == {ANN: 30}


def test_who_waits_and_comes_gets_the_place_of_one_who_does_not() -> None:
    told = happened(plan(1), up(ANN), up(BOB), came(BOB), held())
    assert [one.person for one in told if isinstance(one, PlaceGiven)] == [BOB]
    assert [one.person for one in told if isinstance(one, NoShowNoted)] == [ANN]


def test_the_recorders_word_counts_before_the_phone() -> None:
    absent, left = (
        Mark(person=ANN, attended="absent"),
        Mark(person=BOB, attended="left", minutes=30),
    )
    assert minutes(plan(), came(ANN), came(BOB), mark(absent, left), held()) == {BOB: 30}


def test_who_records_oneself_is_only_believed_so_far() -> None:
    told = happened(plan(), came(ANN, actor=LEADER, evidence="recorder"), held())[-1]
    assert isinstance(told, ActivityHeld)
    assert told.attendances[0].evidence == "recorder"
    oneself = type(LEADER)(id=str(ANN), roles=LEADER.roles, territory="d")
    told = happened(plan(), came(ANN, actor=oneself, evidence="recorder"), held())[-1]
    assert isinstance(told, ActivityHeld)
    assert told.attendances[0].evidence == "own_word"


def test_a_late_entry_with_a_reason_is_taken() -> None:
    late = held(60 * 24 * 5, late_reason="paper_form")
    assert minutes(plan(), came(ANN), late) == {ANN: 120}
    assert late.at - STARTS > timedelta(days=3)
