"""The rules of a roster: a door has one household, and nothing happens to it out of order."""

from __future__ import annotations

from typing import Any

import pytest

from services.territory.households.rosters import door_of, household_of
from services.territory.roster.commands import (
    AmendHousehold,
    CloseHousehold,
    ReturnHousehold,
    VacateHousehold,
)
from services.territory.roster.decider import building_roster, enrolled
from services.territory.roster.events import (
    HouseholdAmended,
    HouseholdClosed,
    HouseholdRegistered,
    HouseholdReturned,
    HouseholdVacated,
)
from shared.core.messages import Rejected
from shared.testkit.spec import Spec
from tests.territory.maps import day
from tests.territory.rosters import BUILDING, about, enrol, entry, register

given = Spec(building_roster)
[HOME] = [household_of(BUILDING, "101")]


def registered(door: str = "101", area_dm2: int = 8937, on: int = 0, **told: Any
               ) -> HouseholdRegistered:  # fmt: skip
    household = household_of(BUILDING, door)
    return HouseholdRegistered(
        at=day(on), household=household, building=BUILDING, door=door, area_dm2=area_dm2, **told
    )


OPEN = registered()
VACATED = HouseholdVacated(at=day(2), household=HOME)
CLOSED = HouseholdClosed(at=day(3), household=HOME)


def test_several_households_are_registered_at_once() -> None:
    command = register(entry("101"), entry("102", 12050))
    given().when(command).then(registered("101"), registered("102", 12050))


def test_a_door_is_taken_while_its_household_is_there() -> None:
    no = given(OPEN).when(register(entry("102"), entry("101"), at=day(1))).rejected("door_taken")
    assert no.field == "households/1/door"
    assert "89.37 m²" in no.detail
    no = given().when(register(entry("7"), entry("7"))).rejected("door_taken")
    assert no.field == "households/1/door"


def test_after_it_was_closed_the_same_household_may_come_back() -> None:
    again = register(entry("101", 5000), at=day(4))
    given(OPEN, CLOSED).when(again).then(registered("101", 5000, on=4))


def test_it_does_not_come_back_before_it_was_closed() -> None:
    no = given(OPEN, CLOSED).when(register(entry("101"), at=day(2))).rejected("overlaps_in_time")
    assert no.field == "occurred_at"


@pytest.mark.parametrize("area", [0, 1, 99, 1_000_001, 2**31])
def test_an_area_that_no_household_has_is_refused(area: int) -> None:
    no = given().when(register(entry("101", area))).rejected("implausible_area")
    assert no.field == "households/0/area_dm2"
    command = about(AmendHousehold, "101", day(1), area_dm2=area)
    given(OPEN).when(command).rejected("implausible_area")


def test_a_life_is_told_step_by_step() -> None:
    given(OPEN).when(about(AmendHousehold, "101", day(1), area_dm2=9100)).then(
        HouseholdAmended(at=day(1), household=HOME, area_dm2=9100)
    )
    given(OPEN).when(about(VacateHousehold, "101", day(2))).then(VACATED)
    given(OPEN, VACATED).when(about(ReturnHousehold, "101", day(3))).then(
        HouseholdReturned(at=day(3), household=HOME)
    )
    given(OPEN, VACATED).when(about(CloseHousehold, "101", day(3))).then(CLOSED)


STEPS = [
    (AmendHousehold, {"area_dm2": 5000}),
    (VacateHousehold, {}),
    (ReturnHousehold, {}),
    (CloseHousehold, {}),
]


@pytest.mark.parametrize(("command", "told"), STEPS, ids=lambda one: getattr(one, "__name__", ""))
def test_nothing_happens_to_what_is_not_there(command: type[Any], told: dict[str, Any]) -> None:
    past = (OPEN, VACATED) if command is ReturnHousehold else (OPEN,)
    given().when(about(command, "101", day(9), **told)).rejected("unknown_household")
    given(*past).when(about(command, "102", day(9), **told)).rejected("unknown_household")
    given(*past, CLOSED).when(about(command, "101", day(9), **told)).rejected("closed_already")
    early = about(command, "101", day(-1), **told)
    assert given(*past).when(early).rejected("overlaps_in_time").field == "occurred_at"


def test_what_is_so_already_is_refused() -> None:
    given(OPEN, VACATED).when(about(VacateHousehold, "101", day(3))).rejected("vacant_already")
    given(OPEN).when(about(ReturnHousehold, "101", day(3))).rejected("lived_in")
    same = about(AmendHousehold, "101", day(3), area_dm2=8937)
    given(OPEN).when(same).rejected("same_area")


def test_a_late_entry_says_so_in_its_event() -> None:
    command = register(entry("101"), late_reason="paper_form")
    given().when(command).then(registered(late_reason="paper_form"))


def test_every_row_of_a_file_is_judged_by_itself() -> None:
    roster = building_roster.fold([OPEN, registered("103", 7000), registered("109", on=3)])
    command = enrol(
        entry("101"), entry("102"), entry("103", 7100), entry("104", 50), entry("105", at=day(2)),
        entry("109", at=day(2)), entry("109", at=day(3)), entry("102"), at=day(5),
    )  # fmt: skip
    verdicts = enrolled(command, roster)
    told = [one.code if isinstance(one, Rejected) else one for one in verdicts]
    assert told == [
        None, registered("102", on=5), "other_area", "implausible_area",
        registered("105", on=2, late_reason="migration"), "other_since", None, None,
    ]  # fmt: skip
    assert building_roster.decide(command, roster) == [
        registered("102", on=5),
        registered("105", on=2, late_reason="migration"),
    ]


def test_a_door_is_one_however_it_is_written() -> None:
    doors = {door_of(written) for written in ("1-101", " 1-101 ", "１－１０１", "1-101\u3000")}
    assert doors == {"1-101"}
    assert door_of("3 单元   502") == "3 单元 502"
