"""A person on the register: what may be asked of them when, and what it leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args
from uuid import UUID

import pytest

from services.territory.access import ACCESS
from services.territory.erasure.commands import AskErasure
from services.territory.resident.commands import (
    ChangeContact,
    DeclareRelative,
    GiveConsent,
    MoveResident,
    RecordLeaving,
    RecordReturn,
    RegisterResident,
    ResidentCommand,
    TagCare,
    UntagCare,
    WithdrawConsent,
    WithdrawRelative,
)
from services.territory.resident.decider import ALLOWED, concerns, resident
from services.territory.resident.events import (
    DoubleAbsorbed,
    ResidentMoved,
    ResidentReturned,
)
from services.territory.words import ResidentStatus
from shared.core.access import Thing, action_of
from shared.core.messages import Rejected
from tests.territory.maps import day
from tests.territory.residents import (
    ABOUT,
    COMMANDS,
    DOUBLE,
    HOME,
    HOUR,
    LI,
    OTHER_HOME,
    SON,
    STATES,
    agreed,
    given,
    left,
    registered,
    sealed,
    tagged,
)


def test_every_command_and_every_state_is_tried() -> None:
    assert {type(command) for command in COMMANDS} == {*get_args(ResidentCommand)} == {*ALLOWED}
    assert {*STATES} == {*get_args(ResidentStatus)}
    for status, past in STATES.items():
        assert resident.fold(past).status == status


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_a_command_is_taken_in_its_states_and_refused_in_all_others(
    command: ResidentCommand, status: ResidentStatus
) -> None:
    when = given(*STATES[status]).when(command)
    if status in ALLOWED[type(command)]:
        events = resident.decide(command, resident.fold(STATES[status]))
        assert [event.at for event in events] == [command.at]
    else:
        no = when.rejected(f"resident_is_{status}")
        assert (str(DOUBLE) in no.detail) is (status == "merged"), "says who is kept"


def test_nothing_but_the_erasure_is_kept_of_who_was_erased() -> None:
    state = resident.fold(STATES["erased"])
    assert (state.household, state.relatives, state.tags, state.purposes) == (None, {}, (), ())
    for command in COMMANDS:
        with pytest.raises(Rejected):
            resident.decide(command, state)


def test_a_move_begins_a_stay_where_the_one_before_ends() -> None:
    move = MoveResident(**ABOUT, building="wenhua-2", household=OTHER_HOME)
    moved = ResidentMoved(at=day(100), building="wenhua-2", household=OTHER_HOME)
    given(registered).when(move).then(moved)
    state = resident.fold([registered, moved])
    assert (state.building, state.household, state.since) == ("wenhua-2", OTHER_HOME, day(100))
    assert state.places == ("wenhua-1", "wenhua-2")


@pytest.mark.parametrize(
    ("past", "command"),
    [
        ((registered,), MoveResident(**ABOUT, building="wenhua-2")),
        ((registered,), RecordLeaving(**ABOUT)),
        ((registered, left), RecordReturn(**ABOUT, building="wenhua-1")),
    ],
    ids=["move", "leaving", "return"],
)
def test_stays_never_overlap(past: Any, command: Any) -> None:
    since = past[-1].at
    late = replace(command, at=since - HOUR, late_reason="paper_form")
    assert given(*past).when(late).rejected("overlaps_in_time").field == "occurred_at"
    live = replace(command, at=since - HOUR)
    [event] = resident.decide(live, resident.fold(past))
    assert event.at == since, "clocks of two machines may differ a little"
    fits = replace(command, at=since + HOUR, late_reason="paper_form")
    [event] = resident.decide(fits, resident.fold(past))
    assert (event.at, event.late_reason) == (since + HOUR, "paper_form")


def test_who_left_lives_nowhere_and_may_come_back_to_any_home() -> None:
    gone = resident.fold([registered, left])
    assert (gone.status, gone.household, gone.building) == ("left", None, "wenhua-1")
    back = RecordReturn(**ABOUT, building="sanwan-3-1", household=HOME)
    returned = ResidentReturned(at=day(100), building="sanwan-3-1", household=HOME)
    given(registered, left).when(back).then(returned)
    assert resident.fold([registered, left, returned]).status == "living"


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (MoveResident(**ABOUT, building="wenhua-1", household=HOME), "lives_there_already",
         "building"),
        (ChangeContact(**ABOUT), "nothing_to_change", None),
        (DeclareRelative(**ABOUT, relative=LI, relation="child"), "relative_of_oneself",
         "relative"),
        (DeclareRelative(**ABOUT, relative=SON, relation="parent"), "relative_already",
         "relative"),
        (WithdrawRelative(**ABOUT, relative=DOUBLE), "no_relative", "relative"),
        (GiveConsent(**ABOUT, purpose="notice"), "consent_already", "purpose"),
        (WithdrawConsent(**ABOUT, purpose="survey"), "no_consent", "purpose"),
        (TagCare(**ABOUT, tag="empty_nest"), "tagged_already", "tag"),
        (UntagCare(**ABOUT, tag="hardship"), "not_tagged", "tag"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ResidentCommand) else None,
)  # fmt: skip
def test_a_refusal_says_what_was_wrong(command: Any, code: str, field: str | None) -> None:
    assert given(*STATES["living"]).when(command).rejected(code).field == field


def test_ones_own_double_is_no_relative() -> None:
    absorbed = DoubleAbsorbed(at=day(2), doubles=(DOUBLE,))
    declare = DeclareRelative(**ABOUT, relative=DOUBLE, relation="sibling")
    given(registered, absorbed).when(declare).rejected("relative_of_oneself")


def test_what_was_taken_back_can_be_given_again() -> None:
    for command in (
        UntagCare(**ABOUT, tag="empty_nest"),
        WithdrawConsent(**ABOUT, purpose="notice"),
        WithdrawRelative(**ABOUT, relative=SON),
    ):
        past = [*STATES["living"], *resident.decide(command, resident.fold(STATES["living"]))]
        state = resident.fold(past)
        assert len(state.tags) + len(state.purposes) + len(state.relatives) == 2
    given(registered, tagged).when(GiveConsent(**ABOUT, purpose="notice")).then(
        agreed.model_copy(update={"at": day(100)})
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_a_command_concerns_where_it_takes_effect(command: ResidentCommand) -> None:
    state = resident.fold(STATES["living"])
    thing = concerns(command, state)
    assert thing.owner == str(LI)
    match command:
        case RegisterResident() | RecordReturn():
            assert thing.territories == (command.building,)
        case MoveResident():
            assert thing.territories == ("wenhua-1", "wenhua-2")
        case _:
            assert thing.territories == ("wenhua-1",)
    assert ACCESS.actions[action_of(type(command))]


def test_an_erasure_concerns_every_place_where_they_ever_lived() -> None:
    moved = ResidentMoved(at=day(5), building="sanwan-3-1", household=None)
    state = resident.fold([registered, moved, left])
    ask = AskErasure(
        **ABOUT, subject=LI, kept=LI, territory="", services=("territory",), reason="own_request"
    )
    assert concerns(ask, state) == Thing(("wenhua-1", "sanwan-3-1"), owner=str(LI))


def test_personal_values_are_kept_as_they_were_sealed() -> None:
    name, phone = sealed("name"), sealed("phone")
    register = RegisterResident(**ABOUT, person=UUID(int=1), building="b", name=name, phone=phone)
    [event] = resident.decide(register, resident.initial)
    assert (event.name, event.phone, event.birth_year) == (name, phone, None)  # type: ignore[union-attr]
