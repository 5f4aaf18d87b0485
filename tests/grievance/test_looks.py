"""Whoever sees a case is on record, or sees nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from services.grievance.log import LOG, LOOK_LOG
from services.grievance.looking import noting
from services.grievance.looking.noting import Sight
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem
from shared.store import verify
from shared.store.pool import Connection, connect
from shared.testkit.databases import TestDatabase
from tests.grievance import seen
from tests.grievance.front_desk import CHIEF, CLERK, FrontDesk, refused
from tests.grievance.residents import OWN, Residents
from tests.grievance.seen import WAYS, Clock, Shop, on_record, told

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
SHUT = f"alter table event add constraint shut check (log <> '{LOOK_LOG}') not valid"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


@pytest.fixture
async def shop(desk: FrontDesk, residents: Residents, service: Grievance) -> Shop:
    return await seen.shop(desk, residents, service)


@pytest.fixture
async def owner(log_database: TestDatabase) -> AsyncIterator[Connection]:
    connection = await connect(log_database.owner)
    yield connection
    await connection.close()


@asynccontextmanager
async def held(database: TestDatabase, log: str) -> AsyncIterator[None]:
    """Somebody else appends to this log, and takes their time."""
    other = await connect(database.service)
    try:
        await other.execute("select pg_advisory_lock(hashtextextended($1, 0))", log)
        yield
    finally:
        await other.close()


async def test_every_way_to_see_a_case_is_on_record(shop: Shop) -> None:
    position = len(await on_record(shop.service))
    for name, (way, expected) in WAYS.items():
        answer = await way(shop)
        assert answer.status_code == 200, (name, answer.text)
        [one] = await on_record(shop.service, position)
        assert told(one) == expected, name
        assert seen.sees(one, shop.case_id), name
        position = one.position
    assert (await seen.ANSWER(shop)).status_code == 200


async def test_a_look_says_who_it_was_and_in_what_capacity(shop: Shop) -> None:
    await shop.read()
    await shop.own("/look")
    staff, petitioner = (await on_record(shop.service))[-2:]
    assert (staff.actor, staff.event.roles, staff.event.unit) == (
        CLERK["sub"], ("dispatcher",), None,
    )  # fmt: skip
    assert (staff.territory, staff.event.territory) == (OWN["territory"], OWN["territory"])
    assert petitioner.actor.startswith("anonymous:")


@pytest.mark.parametrize("name", [*WAYS, "answer"])
async def test_nothing_is_shown_when_the_access_log_cannot_be_written(
    shop: Shop, owner: Connection, name: str
) -> None:
    before = await on_record(shop.service)
    await owner.execute(SHUT)
    answer = await (WAYS[name][0] if name in WAYS else seen.ANSWER)(shop)
    refused(answer, 503, "look_not_recorded")
    for word in ("路灯", "灯泡", OWN["phone"], OWN["name"], "lamps", shop.case_id):
        assert word not in answer.text
    assert await on_record(shop.service) == before


async def test_a_list_without_words_is_no_look(shop: Shop) -> None:
    await shop.desk.register()
    await shop.desk.read("/desk")
    await shop.read("/chain")
    assert await on_record(shop.service) == []


async def test_what_nobody_may_see_is_no_look(shop: Shop) -> None:
    stranger = {"sub": "x", "roles": ("supervisor",), "territory": "d/s2"}
    refused(await shop.read(actor=stranger), 404)
    refused(await shop.residents.post(f"/{shop.slip['number']}/look", {"code": "2222-2222"}), 404)
    assert await on_record(shop.service) == []


async def test_the_logs_do_not_wait_for_each_other(
    shop: Shop, log_database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "PATIENCE", 0.5)
    async with held(log_database, LOG):
        assert (await shop.read()).status_code == 200
    async with held(log_database, LOOK_LOG):
        assert (await shop.desk.step(shop.case_id, "callback", 5)).status_code == 200
        refused(await shop.read(actor=CHIEF), 503, "look_not_recorded")


async def test_the_same_look_within_a_minute_is_one(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(NOON)
    monkeypatch.setattr(noting, "datetime", clock)
    for second in (0, 30, 59):
        clock.moment = NOON + timedelta(seconds=second)
        for path in ("", "/notices", "/timeline", "/photos/1"):
            assert (await shop.read(path)).status_code == 200
    assert [one.event.shown for one in await on_record(shop.service)] == ["case", "photo"]
    clock.moment = NOON + timedelta(seconds=60)
    await shop.read()
    await shop.read(actor=CHIEF)
    looks = await on_record(shop.service)
    assert [one.actor for one in looks[2:]] == [CLERK["sub"], CHIEF["sub"]]


async def test_a_lesser_look_never_stands_for_a_greater_one(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes with fewer roles sees less; with more of them, in the same minute, more."""
    monkeypatch.setattr(noting, "datetime", Clock(NOON))
    await shop.read("/notices", actor=CHIEF)
    await shop.read(actor=CHIEF)
    await shop.read(actor={**CHIEF, "roles": ("supervisor", "dispatcher")})
    looks = [(one.event.shown, one.event.fields) for one in await on_record(shop.service)]
    assert looks == [("notices", ()), ("case", ()), ("case", seen.CONTACT)]


async def test_a_look_that_somebody_altered_is_found(shop: Shop, owner: Connection) -> None:
    for actor in ("one", "two", "three"):
        await shop.read(actor={**CLERK, "sub": actor})
    [whole] = [last async for last in verify.verify(owner, LOOK_LOG)]
    assert (whole.position, whole.broken) == (3, None)
    touch = "update event set actor = 'nobody' where log = $1 and position = 2"
    await owner.execute(touch, LOOK_LOG)
    *_, found = [last async for last in verify.verify(owner, LOOK_LOG)]
    assert found.broken is not None
    assert found.broken.position == 2
    *_, cases = [last async for last in verify.verify(owner, LOG)]
    assert cases.broken is None


async def test_what_is_handed_out_is_on_record_or_stays(shop: Shop, owner: Connection) -> None:
    auditor = Actor(id="auditor-1", roles=frozenset({"auditor"}), territory="d")
    sight = Sight(UUID(shop.case_id), "d/s1/c1", "case", fields=("name",))
    for redacted in (True, False):
        await shop.service.looks.exported(auditor, sight, redacted=redacted)
    looks = await on_record(shop.service)
    assert [told(one) for one in looks] == [("evidence-exported", None, None, ("name",))] * 2
    assert [one.event.redacted for one in looks] == [True, False]
    await owner.execute(SHUT)
    with pytest.raises(Problem, match="look_not_recorded"):
        await shop.service.looks.exported(auditor, sight, redacted=True)
