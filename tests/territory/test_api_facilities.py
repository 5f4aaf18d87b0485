"""Facilities over HTTP: planned, opened, used and counted, open to everyone's eyes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.grievance.front_desk import pointers, refused
from tests.territory.office import Office, ago
from tests.territory.organising import done, settle

pytestmark = pytest.mark.postgres

ABOUT = {"kind": "service_station", "name": "党群服务站", "territory": "wenhua"}
STATION = {"code": "station", **ABOUT}
ONE = "/facilities/station"
# S4: what the station holds.
FUNCTIONS = ("activity_room", "deliberation", "mediation", "one_stop_window", "reading")


async def opened(office: Office) -> None:
    """The station, planned a year ago and opened half a year ago."""
    await settle(office)
    await done(office, "/facilities", {**STATION, **ago(365)})
    await done(office, f"{ONE}/open", ago(180))


async def test_a_station_with_five_functions(office: Office) -> None:
    await opened(office)
    for days, function in enumerate(FUNCTIONS):
        await done(office, f"{ONE}/functions", {"function": function, **ago(100 - days)})
    await done(office, f"{ONE}/functions/remove", {"function": "reading", **ago(10)})
    resident = {"sub": "r", "roles": ("resident",), "territory": "litai"}
    now = await office.read(ONE, actor=resident)
    assert now["facility"]["status"] == "open"
    assert now["facility"]["functions"] == list(FUNCTIONS[:4])
    [then] = (await office.read("/facilities", at=ago(50)["occurred_at"]))["items"]
    assert then["functions"] == list(FUNCTIONS)
    [planned] = (await office.read("/facilities", at=ago(300)["occurred_at"]))["items"]
    assert (planned["status"], planned["functions"]) == ("planned", [])
    assert (await office.read("/facilities", at=ago(400)["occurred_at"]))["items"] == []
    refused(await office.get(f"{ONE}/usage", actor=resident), 403, "role_missing")


async def test_visits_are_summed_by_month_and_the_last_count_of_a_day_stands(
    office: Office,
) -> None:
    await settle(office)
    late = {"occurred_at": "2024-01-01T00:00:00+08:00", "late_reason": "paper_form"}
    await done(office, f"{ONE}/open", {**ABOUT, **late})
    for day, visits in (("2024-01-31", 86), ("2024-02-01", 40), ("2024-02-02", 60)):
        await done(office, f"{ONE}/use", {"day": day, "visits": visits})
    await done(office, f"{ONE}/use", {"day": "2024-02-02", "visits": 50})
    usage = (await office.read(f"{ONE}/usage"))["items"]
    assert usage == [
        {"month": "2024-01", "days": 1, "visits": 86},
        {"month": "2024-02", "days": 2, "visits": 90},
    ]


async def test_thirty_eight_murals_of_1500_square_metres(office: Office) -> None:
    await opened(office)
    for count, area in ((20, 80_000), (18, 70_000)):
        mural = {"kind": "mural", "count": count, "area_dm2": area}
        await done(office, f"{ONE}/assets", mural)
    view = await office.read(ONE)
    assert view["assets"] == [{"kind": "mural", "pieces": 38, "area_dm2": 150_000}]


async def test_a_closed_facility_stays_on_record(office: Office) -> None:
    await opened(office)
    await done(office, f"{ONE}/close", {})
    [line] = (await office.read("/facilities", kind="service_station"))["items"]
    assert line["status"] == "closed"
    problem = refused(await office.post(f"{ONE}/close", {}), 422, "closed_already")
    assert pointers(problem) == ["/code"]


@pytest.mark.parametrize(
    ("path", "form", "code", "where"),
    [
        ("/facilities", STATION, "code_taken", "/code"),
        ("/facilities", {**STATION, "code": "new", "territory": "nowhere"}, "unknown_territory",
         "/territory"),
        ("/facilities", {**STATION, "code": "new", "kind": "castle"}, "invalid_request", "/kind"),
        ("/facilities/new/open", {}, "not_described", "/kind"),
        (f"{ONE}/open", {}, "code_taken", "/code"),
        ("/facilities/nowhere/close", {}, "unknown_facility", "/code"),
        (f"{ONE}/functions/remove", {"function": "reading"}, "has_it_not", "/function"),
        (f"{ONE}/functions", {"function": "reading", **ago(200)}, "overlaps_in_time",
         "/occurred_at"),
        (f"{ONE}/use", {"day": "2099-01-01", "visits": 1}, "not_open_that_day", "/day"),
        (f"{ONE}/use", {"day": "2001-01-01", "visits": 1}, "not_open_that_day", "/day"),
        (f"{ONE}/use", {"day": "2024-02-30", "visits": 1}, "invalid_request", "/day"),
        (f"{ONE}/use", {"day": "2024-02-03", "visits": -1}, "invalid_request", "/visits"),
        (f"{ONE}/assets", {"kind": "mural", "count": 0}, "invalid_request", "/count"),
        (f"{ONE}/close", ago(200), "overlaps_in_time", "/occurred_at"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, path: str, form: dict[str, Any], code: str, where: str
) -> None:
    await opened(office)
    head = await office.service.head()
    problem = refused(await office.post(path, form), 422, code)
    assert pointers(problem) == [where]
    assert await office.service.head() == head


async def test_facilities_are_those_of_the_territory_that_is_asked_about(office: Office) -> None:
    await opened(office)
    for number in range(3):
        park = {**STATION, "code": f"park-{number}", "kind": "park", "territory": "litai"}
        await done(office, "/facilities", park)
    first = await office.read("/facilities", territory="litai", limit=2)
    rest = await office.read("/facilities", territory="litai", limit=2, after=first["next"])
    codes = [line["code"] for line in (*first["items"], *rest["items"])]
    assert (codes, rest["next"]) == (["park-0", "park-1", "park-2"], None)
    refused(await office.get("/facilities", territory="nowhere"), 404, "no_such_territory")
    refused(await office.get("/facilities/nowhere"), 404, "no_such_facility")
    secretary = {"sub": "s", "roles": ("party_secretary",), "territory": "litai"}
    refused(await office.post(f"{ONE}/close", {}, **secretary), 403, "outside_territory")
