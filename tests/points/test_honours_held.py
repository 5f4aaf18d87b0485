"""Honours that are held: points, plaques from before, erasure, and the wall page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

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
    CAI,
    CHIEF,
    GRID,
    HOME,
    IMPORTER,
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
