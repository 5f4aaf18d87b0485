"""Households over HTTP: registered, changed, and read for any part of the map on any day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.territory.households.rosters import household_of
from shared.core.local_time import day_of
from tests.grievance.front_desk import pointers, refused
from tests.territory.office import KEEPER, Office, ago

REGISTRAR = {**KEEPER, "sub": "registrar", "roles": ("registrar",)}


def flats(*doors: str, area_dm2: int = 8937) -> dict[str, Any]:
    return {"households": [{"door": door, "area_dm2": area_dm2} for door in doors]}


def days_ago(days: int) -> str:
    return day_of(datetime.now(UTC) - timedelta(days=days))


async def settle(office: Office, building: str, *doors: str, **told: Any) -> None:
    """These households, registered."""
    days = told.pop("days", 0)
    late = ago(days) if days else {}
    path = f"/territories/{building}/households"
    answer = await office.post(path, {**flats(*doors, **told), **late}, **REGISTRAR)
    assert answer.status_code == 200, answer.text


async def found(office: Office, **query: Any) -> tuple[list[str], int, int]:
    page = await office.read("/households", **query)
    doors = [f"{line['building']}/{line['door']}" for line in page["items"]]
    return doors, page["total"], page["area_dm2"]


async def test_households_of_a_part_of_the_map_are_found_and_counted(office: Office) -> None:
    await office.draw(days_ago=400)
    await settle(office, "wenhua-1", "102", "101", area_dm2=10_000)
    await settle(office, "sanwan-3-1", "101", area_dm2=5_000)
    everywhere = ["sanwan-3-1/101", "wenhua-1/101", "wenhua-1/102"]
    assert await found(office) == (everywhere, 3, 25_000)
    assert await found(office, under="sanwan") == (everywhere, 3, 25_000)
    assert await found(office, under="wenhua") == (everywhere[1:], 2, 20_000)
    assert await found(office, under="wenhua-2") == ([], 0, 0)
    first = await office.read("/households", under="wenhua", limit=1)
    assert (len(first["items"]), first["total"]) == (1, 2)
    second = await office.read("/households", under="wenhua", limit=1, after=first["next"])
    assert [line["door"] for line in second["items"]] == ["102"]
    assert second["next"] is None


async def test_any_day_is_answered_as_it_was(office: Office) -> None:
    await office.draw(days_ago=400)
    await settle(office, "wenhua-1", "101", days=300, area_dm2=9_000)
    await settle(office, "wenhua-1", "102", days=100, area_dm2=7_000)
    home = household_of("wenhua-1", "101")
    for verb, days, told in (
        ("amend", 50, {"area_dm2": 9_500}),
        ("vacate", 40, {}),
        ("return", 30, {}),
        ("close", 20, {}),
    ):
        answer = await office.post(f"/households/{home}/{verb}", {**told, **ago(days)}, **REGISTRAR)
        assert answer.status_code == 200, answer.text
    both, one = ["wenhua-1/101", "wenhua-1/102"], ["wenhua-1/102"]
    for days, expected in (
        (301, ([], 0, 0)),
        (300, (both[:1], 1, 9_000)),
        (99, (both, 2, 16_000)),
        (49, (both, 2, 16_500)),
        (20, (one, 1, 7_000)),
        (0, (one, 1, 7_000)),
    ):
        assert await found(office, under="wenhua", day=days_ago(days)) == expected, days
    page = await office.read("/households", under="wenhua-1", day=days_ago(35))
    assert [line["occupied"] for line in page["items"]] == [False, True]
    assert [line["area_dm2"] for line in page["items"]] == [9_500, 7_000]


async def test_households_belong_to_what_their_building_lay_in_that_day(office: Office) -> None:
    await office.draw(days_ago=400)
    await settle(office, "wenhua-1", "101", days=300)
    await settle(office, "sanwan-3-1", "101", days=300)
    merger = {"codes": ["wenhua", "sanwan-3"], "code": "sanwan-yuan", "name": "三湾院"}
    assert (await office.post("/mergers", {**merger, **ago(100)})).is_success
    assert (await found(office, under="sanwan-yuan", day=days_ago(10)))[1] == 2
    assert (await found(office, under="wenhua", day=days_ago(10)))[1] == 0
    assert (await found(office, under="wenhua", day=days_ago(200)))[1] == 1


@pytest.mark.parametrize(
    ("building", "form", "code", "where"),
    [
        ("nowhere", flats("1"), "unknown_territory", "/code"),
        ("wenhua", flats("1"), "not_a_building", "/code"),
        ("wenhua-1", flats("1", "2", " 2"), "door_taken", "/households/2/door"),
        ("wenhua-1", flats("1", area_dm2=99), "implausible_area", "/households/0/area_dm2"),
        ("wenhua-1", {**flats("1"), **ago(500)}, "overlaps_in_time", "/occurred_at"),
        ("wenhua-1", flats("1", ""), "invalid_request", "/households/1/door"),
        ("wenhua-1", flats("1", "\u3000"), "invalid_request", "/households/1/door"),
        ("wenhua-1", flats("1", "x" * 41), "invalid_request", "/households/1/door"),
        ("wenhua-1", flats("1", "a\x00"), "invalid_request", "/households/1/door"),
        ("wenhua-1", {"households": [*flats("1")["households"], {"door": "2", "area_dm2": 2**31}]},
         "invalid_request", "/households/1/area_dm2"),
        ("wenhua-1", {"households": []}, "invalid_request", "/households"),
    ],
)  # fmt: skip
async def test_what_cannot_be_registered_is_refused_whole(
    office: Office, building: str, form: dict[str, Any], code: str, where: str
) -> None:
    await office.draw(days_ago=400)
    answer = await office.post(f"/territories/{building}/households", form, **REGISTRAR)
    assert pointers(refused(answer, 422, code)) == [where]
    assert await office.service.head() == 9


async def test_a_household_that_nobody_knows_is_not_found(office: Office) -> None:
    await office.draw()
    home = household_of("wenhua-1", "999")
    refused(await office.post(f"/households/{home}/close", {}), 404, "no_such_household")


async def test_a_building_is_closed_after_its_households(office: Office) -> None:
    await office.draw(days_ago=400)
    await settle(office, "wenhua-1", "101")
    stranger = {**KEEPER, "territory": "sanwan-3"}
    refused(await office.post("/territories/wenhua-1/close", {}, **stranger), 403)
    no = refused(await office.post("/territories/wenhua-1/close", {}), 422, "households_left")
    assert "101" in no["detail"]
    home = household_of("wenhua-1", "101")
    assert (await office.post(f"/households/{home}/close", {})).is_success
    assert (await office.post("/territories/wenhua-1/close", {})).is_success
    answer = await office.post("/territories/wenhua-1/households", flats("102"))
    refused(answer, 422, "former_territory")


async def test_registrars_keep_the_rosters_of_their_own_territory(office: Office) -> None:
    await office.draw(days_ago=400)
    path = "/territories/wenhua-1/households"
    elsewhere = {**REGISTRAR, "territory": "sanwan-3"}
    refused(await office.post(path, flats("1"), **elsewhere), 403, "outside_territory")
    for role in ("dispatcher", "importer", "resident"):
        refused(await office.post(path, flats("1"), **{**REGISTRAR, "roles": (role,)}), 403)
    assert (await office.post(path, flats("1"), **{**REGISTRAR, "territory": "wenhua"})).is_success
    home = household_of("wenhua-1", "1")
    refused(await office.post(f"/households/{home}/vacate", {}, **elsewhere), 403)


async def test_staff_read_the_households_of_their_territory(office: Office) -> None:
    await office.draw(days_ago=400)
    await settle(office, "wenhua-1", "101")
    await settle(office, "sanwan-3-1", "101")
    worker = {**KEEPER, "roles": ("grid_worker",), "territory": "wenhua"}
    assert (await found(office, actor=worker))[0] == ["wenhua-1/101"]
    refused(await office.get("/households", under="sanwan-3", actor=worker), 403)
    refused(await office.get("/households", actor={**worker, "roles": ("resident",)}), 403)
    refused(await office.get("/households", under="nowhere"), 404, "no_such_territory")
    for bad in ({"day": "2026-02-30"}, {"day": "today"}, {"after": "x"}, {"limit": 0}, {"at": 1}):
        refused(await office.get("/households", **bad), 422, "invalid_request")


async def test_a_retry_gets_the_first_answer(office: Office) -> None:
    await office.draw(days_ago=400)
    path = "/territories/wenhua-1/households"
    first = await office.post(path, flats("101"), key="once")
    again = await office.post(path, flats("101"), key="once")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert (await found(office))[1] == 1
