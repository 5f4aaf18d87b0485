"""Profiles: how a territory was managed, without a moment with two answers; what was declared."""

from __future__ import annotations

from random import Random
from typing import Any, get_args

import pytest

from services.territory.profile.commands import (
    AcceptHandover,
    AdoptGovernanceModel,
    AdoptPractice,
    AssignBlockType,
    DeclareFigure,
    HoldTraining,
    ProfileCommand,
    SetManagementMode,
    StartHandover,
    TakeOverManagement,
)
from services.territory.profile.decider import profile
from services.territory.profile.events import (
    BlockTypeAssigned,
    FigureDeclared,
    GovernanceModelAdopted,
    HandoverAccepted,
    HandoverStarted,
    ManagementModeSet,
    ManagementTakenOver,
    PracticeAdopted,
    TrainingHeld,
)
from services.territory.profile.state import Profile
from services.territory.profile.words import BlockType, ManagementMode
from shared.core.messages import Rejected
from shared.testkit.spec import Spec
from tests.territory.maps import CLERK, day

given = Spec(profile)
MILL = {"territory": "litai"}
# S3: nobody managed the mill's compound since 2003, the community took it over in 2020.
UNMANAGED = ManagementModeSet(at=day(3), mode="unmanaged", **MILL)
TAKEN = ManagementTakenOver(at=day(20), mode="community", **MILL)


def asked(command: type[Any], at: int = 10, **about: Any) -> Any:
    return command(at=day(at), actor=CLERK, **MILL, **about)


def test_nobody_managed_the_mill_until_the_community_took_it_over() -> None:
    given().when(asked(SetManagementMode, 3, mode="unmanaged")).then(UNMANAGED)
    given(UNMANAGED).when(asked(TakeOverManagement, 20, mode="community")).then(TAKEN)


def test_it_may_be_told_in_the_other_order() -> None:
    given().when(asked(TakeOverManagement, 20, mode="community")).then(TAKEN)
    given(TAKEN).when(asked(SetManagementMode, 3, mode="unmanaged")).then(UNMANAGED)
    # but what was taken over had nobody who managed it
    refused = given(TAKEN).when(asked(SetManagementMode, 3, mode="property_company"))
    assert refused.rejected("overlaps_in_time").field == "occurred_at"


def test_a_state_enterprise_hands_an_estate_over() -> None:
    state_run = ManagementModeSet(at=day(1), mode="state_enterprise", **MILL)
    company: dict[str, Any] = {"mode": "property_company", "unit": "anju"}
    started = HandoverStarted(at=day(5), **company, **MILL)
    accepted = HandoverAccepted(at=day(9), started=2, **company, **MILL)
    given(state_run).when(asked(StartHandover, 5, **company)).then(started)
    given(state_run, started).when(asked(AcceptHandover, 9)).then(accepted)
    again = given(state_run, started, accepted).when(asked(StartHandover, 12, **company))
    assert again.rejected("not_a_state_enterprise").field == "occurred_at"


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (asked(SetManagementMode, 3, mode="community"), "overlaps_in_time", "occurred_at"),
        (asked(SetManagementMode, 10, mode="unmanaged"), "managed_so_already", "mode"),
        (asked(SetManagementMode, 10, mode="self_managed"), "overlaps_in_time", "occurred_at"),
        (asked(SetManagementMode, 25, mode="community"), "managed_so_already", "mode"),
        (asked(SetManagementMode, 2, mode="unmanaged"), "managed_so_already", "mode"),
        (asked(TakeOverManagement, 25, mode="self_managed"), "managed_then", "occurred_at"),
        (asked(StartHandover, 25, mode="community"), "not_a_state_enterprise", "occurred_at"),
        (asked(AcceptHandover, 25), "no_handover", None),
    ],
)
def test_what_does_not_fit_into_the_history_is_refused(
    command: ProfileCommand, code: str, field: str | None
) -> None:
    assert given(UNMANAGED, TAKEN).when(command).rejected(code).field == field


def test_a_handover_is_accepted_once_and_after_its_start() -> None:
    started = HandoverStarted(at=day(5), mode="community", **MILL)
    past = given(started)
    past.when(asked(StartHandover, 6, mode="community")).rejected("handover_under_way")
    past.when(asked(AcceptHandover, 5)).rejected("ends_before_it_begins")


def test_another_company_may_manage_in_the_same_mode() -> None:
    first: dict[str, Any] = {"mode": "property_company", "unit": "anju"}
    past = given(ManagementModeSet(at=day(1), **first, **MILL))
    past.when(asked(SetManagementMode, **first)).rejected("managed_so_already")
    second = {**first, "unit": "leju"}
    past.when(asked(SetManagementMode, **second)).then(
        ManagementModeSet(at=day(10), **second, **MILL)
    )


def test_figures_have_a_source_and_one_value_at_a_moment() -> None:
    households: dict[str, Any] = {
        "figure": "households", "value": 416, "measure": "households", "source": "press",
        "reference": "S1",
    }  # fmt: skip
    declared = FigureDeclared(at=day(10), **households, **MILL)
    given().when(asked(DeclareFigure, **households)).then(declared)
    past = given(declared)
    past.when(asked(DeclareFigure, **households)).rejected("overlaps_in_time")
    earlier = {**households, "value": 400}
    past.when(asked(DeclareFigure, 9, **earlier)).then(FigureDeclared(at=day(9), **earlier, **MILL))


def test_a_practice_comes_from_elsewhere_and_once() -> None:
    practice: dict[str, Any] = {"practice": "estate_self_management", "adopted_from": "chezhan"}
    adopted = PracticeAdopted(at=day(10), **practice, **MILL)
    given().when(asked(AdoptPractice, **practice)).then(adopted)
    twice = given(adopted).when(asked(AdoptPractice, 12, **practice))
    assert twice.rejected("adopted_already").field == "practice"
    own = given().when(asked(AdoptPractice, **{**practice, "adopted_from": "litai"}))
    assert own.rejected("adopts_its_own").field == "adopted_from"


def test_a_training_is_held_once_and_not_tomorrow() -> None:
    about: dict[str, Any] = {"kind": "spokesperson", "day": "2020-01-08", "attendees": 30}
    held = TrainingHeld(at=day(10), **about, **MILL)
    given().when(asked(HoldTraining, **about)).then(held)
    twice = given(held).when(asked(HoldTraining, 11, **about))
    assert twice.rejected("held_already").field == "day"
    tomorrow = given().when(asked(HoldTraining, **{**about, "day": "2020-01-12"}))
    assert tomorrow.rejected("occurs_in_the_future").field == "day"


@pytest.mark.parametrize("block_type", get_args(BlockType))
def test_a_block_has_a_type_and_nothing_else_has(block_type: BlockType) -> None:
    assigned = BlockTypeAssigned(at=day(10), block_type=block_type, **MILL)
    given().when(asked(AssignBlockType, kind="block", block_type=block_type)).then(assigned)
    other = given().when(asked(AssignBlockType, kind="grid", block_type=block_type))
    assert other.rejected("not_a_block").field == "territory"


def test_a_model_of_governance_is_adopted() -> None:
    given().when(asked(AdoptGovernanceModel, model="tian_shaped")).then(
        GovernanceModelAdopted(at=day(10), model="tian_shaped", **MILL)
    )


def test_500_random_histories_have_one_mode_at_every_moment() -> None:
    refused = told = 0
    for seed in range(500):
        random, state = Random(seed), Profile()
        for _ in range(20):
            try:
                for event in profile.decide(_any(random), state):
                    state = profile.evolve(state, event)
            except Rejected:
                refused += 1
        told += len(state.spells)
        times = [spell.since for spell in state.spells]
        assert times == sorted(set(times)), seed
        for before, after in zip(state.spells, state.spells[1:], strict=False):
            assert (before.mode, before.unit) != (after.mode, after.unit), seed
            assert after.needs in (None, before.mode), seed
    assert min(refused, told) > 1_000


def _any(random: Random) -> ProfileCommand:
    at, mode = random.randrange(40), random.choice(get_args(ManagementMode))
    manager = random.choice(["property_company", "community", "self_managed"])
    commands: list[ProfileCommand] = [
        asked(SetManagementMode, at, mode=mode),
        asked(TakeOverManagement, at, mode=manager),
        asked(StartHandover, at, mode=manager),
        asked(AcceptHandover, at),
    ]
    return random.choice(commands)
