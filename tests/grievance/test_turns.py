"""Whose turn it is: what is offered is what would be taken."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from services.grievance import turns
from services.grievance.access import ACCESS
from services.grievance.case.commands import CaseCommand
from services.grievance.case.decider import case
from services.grievance.case.state import Case
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.steps import STEPS, fields
from services.grievance.words import DeclineReason, Group, Outcome
from shared.core.access import Thing, action_of
from shared.core.messages import Actor, Rejected
from shared.core.roles import NAMES
from tests.grievance.cases import COMMANDS, NEEDS, STATES, actor, called, fitting, ready

GIVEN = {type(command): command for command in COMMANDS}
LIVES = {**STATES, "reached": (*STATES["replied"], called)}
PEOPLE = [
    actor(role, territory=territory, unit=unit)
    for role, territory, unit in product(NAMES, ("d", "d/s2"), ("repairs", "parks", None))
]


def _within(code: str, root: str) -> bool:
    return code == root or code.startswith(f"{root}/")


def _taken(command: CaseCommand, state: Case) -> bool:
    """What the rules and the table say when the command comes."""
    thing = Thing((state.territory,), unit=state.unit, helpers=state.assists)
    if not ACCESS.allows(command.actor, action_of(type(command)), thing, _within):
        return False
    try:
        return bool(case.decide(command, state))
    except Rejected:
        return False


@pytest.mark.parametrize("life", [name for name in LIVES if name != "new"])
def test_the_steps_offered_are_those_that_are_taken(life: str) -> None:
    state = case.fold(LIVES[life])
    for one in PEOPLE:
        commands = {
            verb: fitting(replace(GIVEN[s.command], actor=one), state.status)
            for verb, s in STEPS.items()
        }
        taken = [verb for verb, command in commands.items() if _taken(command, state)]
        assert turns.steps_of(one, state, _within, BOOK) == taken, one


@pytest.mark.parametrize("verb", [verb for verb, s in STEPS.items() if s.command in NEEDS])
def test_what_needs_more_than_a_state_is_offered_once_it_is_there(verb: str) -> None:
    command = GIVEN[STEPS[verb].command]
    for status in ("accepted", "dispatched", "signed"):
        state = case.fold(ready(command, status))
        for one in PEOPLE:
            taken = _taken(replace(command, actor=one), state)
            assert (verb in turns.steps_of(one, state, _within, BOOK)) == taken, (status, one)


def test_a_desk_holds_what_can_be_moved_on_and_what_a_unit_watches() -> None:
    for one in PEOPLE:
        claim = turns.claim_of(one, None, _within)
        for stage, unit in product(turns.STAGES, ("repairs", "parks", None)):
            mine = unit is not None and unit == one.unit
            claimed = stage in claim.anyones | (claim.own if mine else claim.others)
            watched = "handling_unit" in one.roles and mine and stage in {"reopened", "bounced"}
            moves = turns.moves_of(one, stage, unit, _within)
            assert claimed == (bool(moves) or watched), (one, stage, unit)


@pytest.mark.parametrize(
    ("one", "piles"),
    [
        (actor("dispatcher"), {"accept", "dispatch", "close"}),
        (actor("first_receiver"), {"accept"}),
        (actor("callback_agent", unit="repairs"), {"callback"}),
        (actor("handling_unit", unit="repairs"), {"sign", "reply", "waiting"}),
        (actor("dispatcher", "callback_agent"), {"accept", "dispatch", "callback", "close"}),
        (actor("supervisor"), {"review"}),
        (actor("arbiter"), {"remit"}),
        (actor("grid_worker"), set()),
    ],
    ids=lambda value: "+".join(sorted(value.roles)) if isinstance(value, Actor) else "",
)
def test_each_has_the_piles_of_their_own_work(one: Actor, piles: set[str]) -> None:
    found = {name for name in turns.GROUPS if _stages(one, name)}
    assert found == piles
    whole = turns.claim_of(one, None, _within)
    assert set().union(*(_stages(one, name) for name in turns.GROUPS)) == (
        whole.anyones | whole.own | whole.others
    )


def _stages(one: Actor, name: Group) -> set[str]:
    claim = turns.claim_of(one, None, _within, name)
    return {*claim.anyones, *claim.own, *claim.others}


def test_nobody_is_asked_to_call_back_on_their_own_work() -> None:
    claim = turns.claim_of(actor("callback_agent", unit="repairs"), None, _within)
    assert not claim.anyones | claim.own
    assert claim.others == {"replied", "callback"}


def test_a_form_says_what_it_asks() -> None:
    asked = {verb: fields(step) for verb, step in STEPS.items()}
    assert asked["accept"] == asked["sign"] == []
    assert asked["dispatch"] == [("unit", "line", True, [])]
    assert asked["reply"] == [("reply", "text", True, []), ("files", "files", False, [])]
    assert asked["close"] == [("outcome", "choice", True, [*get_args(Outcome)])]
    assert asked["decline"] == [
        ("reason", "choice", True, [*get_args(DeclineReason)]),
        ("explanation", "text", True, []),
    ]
    assert asked["callback"] == [
        ("contacted", "yes_no", True, []),
        ("resolved", "yes_no", False, []),
        ("satisfied", "yes_no", False, []),
        ("words", "text", False, []),
    ]
    assert asked["correct"] is None
