"""An activity over HTTP: planned, signed up for, come to, held; and the hours of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.volunteer.club import ANN, BOB, CAI, DAN, HERE, LEADER, Clock, Club, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
SOON = datetime.now(UTC) + timedelta(days=2)


async def test_places_code_hours_from_plan_to_record(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.open(ANN, BOB, CAI)
    clock = Clock(monkeypatch)
    now = clock.moment
    starts = now - timedelta(minutes=90)
    clock.moment = now - timedelta(hours=3)
    one = f"/activities/{await club.plan(starts, capacity=2, campaign='清河')}"
    for person in (ANN, BOB, CAI):
        await club.done(f"{one}/sign-up", {}, self_(person))
    assert (await club.read(one, self_(CAI)))["activity"]["mine"] == "waiting"
    await club.done(f"{one}/withdraw", {}, self_(BOB))
    seen = (await club.read(one, self_(CAI)))["activity"]
    assert (seen["mine"], seen["signed"], seen["waiting"], seen["free"]) == ("signed_up", 2, 0, 0)

    clock.moment = starts + timedelta(minutes=3)
    assert await club.refused(f"{one}/sign-in", {}, self_(ANN)) == "site_code_missing"
    code = (await club.read(f"{one}/code", LEADER))["code"]
    await club.done(f"{one}/sign-in", {"code": code}, self_(ANN))
    clock.moment = starts + timedelta(minutes=58)
    await club.done(f"{one}/sign-out", {}, self_(ANN))
    clock.moment = now
    result = {"served": 40, "rubbish_kg": 2_500, "words": "两车"}
    await club.done(f"{one}/hold", result, LEADER)

    [record] = await club.records()
    assert (record["person"], record["minutes"], record["evidence"]) == (ANN, 55, "site_code")
    assert (record["status"], record["recorder"]) == ("logged", "leader")
    assert record["activity"] == UUID(one.rpartition("/")[2])
    sheet = (await club.read(one, LEADER))["sheet"]
    assert [(line["name"], line["no_show"]) for line in sheet if line["person"] == str(CAI)] == [
        ("测试人", True)
    ]
    [effect] = (await club.read("/campaign-effects", self_(ANN)))["items"]
    assert (effect["campaign"], effect["rubbish_kg"], effect["came"]) == ("清河", 2_500, 1)
    assert await club.refused(f"{one}/hold", {}, LEADER) == "activity_is_held"


async def test_ten_who_sign_up_at_once_get_three_places(club: Club) -> None:
    many = [UUID(int=number) for number in range(1, 11)]
    await club.open(*many)
    one = f"/activities/{await club.plan(SOON, capacity=3)}"
    asked = [
        club.client.post(f"{one}/sign-up", json={}, headers=club.headers(**self_(person)))
        for person in many
    ]
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {200}
    await club.service.projector.drain()
    seen = (await club.read(one, LEADER))["activity"]
    assert (seen["signed"], seen["waiting"], seen["free"]) == (3, 7, 0)


async def test_guessing_the_code_is_ended_soon(club: Club) -> None:
    await club.open(ANN, BOB)
    now = datetime.now(UTC)
    one = f"/activities/{await club.plan(now - timedelta(minutes=5))}"
    code = (await club.read(f"{one}/code", LEADER))["code"]
    wrong = {"code": f"{(int(code) + 7) % 1_000_000:06}"}
    told = [await club.refused(f"{one}/sign-in", wrong, self_(ANN)) for _ in range(6)]
    assert told == ["wrong_site_code"] * 5 + ["too_many_codes"]
    assert await club.refused(f"{one}/sign-in", {"code": code}, self_(ANN)) == "too_many_codes"
    await club.done(f"{one}/sign-in", {"code": code}, self_(BOB))


async def test_a_code_is_no_good_for_an_hour_ago(club: Club) -> None:
    await club.open(ANN)
    now = datetime.now(UTC)
    one = f"/activities/{await club.plan(now - timedelta(minutes=50))}"
    code = (await club.read(f"{one}/code", LEADER))["code"]
    early = {"occurred_at": (now - timedelta(minutes=49)).isoformat(), "late_reason": "field_work"}
    told = await club.refused(f"{one}/sign-in", {"code": code, **early}, self_(ANN))
    assert told == "code_is_for_now"


async def test_nobody_is_at_two_places_at_once(club: Club) -> None:
    await club.open(ANN)
    first, second = [f"/activities/{await club.plan(SOON)}" for _ in range(2)]
    later = f"/activities/{await club.plan(SOON + timedelta(hours=1))}"
    await club.done(f"{first}/sign-up", {}, self_(ANN))
    assert await club.refused(f"{second}/sign-up", {}, self_(ANN)) == "signed_up_elsewhere"
    await club.done(f"{later}/sign-up", {}, self_(ANN))
    await club.done(f"{first}/withdraw", {}, self_(ANN))
    await club.done(f"{second}/sign-up", {}, self_(ANN))


async def test_nobody_signs_up_or_in_for_another(club: Club) -> None:
    await club.open(ANN, BOB)
    one = f"/activities/{await club.plan(SOON)}"
    assert await club.refused(f"{one}/sign-up", {"person": str(BOB)}, self_(ANN)) == "not_your_own"
    assert await club.refused(f"{one}/sign-up", {}, self_(DAN)) == "not_a_volunteer"
    assert (await club.read(one, self_(ANN)))["sheet"] == []
    elsewhere = {**LEADER, "territory": "d/s2"}
    assert (await club.read(one, elsewhere))["sheet"] == []
    assert await club.refused(f"{one}/cancel", {"reason": "weather"}, elsewhere) == (
        "outside_territory"
    )
    got = await club.client.get(f"{one}/code", headers=club.headers(**self_(ANN)))
    assert got.status_code == 403


async def test_who_may_not_ask_for_another_is_not_told_who_is_a_volunteer(club: Club) -> None:
    await club.open(ANN, BOB)
    one = f"/activities/{await club.plan(SOON)}"
    elsewhere = {**LEADER, "territory": "d/s2"}
    for person in (str(BOB), str(DAN)):  # Dan is none
        for step in ({"person": person}, {"person": person, "code": "000000"}):
            verb = "sign-in" if "code" in step else "sign-up"
            assert await club.refused(f"{one}/{verb}", step, self_(ANN)) == "not_your_own"
            assert await club.refused(f"{one}/{verb}", step, elsewhere) == "outside_territory"
        sheet = {"marks": [{"person": person, "attended": "came"}]}
        assert await club.refused(f"{one}/attendance", sheet, self_(ANN)) == "role_missing"


async def test_the_calendar_goes_on_page_by_page(club: Club) -> None:
    await club.open(ANN)
    made = [await club.plan(SOON + timedelta(hours=hour)) for hour in (3, 1, 2)]
    await club.done(f"/activities/{made[1]}/sign-up", {}, self_(ANN))
    first = await club.read("/activities", self_(ANN), limit=2, territory=HERE)
    rest = await club.read("/activities", self_(ANN), limit=2, after=first["next"])
    seen = [one["activity_id"] for one in (*first["items"], *rest["items"])]
    assert seen == [made[1], made[2], made[0]]
    assert rest["next"] is None
    mine = await club.read("/activities", self_(ANN), mine=True)
    assert [one["activity_id"] for one in mine["items"]] == [made[1]]
    past = await club.read("/activities", self_(ANN), until="2020-01-01", **{"from": "2019-01-01"})
    assert past["items"] == []
