"""The life of a whistle, as those who blow it and those who come would tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.grievance.whistle.commands import WhistleCommand
from services.grievance.whistle.decider import ALLOWED, whistle
from services.grievance.whistle.events import (
    TurnoutConfirmed,
    UnitCalled,
    UnitOverdue,
    UnitReported,
    UnitResultGiven,
    WhistleEnded,
)
from services.grievance.whistle.possible import STEPS, possible
from shared.core.messages import Rejected
from tests.grievance.whistles import (
    BLOWER,
    COMMANDS,
    DUE,
    OPEN,
    RULED,
    STATES,
    TEN,
    after,
    blow,
    blown,
    call,
    came,
    did,
    end,
    given,
    note,
    of_unit,
    overdue,
    report,
    result,
    sealed,
    strange,
)

LATE: dict[str, Any] = {"late_reason": "field_work"}


def test_a_whistle_calls_each_unit_with_the_time_that_the_rule_book_gives() -> None:
    given().when(blow()).then(*OPEN)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_every_command_is_taken_in_its_states_only(command: WhistleCommand, status: str) -> None:
    past = STATES[status]
    if status in ALLOWED[type(command)]:
        if type(command).__name__ == "GiveResult":
            past = (*past, came)
        whistle.decide(command, whistle.fold(past))
    else:
        given(*past).when(command).rejected(f"whistle_is_{status}")


@pytest.mark.parametrize("units", [(), tuple(f"u{n}" for n in range(21))])
def test_a_whistle_calls_one_to_twenty_units(units: tuple[str, ...]) -> None:
    refusal = given().when(blow(units=units)).rejected("bad_number_of_units")
    assert refusal.field == "units"
    whistle.decide(blow(units=tuple(f"u{n}" for n in range(20))), whistle.initial)


def test_more_are_called_with_a_time_of_their_own() -> None:
    given(*OPEN).when(call("gas")).then(
        UnitCalled(at=after(15), unit="gas", rules=RULED["rules"], due=after(45))
    )
    many = tuple(f"u{n}" for n in range(18))
    given(*OPEN).when(call(*many)).rejected("bad_number_of_units")


@pytest.mark.parametrize("unit", ["police", "water"])
def test_a_unit_that_is_called_or_there_is_not_called_again(unit: str) -> None:
    given(*OPEN, strange).when(call(unit, minutes=25)).rejected("unit_is_called")
    given().when(blow(units=("gas", "gas"))).rejected("unit_is_called")


def test_a_unit_reports_once_whether_it_was_called_or_not() -> None:
    given(*OPEN).when(report("police", 12)).then(came)
    given(*OPEN).when(report("water", 20)).then(strange)
    given(*OPEN, came).when(report("police", 13)).rejected("unit_is_here")


def test_the_last_moment_is_in_time_and_the_next_is_not() -> None:
    due = [UnitOverdue(at=DUE, unit=unit) for unit in ("fire", "parks")]
    given(*OPEN, came).when(report("water", 30)).then(
        UnitReported(at=DUE, unit="water", unasked=True)
    )
    late = replace(report("water", 30), at=DUE + timedelta(microseconds=1))
    given(*OPEN, came).when(late).then(*due, UnitReported(at=late.at, unit="water", unasked=True))


def test_a_unit_that_is_late_was_overdue_first() -> None:
    others = [UnitOverdue(at=DUE, unit=unit) for unit in ("parks", "police")]
    given(*OPEN).when(report("fire", 50)).then(
        overdue, *others, UnitReported(at=after(50), unit="fire", unasked=False)
    )
    given(*OPEN, overdue, *others).when(report("fire", 50)).then(
        UnitReported(at=after(50), unit="fire", unasked=False)
    )


def test_a_late_entry_is_judged_by_when_it_was_learnt() -> None:
    said = report("fire", 10, learnt=after(120), **LATE)
    events = whistle.decide(said, whistle.fold([*OPEN, came]))
    assert events[0] == overdue
    assert events[-1] == UnitReported(at=after(10), unit="fire", unasked=False, **LATE)


def test_a_whistle_that_is_entered_late_gives_its_units_their_time_from_then() -> None:
    said = replace(blow(), learnt=after(60), **LATE)
    [_, first, *_] = whistle.decide(said, whistle.initial)
    assert isinstance(first, UnitCalled)
    assert first.due == after(90)


def test_what_one_unit_does_is_in_no_order_with_what_another_does() -> None:
    said = report("fire", 10, learnt=after(15), **LATE)
    given(*OPEN, came).when(said).then(
        UnitReported(at=after(10), unit="fire", unasked=False, **LATE)
    )
    early = replace(report("fire", -5), learnt=after(15), **LATE)
    given(*OPEN).when(early).rejected("happened_before_previous")
    given(*OPEN).when(report("police", -1)).then(UnitReported(at=TEN, unit="police", unasked=False))


def test_only_who_came_says_what_it_did_and_says_it_once() -> None:
    given(*OPEN).when(result("fire", 20)).rejected("unit_is_not_here")
    past = (*OPEN, came, UnitReported(at=after(14), unit="fire", unasked=False),
            UnitReported(at=after(14), unit="parks", unasked=False))  # fmt: skip
    given(*past).when(result("police")).then(
        UnitResultGiven(at=after(40), unit="police", words=sealed("words"))
    )
    given(*past, did).when(result("police", 41)).rejected("unit_gave_result")


def test_the_end_says_of_each_unit_whether_it_came_and_did_its_part() -> None:
    past = (*OPEN, came, strange, overdue, UnitOverdue(at=DUE, unit="parks"))
    given(*past).when(end(("police", "water"), ("water",))).then(
        TurnoutConfirmed(at=after(90), unit="fire", came=False, did=False),
        TurnoutConfirmed(at=after(90), unit="parks", came=False, did=False),
        TurnoutConfirmed(at=after(90), unit="police", came=True, did=False),
        TurnoutConfirmed(at=after(90), unit="water", came=True, did=True),
        WhistleEnded(at=after(90)),
    )
    given(*past).when(end(("gas",))).rejected("unit_is_strange")
    given(*past).when(end(("police",), ("water",))).rejected("did_without_coming")


def test_the_timer_notes_who_is_overdue_and_nothing_twice() -> None:
    given(*OPEN, came).when(note(29)).then()
    given(*OPEN, came).when(note(31)).then(overdue, UnitOverdue(at=DUE, unit="parks"))
    given(*STATES["ended"]).when(note(31)).then()


def test_nobody_is_overdue_once_it_has_ended() -> None:
    past = (*OPEN, *whistle.decide(end(minutes=5), whistle.fold(OPEN)))
    given(*past).when(note(60)).then()


def test_without_a_rule_book_nothing_is_promised() -> None:
    [_, *calls] = whistle.decide(blow(book=None), whistle.initial)
    assert [getattr(one, "due", blown) for one in calls] == [None] * 3


def test_a_step_is_offered_when_it_would_be_taken() -> None:
    commands: dict[str, WhistleCommand] = {"call": call("gas", minutes=95), "end": end(minutes=95)}
    for past in ((), OPEN, (*OPEN, came), (*OPEN, came, did), STATES["ended"]):
        state = whistle.fold(past)
        for one in (BLOWER, of_unit("police"), of_unit("water")):
            if one.unit:
                commands["report"] = report(one.unit, 95)
                commands["result"] = result(one.unit, 95)
            for verb in STEPS:
                if verb not in commands or (one is BLOWER) == (verb in ("report", "result")):
                    continue
                try:
                    taken = bool(whistle.decide(commands[verb], state))
                except Rejected:
                    taken = False
                assert possible(verb, state, one) == taken, (verb, one, past)
