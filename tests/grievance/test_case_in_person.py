"""What petitioners do with their own case: answer the callback, ask for a new round."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.grievance.access import ACCESS
from services.grievance.case import in_person
from services.grievance.case.commands import CorrectCase
from services.grievance.case.decider import case
from services.grievance.case.events import CallbackRecorded, CaseCorrected, CaseReopened
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.access import Grant, action_of
from shared.core.messages import Actor, Forbidden, Rejected, anonymous
from shared.runtime.commands.guarding import guarded
from tests.grievance.cases import (
    CLERK,
    NOW,
    PERSON,
    PETITIONER,
    STATES,
    actor,
    answer,
    ask_again,
    ask_withdrawal,
    call_back,
    closed,
    dispatched,
    given,
    missed,
    replied,
    sealed,
    signed,
)

NOBODY = UUID(int=8)
ENDS = BOOK.due("30d", closed.at)
MINUTE = timedelta(minutes=1)


def test_an_answer_is_a_callback_that_reached_the_petitioner() -> None:
    told = CallbackRecorded(at=NOW, contacted=True, resolved=False, satisfied=False)
    given(*STATES["replied"]).when(answer).then(told)
    given(*STATES["replied"], missed).when(answer).then(told)


def test_a_round_has_one_answer_whoever_gets_it() -> None:
    told = case.decide(answer, case.fold(STATES["replied"]))
    given(*STATES["replied"], *told).when(answer).rejected("already_called_back")
    given(*STATES["replied"], *told).when(call_back).rejected("already_called_back")
    again = (*STATES["reopened"], dispatched, signed, replied)
    assert case.decide(answer, case.fold(again)), "a new round asks anew"


def test_a_new_round_is_asked_for_until_the_last_moment_of_the_window() -> None:
    for at in (closed.at, NOW, ENDS):
        given(*STATES["closed"]).when(replace(ask_again, at=at)).then(
            CaseReopened(at=at, reason=sealed("reason"))
        )


def test_after_the_window_the_refusal_says_since_when() -> None:
    late = replace(ask_again, at=ENDS + MINUTE)
    refusal = given(*STATES["closed"]).when(late).rejected("reopening_is_over")
    assert "closed on 2026-05-05" in refusal.detail
    assert "until 2026-06-04" in refusal.detail


def test_the_window_is_counted_from_the_close_and_not_from_what_was_touched_last() -> None:
    touched = CaseCorrected(
        at=ENDS - MINUTE, corrects=1, changes={"category": "x"}, reason="entry_error"
    )
    late = replace(ask_again, at=ENDS + MINUTE)
    given(*STATES["closed"], touched).when(late).rejected("reopening_is_over")


def test_a_close_that_happened_at_another_time_moves_the_window() -> None:
    later = {"occurred_at": (closed.at + timedelta(days=2)).isoformat()}
    asked = CorrectCase(at=ENDS, actor=CLERK, corrects=7, changes=later, reason="entry_error")
    moved = case.decide(asked, case.fold(STATES["closed"]))
    assert case.decide(replace(ask_again, at=ENDS + MINUTE), case.fold((*STATES["closed"], *moved)))


def test_of_several_rounds_the_last_close_counts() -> None:
    second = closed.model_copy(update={"at": NOW})
    again = (*STATES["reopened"], dispatched, signed, replied, second)
    assert case.decide(replace(ask_again, at=ENDS + MINUTE), case.fold(again))


@pytest.mark.parametrize("status", STATES)
def test_what_may_be_done_is_what_would_be_taken(status: str) -> None:
    stands = case.fold(STATES[status])
    for at in (NOW, ENDS + MINUTE):
        told = in_person.may(stands, at)
        for command in (answer, ask_again, ask_withdrawal):
            taken = True
            try:
                case.decide(replace(command, at=at), stands)
            except Rejected:
                taken = False
            assert (action_of(type(command)) in told) is taken, (status, command)


def test_it_is_the_petitioners_own_to_do_and_nobody_elses() -> None:
    check = guarded(ACCESS, lambda place, root: True)
    stands = case.fold(STATES["replied"])
    check(answer, case, stands)
    others = [
        CLERK,
        anonymous(NOBODY, "d"),
        replace(PETITIONER, roles=frozenset({"dispatcher", "callback_agent"})),
        Actor(id=str(PERSON), roles=frozenset({"resident"}), territory="d"),
        actor("resident"),
    ]
    for other in others:
        for command in (answer, ask_again):
            with pytest.raises(Forbidden):
                check(replace(command, actor=other), case, stands)


def test_no_role_but_the_petitioners_has_these_actions() -> None:
    for action in ("answer_callback", "ask_reopen"):
        assert ACCESS.actions[action] == [Grant(frozenset({"resident"}), "own")]
