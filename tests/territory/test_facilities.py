"""Facilities: planned, opened, used, closed, each in its time."""

from __future__ import annotations

from typing import Any

import pytest

from services.territory.facility.commands import (
    AddFunction,
    CloseFacility,
    FacilityCommand,
    OpenFacility,
    PlanFacility,
    RecordUse,
    RegisterAsset,
    RemoveFunction,
)
from services.territory.facility.decider import facility
from services.territory.facility.events import (
    AssetRegistered,
    FacilityClosed,
    FacilityOpened,
    FacilityPlanned,
    FacilityUsed,
    FunctionAdded,
    FunctionRemoved,
)
from shared.core.local_time import day_of
from shared.testkit.spec import Spec
from tests.territory.maps import CLERK, day

given = Spec(facility)
# S4: the station that was made of an empty property office.
STATION: dict[str, Any] = {"kind": "service_station", "name": "党群服务站", "territory": "sanwan"}
ONE = {"code": "station-1"}


def asked(command: type[Any], at: int = 10, **about: Any) -> Any:
    return command(at=day(at), actor=CLERK, **ONE, **about)


def planned(at: int = 1) -> FacilityPlanned:
    return FacilityPlanned(at=day(at), **ONE, **STATION)


def opened(at: int = 5) -> FacilityOpened:
    return FacilityOpened(at=day(at), **ONE, **STATION)


READING = FunctionAdded(at=day(6), function="reading", **ONE)
CLOSED = FacilityClosed(at=day(20), territory="sanwan", **ONE)


def test_what_was_planned_opens_as_it_was_planned() -> None:
    given().when(asked(PlanFacility, 1, **STATION)).then(planned())
    given(planned()).when(asked(OpenFacility, 5)).then(opened())
    given().when(asked(OpenFacility, 5, **STATION)).then(opened())
    renamed = opened().model_copy(update={"name": "新站"})
    given(planned()).when(asked(OpenFacility, 5, name="新站")).then(renamed)


@pytest.mark.parametrize("field", ["kind", "name", "territory"])
def test_what_was_not_planned_has_to_be_described(field: str) -> None:
    told = {**STATION, field: None}
    assert given().when(asked(OpenFacility, **told)).rejected("not_described").field == field


def test_functions_come_and_go() -> None:
    given(opened()).when(asked(AddFunction, 6, function="reading")).then(READING)
    removed = FunctionRemoved(at=day(10), function="reading", added=2, **ONE)
    given(opened(), READING).when(asked(RemoveFunction, function="reading")).then(removed)
    again = FunctionAdded(at=day(11), function="reading", **ONE)
    given(opened(), READING, removed).when(asked(AddFunction, 11, function="reading")).then(again)


def test_days_are_counted_as_beijing_has_them() -> None:
    today = day_of(day(10))
    assert today == "2020-01-11"
    used = FacilityUsed(at=day(10), day=today, visits=86, **ONE)
    given(opened()).when(asked(RecordUse, day=today, visits=86)).then(used)
    given(opened(), used).when(asked(RecordUse, day=today, visits=90)).then(
        used.model_copy(update={"visits": 90})
    )


def test_thirty_eight_murals_of_1500_square_metres() -> None:
    murals: dict[str, Any] = {"kind": "mural", "count": 38, "area_dm2": 150_000}
    given(opened()).when(asked(RegisterAsset, **murals)).then(
        AssetRegistered(at=day(10), **ONE, **murals)
    )


@pytest.mark.parametrize(
    ("past", "command", "code", "field"),
    [
        ([planned()], asked(PlanFacility, **STATION), "code_taken", "code"),
        ([opened()], asked(OpenFacility, **STATION), "code_taken", "code"),
        ([opened(), CLOSED], asked(OpenFacility, 30, **STATION), "code_taken", "code"),
        ([planned()], asked(OpenFacility, 0), "overlaps_in_time", "occurred_at"),
        ([planned()], asked(OpenFacility, territory="x"), "planned_elsewhere", "territory"),
        ([planned()], asked(AddFunction, function="reading"), "not_open", "code"),
        ([], asked(CloseFacility), "unknown_facility", "code"),
        ([opened()], asked(AddFunction, 4, function="reading"), "overlaps_in_time", "occurred_at"),
        ([opened(), READING], asked(AddFunction, function="reading"), "has_it_already",
         "function"),
        ([opened(), READING], asked(AddFunction, 5, function="music"), "overlaps_in_time",
         "occurred_at"),
        ([opened()], asked(RemoveFunction, function="reading"), "has_it_not", "function"),
        ([opened()], asked(RecordUse, day="2020-01-05", visits=1), "not_open_that_day", "day"),
        ([opened()], asked(RecordUse, day="2020-01-12", visits=1), "not_open_that_day", "day"),
        ([opened(), CLOSED], asked(RegisterAsset, 30, kind="mural", count=1), "closed_already",
         "code"),
        ([opened(), CLOSED], asked(CloseFacility, 30), "closed_already", "code"),
        ([opened(), FacilityUsed(at=day(10), day="2020-01-11", visits=1, **ONE)],
         asked(CloseFacility, 8), "overlaps_in_time", "occurred_at"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    past: list[Any], command: FacilityCommand, code: str, field: str
) -> None:
    assert given(*past).when(command).rejected(code).field == field
