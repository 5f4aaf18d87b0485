"""Honours over HTTP: nominated, on public notice, objected to, granted, on the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest

from services.points.account.decider import account
from services.points.account.state import Account
from services.points.account.stream import account_of
from services.points.honouring.file import opened
from services.points.service import PointsService
from shared.core.messages import Actor
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.runtime.commands.submission import Target
from shared.store import read
from tests.points.honour_office import (
    ANN,
    BOB,
    BUILDING,
    CAI,
    CHIEF,
    ELSEWHERE,
    GRID,
    HOME,
    IMPORTER,
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
PLAQUE = {
    "kind": "community", "territory": HOME, "title": "省级文明社区", "level": "province",
    "title_en": "Civilised community of the province", "day": "2019-08-30", "source": "牌匾",
}  # fmt: skip


@pytest.fixture
async def office(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> HonourOffice:
    made = HonourOffice(client, headers, service)
    await made.draw()
    return made


async def kept(office: HonourOffice, one: UUID) -> Account:
    """The account of this person, from its stream."""
    async with office.service.pool.acquire() as connection:
        rows = await read.stream(connection, account_of("person", one))
    return account.fold(read.decode(account.events, row).event for row in rows)


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


async def test_a_granted_honour_brings_points_and_a_withdrawn_one_takes_them_back(
    office: HonourOffice,
) -> None:
    await office.rule(at_once(points=50))
    one = await office.granted()
    assert (await kept(office, ANN)).free(today().isoformat()) == 50
    form = {"reason": "false_merits", "document": "街道〔2026〕8号"}
    assert (await office.step(one, "withdraw", CHIEF, **form)).status_code == 200
    assert (await kept(office, ANN)).free(today().isoformat()) == 0
    assert (await office.read("/honour-wall"))["items"] == []
    again = await office.granted()
    assert again == one
    assert (await kept(office, ANN)).free(today().isoformat()) == 50, "the second one counts anew"


async def test_where_the_rules_give_nothing_for_it_nobody_gets_points(office: HonourOffice) -> None:
    await office.rule(at_once())
    await office.granted()
    assert (await kept(office, ANN)).status == "new"


async def test_a_plaque_from_before_hangs_under_its_day_and_brings_no_points(
    office: HonourOffice,
) -> None:
    await office.rule(at_once(points=50))
    answer = await office.post("/honours/record", PLAQUE, IMPORTER)
    assert answer.status_code == 201, answer.text
    [line] = (await office.read("/honour-wall"))["items"]
    assert (line["since"], line["recorded"], line["code"]) == ("2019-08-30", True, "")
    file = await opened(office.service, UUID(answer.json()["id"]))
    assert file is not None
    assert {recorded.origin for recorded in file.history} == {"history"}
    refused(await office.post("/honours/record", PLAQUE, IMPORTER), 409, "honour_is_held")
    refused(await office.post("/honours/record", PLAQUE, GRID), 403, "role_missing")
    before = {**PLAQUE, "kind": "person", "person": str(ANN), "name": "王安"}
    assert (await office.post("/honours/record", before, IMPORTER)).status_code == 201
    assert (await kept(office, ANN)).status == "new"


async def test_who_is_erased_keeps_the_honour_without_a_name(office: HonourOffice) -> None:
    await office.rule(at_once())
    one = await office.granted(words="照顾邻居")
    actor = Actor(id="counter", roles=frozenset({"registrar"}), territory="d")
    told = await office.read(f"/honours/{one}", CHIEF)
    assert (told["words"], told["honour"]["name"]) == ("照顾邻居", "王安")
    erase = EraseSubject(at=datetime.now(UTC), actor=actor, subject=ANN, reason="own_request")
    await office.do(Target(person, stream_of(ANN)), erase)
    await office.service.eraser.catch_up()
    [line] = (await office.read("/honour-wall", own(CAI)))["items"]
    assert (line["honour"], line["name"]) == (one, None)
    told = await office.read(f"/honours/{one}", CHIEF)
    assert (told["words"], told["honour"]["name"]) == (None, None)


async def test_the_wall_is_read_page_by_page_and_by_what_one_looks_for(
    office: HonourOffice,
) -> None:
    for number in range(5):
        form = {**PLAQUE, "title": f"荣誉{number}", "day": f"201{number}-05-01"}
        await office.post("/honours/record", form, IMPORTER)
    await office.post("/honours/record", {**PLAQUE, "day": "2014-05-01"}, IMPORTER)
    seen, after = [], None
    while True:
        page = await office.read("/honour-wall", limit=2, **({"after": after} if after else {}))
        seen += [(line["since"], line["title"]) for line in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [
        ("2014-05-01", "省级文明社区"), *((f"201{n}-05-01", f"荣誉{n}") for n in range(4, -1, -1))
    ]  # fmt: skip
    of_2014 = await office.read("/honour-wall", year=2014, kind="community")
    assert len(of_2014["items"]) == 2
    assert (await office.read("/honour-wall", kind="person"))["items"] == []
    refused(await office.get("/honour-wall", after="yesterday"), 422, "invalid_request")
    refused(await office.get("/honour-wall", territory="d/x"), 422, "unknown_territory")


async def test_the_kinds_are_those_of_the_rules_in_force(office: HonourOffice) -> None:
    told = await office.read("/honour-kinds")
    assert (told["rules"], len(told["items"])) == ("2026.1", 5)
    await office.rule(at_once())
    told = await office.read("/honour-kinds", territory=HOME)
    assert {one["notice_days"] for one in told["items"]} == {0}
