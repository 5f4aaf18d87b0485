"""Duty posts over HTTP, and the timer that notices who is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.volunteer.log import LOG
from services.volunteer.service import Volunteers
from services.volunteer.serving.noting import note_no_check_in
from shared.core.local_time import start_of
from shared.store import read
from shared.store import refused as refusals
from tests.grievance.front_desk import refused
from tests.volunteer.office_of_stars import rules, today
from tests.volunteer.promises import RESIDENT, Community, projecting

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ZHANG = UUID(int=17)
CADRE: Mapping[str, Any] = {"sub": str(ZHANG), "roles": ("party_instructor",)}
POST: Mapping[str, Any] = {
    "holder": str(ZHANG), "role": "cadre", "territory": "d/s1/c1", "cadence": "weekly",
    "since": "2027-01-04",
}  # fmt: skip
NIGHTS: Mapping[str, Any] = {
    "weekdays": [2, 5], "begins": "19:00", "ends": "21:00", "first": "2027-01-04",
    "last": "2027-01-31",
}  # fmt: skip


async def assign(community: Community, **changes: Any) -> str:
    return str((await community.done("/duties", {**POST, **changes}))["id"])


async def line(community: Community, duty: str) -> dict[str, Any]:
    [found] = [one for one in (await community.read("/duties"))["items"] if one["id"] == duty]
    return dict(found)


async def test_a_week_without_a_check_in_is_noticed_on_the_next_day(community: Community) -> None:
    duty = await assign(community)
    community.on("2027-01-06")
    await community.done(f"/duties/{duty}/check-in", {"words": "走访了三户。"}, **CADRE)
    assert await community.night_after("2027-01-10") == 0
    assert await community.night_after("2027-01-16") == 0
    assert await community.night_after("2027-01-17") == 1, "Sunday is over"
    assert await community.night_after("2027-01-17") == 0
    found = await line(community, duty)
    assert (found["checked"], found["missed"], found["streak"]) == (1, 1, 0)
    assert (found["last_turn"], found["last_missed"]) == ("2027-01-10", "2027-01-17")
    view = await community.read(f"/duties/{duty}")
    assert [one["what"] for one in view["notes"]] == ["check-in-missed", "checked-in"]
    assert view["notes"][1]["words"] == "走访了三户。"


async def test_two_timers_side_by_side_note_each_turn_once(community: Community) -> None:
    await assign(community)
    await assign(community, cadence="shifts", pattern=NIGHTS)
    async with projecting(community.service):
        moment = start_of("2027-03-01")
        await asyncio.gather(*(note_no_check_in(community.service, moment) for _ in range(4)))
    async with community.service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 10_000)
    assert [row["type"] for row in rows].count("check-in-missed") == 8 + 8


async def test_what_a_holder_says_is_sealed(community: Community, service: Volunteers) -> None:
    duty = await assign(community)
    community.on("2027-01-06")
    await community.done(f"/duties/{duty}/issues", {"words": "紫藤楼道堆物"}, **CADRE)
    async with service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 100)
    assert all("紫藤".encode() not in bytes(row["payload"]) for row in rows)
    unknown = {"words": "已上报", "case": str(uuid4())}
    path = f"/duties/{duty}/issues"
    refused(await community.post(path, unknown, **CADRE), 422, "no_such_case")


async def test_a_post_is_its_holders_own_and_nobody_elses(community: Community) -> None:
    duty = await assign(community)
    other = {**CADRE, "sub": str(uuid4())}
    path = f"/duties/{duty}/check-in"
    refused(await community.post(path, {}, **other), 404, "no_such_duty")
    refused(await community.post(path, {}, **RESIDENT), 404, "no_such_duty")
    assert (await community.read("/duties", actor=other))["mine"] == []
    mine = await community.read("/duties", actor=CADRE)
    assert [one["id"] for one in mine["mine"]] == [duty]
    assert (mine["items"], mine["may_assign"]) == ([], False)
    far = {"sub": "secretary-9", "roles": ("party_secretary",), "territory": "d/s2"}
    assert (await community.read("/duties", actor=far))["items"] == []
    refused(await community.post(path, {}, **far), 404, "no_such_duty")


async def test_the_holder_is_not_their_own_scorer(community: Community) -> None:
    duty = await assign(community)
    form = {"track": "masses", "period": "2027-Q1", "score": 100}
    own = {"sub": str(ZHANG), "roles": ("party_secretary",)}
    answer = await community.post(f"/duties/{duty}/score", form, version=1, **own)
    refused(answer, 403, "score_by_holder")
    await community.done(f"/duties/{duty}/score", {**form, "score": 91}, version=1)
    seen = await community.read(f"/duties/{duty}", actor=CADRE)
    assert seen["assessments"] == [], "not before it is published"
    await community.done(f"/duties/{duty}/score", {**form, "track": "performance", "score": 87},
                         version=2)  # fmt: skip
    await community.done(f"/duties/{duty}/publish", {"period": "2027-Q1"}, version=3)
    [seen] = (await community.read(f"/duties/{duty}", actor=CADRE))["assessments"]
    assert (seen["performance"], seen["masses"]) == (87, 91)


async def test_a_shift_that_was_served_puts_its_hours_on_record(
    community: Community, service: Volunteers
) -> None:
    pattern = {**NIGHTS, "first": "2026-11-03", "last": "2026-11-20"}
    duty = await assign(
        community, cadence="shifts", pattern=pattern, role="patrol", since="2026-11-01"
    )
    recorder = {"sub": "recorder-1", "roles": ("recorder",)}
    form = {"day": "2026-11-20", "minutes": 115, "late_reason": "paper_form"}
    await community.done(f"/duties/{duty}/served", form, **recorder)
    for one in service.reacting:
        await one.drain()
    await service.projector.drain()
    async with service.pool.acquire() as connection:
        [record] = await connection.fetch("select * from service_records")
        assert await refusals.of(connection) == []
    told = (record["person"], record["minutes"], record["service"], record["evidence"])
    assert told == (ZHANG, 115, "safety", "recorder")
    assert (record["recorder"], record["status"]) == ("recorder-1", "logged")
    found = await line(community, duty)
    assert (found["minutes"], found["checked"]) == (115, 1)
    view = await community.read(f"/duties/{duty}", actor=CADRE)
    assert [one["what"] for one in view["notes"]] == ["duty-shift-served", "checked-in"]


async def test_a_pledge_is_made_and_kept(community: Community) -> None:
    duty = await assign(community, role="pioneer")
    await community.done(f"/duties/{duty}/pledges", {"kind": "pay_first"}, **CADRE)
    refused(await community.post(f"/duties/{duty}/kept", {"pledge": 2}, **CADRE), 403)
    await community.done(f"/duties/{duty}/kept", {"pledge": 2})
    [note] = (await community.read(f"/duties/{duty}"))["notes"]
    assert (note["pledge"], note["kept"]) == ("pay_first", True)
    found = await line(community, duty)
    assert (found["pledges"], found["kept"]) == (1, 1)


async def test_a_post_that_ended_is_asked_after_no_more(community: Community) -> None:
    duty = await assign(community)
    community.on("2027-01-20")
    await community.done(f"/duties/{duty}/end", {"reason": "term_over"}, version=1)
    assert await community.night_after("2027-06-30") == 2
    found = await line(community, duty)
    assert (found["missed"], found["ended_on"]) == (2, "2027-01-20")


async def _weeks_of(community: Community, service: Volunteers, **figures: Any) -> list[str]:
    """Ten days ago a cadre of a place with rules of its own served twice, for 100 minutes each; the
    codes with which those hours were refused."""
    keeper = {"sub": "keeper", "roles": ("administrator",)}
    await community.done("/rules", rules("own", scope="d/s1", **figures), **keeper)
    since = today(-20).isoformat()
    form = {"day": today(-10).isoformat(), "minutes": 100}
    for _ in range(2):
        duty = await assign(community, since=since)
        await community.done(f"/duties/{duty}/served", form, sub="recorder-1", roles=("recorder",))
    for one in service.reacting:
        await one.drain()
    async with service.pool.acquire() as connection:
        return [one.code for one in await refusals.of(connection)]


async def test_hours_of_a_shift_are_held_to_the_rules_of_their_place(
    community: Community, service: Volunteers
) -> None:
    assert await _weeks_of(community, service, late_days=60) == []
    await service.projector.drain()
    async with service.pool.acquire() as connection:
        assert len(await connection.fetch("select * from service_records")) == 2


async def test_hours_that_the_rules_of_their_place_do_not_take_are_listed(
    community: Community, service: Volunteers
) -> None:
    refusal = await _weeks_of(community, service, late_days=60, daily=150)
    assert refusal == ["day_overfull"]
