"""The life of a case, as the people who work on it would tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.grievance.case.allowed import ALLOWED
from services.grievance.case.commands import (
    CaseCommand,
)
from services.grievance.case.decider import case
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    PetitionRaised,
    ReplySubmitted,
)
from tests.grievance.cases import (
    COMMANDS,
    MAY_1,
    NOW,
    STATES,
    TOLD,
    accept,
    actor,
    call_back,
    called,
    dispatched,
    fitting,
    given,
    past,
    raise_it,
    raised,
    ready,
    replied,
    sealed,
    signed,
)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_each_command_is_taken_in_its_states_and_refused_in_all_others(
    command: CaseCommand, status: str
) -> None:
    events = ready(command, status)
    assert case.fold(events).status == status
    if status in ALLOWED[type(command)]:
        assert case.decide(fitting(command, status), case.fold(events))
    else:
        given(*events).when(command).rejected(f"case_is_{status}")


def test_every_command_has_its_states() -> None:
    assert set(ALLOWED) == {type(command) for command in COMMANDS}


def test_a_petition_is_raised_as_told() -> None:
    given().when(raise_it).then(PetitionRaised(at=NOW, **TOLD))


def test_a_past_petition_comes_with_its_reply() -> None:
    answered = replace(past, reply=sealed("reply"), replied_at=MAY_1 + timedelta(days=9))
    given().when(answered).then(
        raised, ReplySubmitted(at=MAY_1 + timedelta(days=9), reply=sealed("reply"))
    )


def test_a_past_reply_cannot_precede_its_petition() -> None:
    early = replace(past, reply=sealed("reply"), replied_at=MAY_1 - timedelta(seconds=1))
    refusal = given().when(early).rejected("reply_before_petition")
    assert refusal.field == "replied_at"


def test_the_handling_unit_never_calls_back_on_its_own_work() -> None:
    both = actor("callback_agent", unit="repairs")
    given(*STATES["replied"]).when(replace(call_back, actor=both)).rejected("callback_by_handler")


def test_the_three_answers_of_a_callback_are_kept_apart() -> None:
    unhappy = replace(call_back, resolved=True, satisfied=False)
    given(*STATES["replied"]).when(unhappy).then(
        CallbackRecorded(at=NOW, contacted=True, resolved=True, satisfied=False)
    )


def test_who_was_reached_is_asked_both_questions() -> None:
    given(*STATES["replied"]).when(replace(call_back, satisfied=None)).rejected("answers_missing")


def test_who_was_not_reached_has_no_answers() -> None:
    nobody = replace(call_back, contacted=False, satisfied=None)
    given(*STATES["replied"]).when(nobody).rejected("answers_without_contact")


def test_a_missed_callback_is_tried_again_and_an_answered_one_is_not() -> None:
    assert case.decide(call_back, case.fold(STATES["callback"]))
    given(*STATES["replied"], called).when(call_back).rejected("already_called_back")


def test_a_reopened_case_may_be_called_back_again() -> None:
    again = (*STATES["reopened"], dispatched, signed, replied)
    assert case.decide(call_back, case.fold(again))


def test_a_late_entry_keeps_its_reason() -> None:
    late = replace(accept, at=MAY_1 + timedelta(hours=1), late_reason="paper_form")
    given(raised).when(late).then(
        CaseAccepted(at=MAY_1 + timedelta(hours=1), late_reason="paper_form")
    )


def test_a_late_entry_cannot_precede_what_it_follows() -> None:
    late = replace(accept, at=MAY_1 - timedelta(hours=1), late_reason="paper_form")
    given(raised).when(late).rejected("happened_before_previous")


def test_a_clock_that_runs_a_little_behind_never_turns_the_order_round() -> None:
    behind = replace(accept, at=MAY_1 - timedelta(milliseconds=5))
    given(raised).when(behind).then(CaseAccepted(at=MAY_1))
