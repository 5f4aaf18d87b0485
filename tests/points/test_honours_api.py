"""Honours over HTTP: nominated, on public notice, objected to, granted, on the wall."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from services.points.service import PointsService
from tests.points.honour_office import (
    ANN,
    BOB,
    BUILDING,
    CAI,
    CHIEF,
    ELSEWHERE,
    GRID,
    HOME,
    OTHER,
    REVIEWER,
    SECRETARY,
    HonourOffice,
    at_once,
    own,
    refused,
    today,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def office(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> HonourOffice:
    made = HonourOffice(client, headers, service)
    await made.draw()
    return made


async def test_an_honour_from_the_nomination_to_the_wall(office: HonourOffice) -> None:
    one = await office.nominate(words="十年如一日照顾邻居")
    [waits] = (await office.read("/honours", CHIEF))["items"]
    assert (waits["state"], waits["title"], waits["name"]) == ("nominated", "最美志愿者", "王安")
    assert (await office.step(one, "publicise", REVIEWER)).status_code == 200
    [noticed] = (await office.read("/honours", CHIEF, state="noticed"))["items"]
    assert noticed["notice_until"] > today(4).isoformat()
    refused(await office.step(one, "grant", CHIEF), 409, "notice_still_running")
    assert (await office.read("/honour-wall"))["items"] == []
    await office.grant_later(one)
    assert (await office.read("/honours", CHIEF))["items"] == []
    wall = await office.read("/honour-wall", own(CAI))
    [line] = wall["items"]
    assert (line["name"], line["kind"], line["year"]) == ("王安", "person", today().year)
    assert [(kind["code"], kind["held"]) for kind in wall["kinds"]] == [("best_volunteer", 1)]
    assert wall["years"] == [{"year": today().year, "held": 1}]


async def test_a_stranger_reads_no_full_name_and_no_id_of_a_person(office: HonourOffice) -> None:
    await office.rule(at_once())
    await office.granted()
    await office.granted("ten_star_household", name="王家", person=str(BOB))
    answer = await office.get("/honour-wall")
    assert {line["name"] for line in answer.json()["items"]} == {"王*"}
    assert {line["holder"] for line in answer.json()["items"]} == {None}
    for told in (str(ANN), str(BOB), "王安", "王家"):
        assert told not in answer.text


async def test_the_public_notice_is_for_everybody_and_anybody_known_may_object(
    office: HonourOffice,
) -> None:
    one = await office.nominate()
    assert (await office.read("/honour-notices"))["items"] == []
    said = {"words": "他去年不在本地"}
    refused(await office.post(f"/honours/{one}/object", said, own(CAI)), 404, "no_such_notice")
    await office.step(one, "publicise", CHIEF)
    [line] = (await office.read("/honour-notices"))["items"]
    assert (line["name"], line["territory"], line["honour"]) == ("王*", HOME, one)
    nobody = await office.client.post(f"/honours/{one}/object", json=said)
    assert nobody.status_code == 401
    assert (await office.post(f"/honours/{one}/object", said, own(CAI))).status_code == 200
    [objection] = (await office.read(f"/honours/{one}", CHIEF))["objections"]
    assert (objection["state"], objection["words"]) == ("open", said["words"])
    [seen] = (await office.read(f"/honours/{one}", own(ANN)))["objections"]
    assert seen["words"] is None
    form = {"objection": objection["number"], "upheld": True, "words": "查实"}
    assert (await office.step(one, "answer", CHIEF, **form)).status_code == 200
    [line] = (await office.read("/honours", CHIEF, state="upheld"))["items"]
    assert line["open_objections"] == 0
    declined = await office.step(one, "decline", CHIEF, reason="objection_upheld")
    assert declined.status_code == 200
    assert (await office.read("/honour-notices"))["items"] == []


async def test_of_many_nominations_at_once_one_is_taken(office: HonourOffice) -> None:
    codes = {
        (await office.asked("best_volunteer", by)).status_code
        for by in (GRID, SECRETARY, CHIEF, own(ANN))
    }
    assert codes == {201, 409}
    assert len((await office.read("/honours", CHIEF))["items"]) == 1


async def test_a_household_is_honoured_once_whoever_stands_for_it(office: HonourOffice) -> None:
    await office.nominate("ten_star_household", person=str(ANN), name="王家")
    again = await office.asked("ten_star_household", GRID, person=str(BOB), name="王家")
    refused(again, 409, "honour_nominated")
    alone = await office.asked("ten_star_household", GRID, person=str(CAI), name="蔡家")
    refused(alone, 422, "no_household")


async def test_buildings_and_communities_are_honoured_by_their_place(office: HonourOffice) -> None:
    await office.rule(at_once())
    await office.granted("civilised_building", territory=BUILDING)
    await office.granted("model_community", by=SECRETARY, territory=HOME)
    wall = await office.read("/honour-wall", territory="d/s1")
    assert {(line["holder"], line["territory"]) for line in wall["items"]} == {
        (BUILDING, HOME), (HOME, HOME),
    }  # fmt: skip
    assert (await office.read("/honour-wall", territory=OTHER))["items"] == []
    wrong = await office.asked("civilised_building", GRID, territory=HOME)
    refused(wrong, 422, "not_such_a_holder")
    refused(await office.asked("civilised_building", GRID, person=str(ANN), name="王安"),
            422, "territory_missing")  # fmt: skip


async def test_who_is_nominated_is_on_the_register_and_named(office: HonourOffice) -> None:
    stranger = str(uuid4())
    refused(await office.asked("best_volunteer", GRID, person=stranger, name="某"),
            422, "unknown_person")  # fmt: skip
    refused(await office.asked("best_volunteer", GRID, person=str(ANN)), 422, "name_missing")
    refused(await office.asked("best_volunteer", GRID, territory=HOME), 422, "nominee_missing")
    refused(await office.asked("best_cook", GRID), 422, "no_such_honour_kind")


async def test_nobody_sees_or_judges_what_is_not_theirs(office: HonourOffice) -> None:
    one = await office.nominate()
    refused(await office.get(f"/honours/{one}", own(BOB)), 404, "no_such_honour")
    refused(await office.get(f"/honours/{one}", ELSEWHERE), 404, "no_such_honour")
    refused(await office.get(f"/honours/{uuid4()}", CHIEF), 404, "no_such_honour")
    refused(await office.step(one, "publicise", own(ANN)), 403, "role_missing")
    refused(await office.step(one, "publicise", ELSEWHERE), 404, "no_such_honour")
    refused(await office.asked("best_volunteer", own(BOB)), 403, "not_your_own")
    refused(await office.asked("best_volunteer", ELSEWHERE), 403, "outside_territory")
    assert (await office.read("/honours", ELSEWHERE))["items"] == []
    [mine] = (await office.read("/honours", own(ANN)))["items"]
    assert (mine["honour"], mine["name"]) == (one, "王安")
    assert (await office.read("/honours", own(BOB)))["items"] == []


async def test_the_steps_shown_are_those_that_would_be_taken(office: HonourOffice) -> None:
    one = await office.nominate(by=SECRETARY)
    for by in (CHIEF, SECRETARY, REVIEWER):
        assert (await office.read(f"/honours/{one}", by))["steps"] == ["publicise", "decline"]
    assert (await office.read(f"/honours/{one}", own(ANN)))["steps"] == []
    await office.rule(at_once())
    soon = await office.nominate(by=SECRETARY, person=str(BOB), name="鲍")
    for by, steps in ((CHIEF, True), (SECRETARY, False), (REVIEWER, False)):
        told = (await office.read(f"/honours/{soon}", by))["steps"]
        assert ("grant" in told) is steps
        assert (await office.step(soon, "grant", by)).is_success is steps
