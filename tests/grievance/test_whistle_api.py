"""Whistles over HTTP: told once, read by those whom they concern, refused in clear words."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grievance import timekeeping
from services.grievance.service import Grievance
from tests.grievance.front_desk import CLERK, FrontDesk, pointers, refused
from tests.grievance.whistle_desk import BLOWER, SECRETARY, WHISTLE, WhistleDesk, of_unit

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

NOBODY = "0190aaaa-0000-7000-8000-000000000001"


async def test_a_whistle_is_blown_once_however_often_it_is_sent(whistles: WhistleDesk) -> None:
    headers = whistles.headers(key="one", **BLOWER)
    first, again = [
        await whistles.client.post("/whistles", json=WHISTLE, headers=headers) for _ in range(2)
    ]
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert first.json()["version"] == 4, "the whistle and three calls"


async def test_a_whistle_says_whom_it_calls_and_until_when(whistles: WhistleDesk) -> None:
    told = await whistles.page((await whistles.blow())["id"])
    line = told["whistle"]
    assert (line["what"], told["where"]) == (WHISTLE["what"], WHISTLE["where"])
    assert (line["open"], line["called"], line["came"]) == (True, 3, 0)
    half_an_hour = datetime.fromisoformat(line["blown_at"]) + timedelta(minutes=30)
    assert {datetime.fromisoformat(one["due"]) for one in told["units"]} == {half_an_hour}
    assert datetime.fromisoformat(line["next_due"]) == half_an_hour
    assert told["steps"] == ["call", "end"]


@pytest.mark.parametrize(
    ("changes", "status", "pointer"),
    [
        ({"reason": "because"}, 422, "/reason"),
        ({"units": []}, 422, "/units"),
        ({"units": ["a", "a"]}, 422, "/units"),
        ({"units": [f"u{n}" for n in range(21)]}, 422, "/units"),
        ({"what": ""}, 422, "/what"),
        ({"where": None}, 422, "/where"),
        ({"territory": "nowhere"}, 422, "/territory"),
        ({"territory": "d/s2"}, 403, None),
        ({"case": NOBODY}, 404, None),
        ({"occurred_at": "2020-01-01T00:00:00Z"}, 422, "/late_reason"),
    ],
)
async def test_what_is_no_whistle_is_refused(
    whistles: WhistleDesk, changes: dict[str, Any], status: int, pointer: str | None
) -> None:
    form = {**WHISTLE, **changes}
    answer = await whistles.client.post("/whistles", json=form, headers=whistles.headers(**BLOWER))
    problem = refused(answer, status)
    assert pointer in (None, *pointers(problem)), problem


async def test_a_whistle_may_be_about_a_case_that_its_blower_may_read(
    whistles: WhistleDesk, desk: FrontDesk
) -> None:
    case_id = (await desk.file())["id"]
    told = await whistles.page((await whistles.blow(case=case_id))["id"])
    assert told["whistle"]["case"] == case_id
    elsewhere = (await desk.file(territory="d/s2/c9"))["id"]
    form = {**WHISTLE, "case": elsewhere}
    answer = await whistles.client.post("/whistles", json=form, headers=whistles.headers(**BLOWER))
    refused(answer, 404, "no_such_case")


async def test_a_unit_reads_what_it_is_called_to_and_what_it_came_to(whistles: WhistleDesk) -> None:
    whistle_id = (await whistles.blow())["id"]
    assert (await whistles.page(whistle_id, of_unit("fire")))["steps"] == ["report"]
    water = of_unit("water")
    refused(await whistles.read(f"/whistles/{whistle_id}", water), 404, "no_such_whistle")
    refused(await whistles.step(whistle_id, "result", actor=water), 404, "no_such_whistle")
    assert (await whistles.step(whistle_id, "report", actor=water)).is_success
    told = await whistles.page(whistle_id, water)
    assert told["steps"] == ["result"]
    [own] = [one for one in told["units"] if one["unit"] == "water"]
    assert (own["standing"], own["called_at"], own["minutes"]) == ("unasked", None, None)
    refused(await whistles.step(whistle_id, "report", actor=of_unit("gas", "d/s2")), 404)


async def test_units_that_arrive_at_once_do_not_get_in_each_others_way(
    whistles: WhistleDesk,
) -> None:
    receipt = await whistles.blow()
    for unit in WHISTLE["units"]:
        answer = await whistles.step(receipt["id"], "report", actor=of_unit(unit))
        assert answer.status_code == 200, answer.text
    version = receipt["version"]
    refused(await whistles.step(receipt["id"], "end", version=version), 412, "version_changed")
    refused(await whistles.step(receipt["id"], "end"), 428, "if_match_missing")
    refused(await whistles.step(receipt["id"], "call"), 428, "if_match_missing")


async def test_the_list_has_the_latest_first_page_by_page(
    whistles: WhistleDesk, service: Grievance
) -> None:
    made = [(await whistles.blow())["id"] for _ in range(3)]
    await whistles.blow(CLERK, territory="d/s2/c9", units=["gas"])
    assert (await whistles.step(made[1], "end", version=4)).is_success
    await service.projector.drain()
    first = (await whistles.read("/whistles", limit=2)).json()
    second = (await whistles.read("/whistles", limit=2, after=first["next"])).json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None
    assert [one["what"] for one in second["items"]] == [WHISTLE["what"]]

    async def found(actor: Any, **query: Any) -> set[str]:
        answer = await whistles.read("/whistles", actor, **query)
        assert answer.status_code == 200, answer.text
        return {one["id"] for one in answer.json()["items"]}

    assert await found(BLOWER, open=False) == {made[1]}
    assert await found(BLOWER, open=True) == {made[0], made[2]}
    assert await found(SECRETARY, territory="d/s1", unit="fire") == {*made}
    assert await found(SECRETARY, unit="gas") == await found(of_unit("gas"))
    assert await found(SECRETARY, unit="nobody") == set()
    assert len(await found(SECRETARY)) == 4
    refused(await whistles.read("/whistles", of_unit("gas"), unit="fire"), 403, "outside_unit")
    refused(await whistles.read("/whistles", BLOWER, after="x"), 422)


async def test_the_timer_says_who_is_overdue_and_says_it_once(
    whistles: WhistleDesk, service: Grievance
) -> None:
    receipt = await whistles.blow()
    await whistles.step(receipt["id"], "report", actor=of_unit("police"))
    await service.projector.drain()
    later = datetime.now(UTC) + timedelta(minutes=31)
    assert await timekeeping.note(service, datetime.now(UTC)) == 0
    before, stop = await service.head(), asyncio.Event()
    keeping_up = asyncio.create_task(service.projector.run(stop))
    # Two processes look at once; nobody is overdue twice.
    noted = await asyncio.gather(*(timekeeping.note(service, later) for _ in range(2)))
    assert max(noted) == 1
    assert await service.head() == before + 2
    assert await timekeeping.note(service, later) == 0
    stop.set()
    await keeping_up
    told = {one["unit"]: one for one in (await whistles.page(receipt["id"]))["units"]}
    assert {unit: one["standing"] for unit, one in told.items()} == {
        "police": "in_time", "fire": "absent", "parks": "absent",
    }  # fmt: skip
    # What only time brought about changes nobody's mind.
    assert (await whistles.step(receipt["id"], "end", version=5)).is_success


async def test_the_texts_of_a_whistle_go_when_they_are_erased(
    whistles: WhistleDesk, service: Grievance
) -> None:
    whistle_id = (await whistles.blow())["id"]
    await whistles.step(whistle_id, "report", actor=of_unit("police"))
    await whistles.step(whistle_id, "result", actor=of_unit("police"))
    await service.projector.drain()
    person = (await whistles.page(whistle_id))["person"]
    chief = whistles.headers(sub="chief-1", roles=("supervisor",))
    answer = await whistles.client.post(
        f"/persons/{person}/erasure", json={"reason": "own_request"}, headers=chief
    )
    assert answer.status_code == 200, answer.text
    told = await whistles.page(whistle_id)
    results = [one["result"] for one in told["units"]]
    assert (told["whistle"]["what"], told["where"], results) == (None, None, [None] * 3)


async def test_a_case_is_no_whistle_and_a_whistle_is_no_case(
    whistles: WhistleDesk, desk: FrontDesk
) -> None:
    case_id, whistle_id = (await desk.file())["id"], (await whistles.blow())["id"]
    refused(await whistles.read(f"/whistles/{case_id}"), 404, "no_such_whistle")
    refused(await whistles.step(case_id, "report", actor=of_unit("fire")), 404, "no_such_whistle")
    refused(await desk.read(f"/cases/{whistle_id}"), 404, "no_such_case")
    refused(await desk.step(whistle_id, "accept", 4), 404, "no_such_case")
