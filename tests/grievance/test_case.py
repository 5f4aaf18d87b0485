"""The life of a case, as the people who work on it would tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.grievance.case.commands import (
    AcceptCase,
    CaseCommand,
    CloseCase,
    CorrectCase,
    DeclineCase,
    DispatchCase,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    SignOrder,
    SubmitReply,
)
from services.grievance.case.decider import ALLOWED, MAY, case
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseReopened,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from shared.core.messages import Actor
from shared.core.sealed import Sealed
from shared.testkit.spec import Spec

given = Spec(case)

PERSON = UUID(int=7)
MAY_1 = datetime(2026, 5, 1, 9, tzinfo=UTC)
NOW = MAY_1 + timedelta(days=30)


def sealed(field: str) -> Sealed:
    """Ciphertext, as far as rules can tell."""
    return Sealed(subject=PERSON, field=field, box="AAAA")


def actor(*roles: str, territory: str = "d", unit: str | None = None) -> Actor:
    """Somebody with these roles."""
    return Actor(id="someone", roles=frozenset(roles), territory=territory, unit=unit)


CLERK = actor("dispatcher")
UNIT = actor("handling_unit", unit="repairs")
CALLER = actor("callback_agent")

TOLD: dict[str, Any] = {
    "petitioner": PERSON, "territory": "d/s1/c1", "area": "unknown", "channel": "online",
    "case_type": "repair", "subject": sealed("subject"), "details": sealed("details"),
}  # fmt: skip

raised = PetitionRaised(at=MAY_1, **TOLD)
accepted = CaseAccepted(at=MAY_1 + timedelta(hours=1))
dispatched = CaseDispatched(at=MAY_1 + timedelta(hours=2), unit="repairs")
signed = OrderSigned(at=MAY_1 + timedelta(hours=3))
replied = ReplySubmitted(at=MAY_1 + timedelta(days=2), reply=sealed("reply"))
called = CallbackRecorded(
    at=MAY_1 + timedelta(days=3), contacted=True, resolved=True, satisfied=False
)
missed = CallbackRecorded(at=MAY_1 + timedelta(days=3), contacted=False)
closed = CaseClosed(at=MAY_1 + timedelta(days=4), outcome="solved")
reopened = CaseReopened(at=MAY_1 + timedelta(days=5), reason=sealed("reason"))
declined = CaseDeclined(
    at=MAY_1 + timedelta(hours=1), reason="outside_remit", explanation=sealed("explanation")
)

raise_it = RaisePetition(at=NOW, actor=actor("resident"), **TOLD)
accept = AcceptCase(at=NOW, actor=CLERK)
decline = DeclineCase(
    at=NOW, actor=CLERK, reason="outside_remit", explanation=sealed("explanation")
)
dispatch = DispatchCase(at=NOW, actor=CLERK, unit="repairs")
sign = SignOrder(at=NOW, actor=UNIT)
reply = SubmitReply(at=NOW, actor=UNIT, reply=sealed("reply"))
call_back = RecordCallback(at=NOW, actor=CALLER, contacted=True, resolved=True, satisfied=True)
close = CloseCase(at=NOW, actor=CLERK, outcome="solved")
reopen = ReopenCase(at=NOW, actor=CLERK, reason=sealed("reason"))
correct = CorrectCase(
    at=NOW, actor=CLERK, corrects=1, changes={"case_type": "complaint"}, reason="wrong box ticked"
)

STATES: dict[str, tuple[CaseEvent, ...]] = {
    "new": (),
    "filed": (raised,),
    "not_accepted": (raised, declined),
    "accepted": (raised, accepted),
    "dispatched": (raised, accepted, dispatched),
    "signed": (raised, accepted, dispatched, signed),
    "replied": (raised, accepted, dispatched, signed, replied),
    "callback": (raised, accepted, dispatched, signed, replied, missed),
    "closed": (raised, accepted, dispatched, signed, replied, called, closed),
    "reopened": (raised, accepted, dispatched, signed, replied, called, closed, reopened),
}
past = RecordPastPetition(at=MAY_1, actor=actor("importer"), **TOLD)
COMMANDS: tuple[CaseCommand, ...] = (
    raise_it, past, accept, decline, dispatch, sign, reply, call_back, close, reopen, correct,
)  # fmt: skip


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_each_command_is_taken_in_its_states_and_refused_in_all_others(
    command: CaseCommand, status: str
) -> None:
    assert case.fold(STATES[status]).status == status
    if status in ALLOWED[type(command)]:
        assert case.decide(command, case.fold(STATES[status]))
    else:
        given(*STATES[status]).when(command).rejected(f"case_is_{status}")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_nobody_without_the_role_may_ask(command: CaseCommand) -> None:
    [status, *_] = sorted(ALLOWED[type(command)])
    stranger = replace(command, actor=actor("district_observer"))
    given(*STATES[status]).when(stranger).rejected("role_missing")


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if "new" not in ALLOWED[type(c)]],
    ids=lambda command: type(command).__name__,
)  # fmt: skip
def test_nobody_may_touch_a_case_outside_their_territory(command: CaseCommand) -> None:
    [status, *_] = sorted(ALLOWED[type(command)])
    elsewhere = replace(command, actor=replace(command.actor, territory="d/s1/c"))
    given(*STATES[status]).when(elsewhere).rejected("outside_territory")


def test_every_command_has_its_states_and_its_roles() -> None:
    kinds = {type(command) for command in COMMANDS}
    assert set(ALLOWED) == kinds
    assert set(MAY) == kinds


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


def test_only_the_unit_the_order_went_to_signs_and_replies() -> None:
    other = actor("handling_unit", unit="parks")
    given(*STATES["dispatched"]).when(replace(sign, actor=other)).rejected("not_the_handling_unit")
    given(*STATES["signed"]).when(replace(reply, actor=other)).rejected("not_the_handling_unit")


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
    late = replace(accept, at=MAY_1 + timedelta(hours=1), late_reason="paper form")
    given(raised).when(late).then(
        CaseAccepted(at=MAY_1 + timedelta(hours=1), late_reason="paper form")
    )


def test_a_late_entry_cannot_precede_what_it_follows() -> None:
    late = replace(accept, at=MAY_1 - timedelta(hours=1), late_reason="paper form")
    given(raised).when(late).rejected("happened_before_previous")


def test_a_clock_that_runs_a_little_behind_never_turns_the_order_round() -> None:
    behind = replace(accept, at=MAY_1 - timedelta(milliseconds=5))
    given(raised).when(behind).then(CaseAccepted(at=MAY_1))


def test_a_correction_names_its_event_and_fields() -> None:
    given(*STATES["accepted"]).when(correct).then(
        CaseCorrected(
            at=NOW, corrects=1, changes={"case_type": "complaint"}, reason="wrong box ticked"
        )
    )


@pytest.mark.parametrize(
    ("changes", "corrects", "code"),
    [
        ({"case_type": "nonsense"}, 1, "bad_value"),
        ({"subject": "read me"}, 1, "not_correctable"),
        ({"occurred_at": "2019-02-30T00:00:00Z"}, 1, "bad_value"),
        ({"occurred_at": "2019-02-03T00:00:00"}, 1, "bad_value"),
        ({"occurred_at": "2126-02-03T00:00:00Z"}, 1, "occurs_in_the_future"),
        ({"unit": "parks"}, 2, "not_correctable"),
        ({"case_type": "help"}, 9, "no_such_event"),
        ({}, 1, "nothing_to_correct"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(
    changes: dict[str, Any], corrects: int, code: str
) -> None:
    asked = replace(correct, changes=changes, corrects=corrects)
    refusal = given(*STATES["accepted"]).when(asked).rejected(code)
    assert refusal.field


def test_a_corrected_unit_is_the_one_that_may_sign() -> None:
    moved = CaseCorrected(at=NOW, corrects=3, changes={"unit": "parks"}, reason="typo")
    history = (*STATES["dispatched"], moved)
    given(*history).when(sign).rejected("not_the_handling_unit")
    assert case.decide(
        replace(sign, actor=actor("handling_unit", unit="parks")), case.fold(history)
    )


def test_a_corrected_territory_decides_who_may_act() -> None:
    moved = CaseCorrected(at=NOW, corrects=1, changes={"territory": "d/s2"}, reason="typo")
    local = replace(accept, actor=actor("dispatcher", territory="d/s1"))
    given(raised, moved).when(local).rejected("outside_territory")
