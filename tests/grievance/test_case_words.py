"""The words of a case: kept as terms, gone with the person, the same after a rebuild."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.grievance.log import EVENTS, LOG
from services.grievance.projections.case_words import WORDED, case_words
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from shared.core.canonical import Facts
from shared.core.person.events import SubjectErased
from shared.core.person.stream import stream_of
from shared.runtime.commands.erasing import Eraser
from shared.runtime.projections.log_fed import LogFed
from shared.runtime.projections.projecting import Projector
from shared.runtime.projections.wording import Wording
from shared.store.append import Check, Decided, append
from shared.store.key_store import KeyStore
from shared.store.pool import open_pool
from tests.grievance.front_desk import CHIEF, FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def people(desk: FrontDesk, service: Grievance) -> dict[str, list[str]]:
    """The cases of three people, by the person."""
    cases: dict[str, list[str]] = {}
    for number in range(6):
        person = f"00000000-0000-4000-8000-00000000000{number % 3}"
        filed = await desk.file(person=person, subject=f"第{number}件路灯的事")
        cases.setdefault(person, []).append(filed["id"])
    await service.searched.drain()
    return cases


async def _rows(service: Grievance, schema: str = "read") -> list[tuple[Any, ...]]:
    async with service.pool.acquire() as connection:
        rows = await connection.fetch(f"select * from {schema}.case_words order by case_id")
    return [tuple(row) for row in rows]


async def _erase(desk: FrontDesk, service: Grievance, person: str) -> None:
    await service.projector.drain()
    headers = desk.headers(**CHIEF)
    path, form = f"/persons/{person}/erasure", {"reason": "own_request"}
    answer = await desk.client.post(path, json=form, headers=headers)
    assert answer.status_code == 200, answer.text


async def _rebuilt(service: Grievance) -> int:
    made = await LogFed(service.pool, LOG, EVENTS, case_words, service.wording).rebuild()
    return made.differences


async def test_a_row_holds_terms_and_no_text(desk: FrontDesk, service: Grievance) -> None:
    await desk.file()
    await service.searched.drain()
    [(_, _, month, terms)] = await _rows(service)
    assert month == (datetime.now(UTC) + timedelta(hours=8)).strftime("%Y-%m")
    expected = service.wording.terms("滨河市路灯不亮") | service.wording.terms(
        "三单元门口的路灯坏了两周。"
    )
    assert terms.split(" ") == sorted(expected)
    assert terms.isascii()


async def test_the_rows_go_with_the_person_and_are_those_of_a_rebuild(
    desk: FrontDesk, service: Grievance, people: dict[str, list[str]]
) -> None:
    gone, *others = people
    assert await _rebuilt(service) == 0
    assert len(await _rows(service, "read_old")) == 6
    await _erase(desk, service, gone)
    await service.searched.drain()
    left = {case_id for person in others for case_id in people[person]}
    for schema in ("read", "read_old"):
        assert {str(row[0]) for row in await _rows(service, schema)} == left, schema
    lived = await _rows(service)
    assert await _rebuilt(service) == 0
    assert await _rows(service) == lived


async def test_whoever_was_erased_before_anyone_looked_leaves_no_row(
    desk: FrontDesk, service: Grievance
) -> None:
    filed, other = await desk.file(), await desk.file()
    person = (await desk.read(f"/cases/{filed['id']}")).json()["petitioner"]
    await _erase(desk, service, person)
    await service.searched.drain()
    assert [str(row[0]) for row in await _rows(service)] == [other["id"]]
    assert await _rebuilt(service) == 0


async def test_rows_go_by_what_is_on_record_though_the_key_is_still_there(
    service: Grievance, settings: Settings, people: dict[str, list[str]]
) -> None:
    gone, *others = people
    key_pool = await open_pool(settings.grievance.keys_dsn)
    keys = KeyStore(key_pool, settings.masters)
    nobody = Eraser(service.pool, "elsewhere", keys)
    late = Wording(service.sealer, nobody, await keys.root(), WORDED)
    async with service.pool.acquire() as connection:
        await append(connection, LOG, [_erasure(UUID(gone))])
    runner = Projector(service.pool, LOG, EVENTS, (case_words,), late)
    await runner.drain()
    await runner.aclose()
    left = {case_id for person in others for case_id in people[person]}
    assert {str(row[0]) for row in await _rows(service)} == left
    assert (await LogFed(service.pool, LOG, EVENTS, case_words, late).rebuild()).differences == 0
    assert {str(row[0]) for row in await _rows(service)} == left
    assert (await keys.find([UUID(gone)]))[UUID(gone)], "the key was never asked"
    await key_pool.close()


def _erasure(person: UUID) -> Decided:
    stream = stream_of(person)
    event = SubjectErased(at=datetime.now(UTC), subject=person, territory="d", reason="own_request")
    facts = Facts(
        LOG, stream, 1, event.type, 1, "d", "clerk-1", person, person, None, "live", event.at,
        EVENTS.encode(event),
    )  # fmt: skip
    return Decided(person, b"erased", (Check(stream, 0),), (facts,))


async def test_a_corrected_filing_is_looked_for_in_its_true_month(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    answer = await desk.correct(filed["id"], 1, 1, {"occurred_at": "2025-12-31T17:00:00Z"})
    assert answer.status_code == 200, answer.text
    await desk.correct(filed["id"], 2, 1, {"category": "照明"})
    await service.searched.drain()
    assert [row[2] for row in await _rows(service)] == ["2026-01"]
    assert await _rebuilt(service) == 0


async def test_a_page_at_a_time_makes_the_same_rows(
    desk: FrontDesk, service: Grievance, people: dict[str, list[str]], monkeypatch: Any
) -> None:
    monkeypatch.setattr("shared.runtime.projections.projecting.PAGE", 2)
    lived = await _rows(service)
    async with service.pool.acquire() as connection:
        await connection.execute("delete from case_words")
        await connection.execute("delete from cursor where subscription = 'case_words'")
    again = Projector(service.pool, LOG, EVENTS, (case_words,), service.wording)
    await again.prepare()
    await again.drain()
    await again.aclose()
    assert await _rows(service) == lived
