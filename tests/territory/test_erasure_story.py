"""A person known to three services is erased: all answer, nothing of theirs can be read, and
nobody else is touched."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.service import opened as opened_grievance
from services.grievance.settings import Settings as GrievanceSettings
from services.territory.service import Territory
from services.territory.settings import Settings
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person as person_decider
from shared.core.person.stream import stream_of
from shared.ops.settings import Databases
from shared.runtime.commands.submission import Target, single
from shared.store import read, refused
from shared.testkit.databases import TestDatabase, TestServer
from tests.territory import keepsakes
from tests.territory.register import Register
from tests.territory.three import CLERK, Three, identity

pytestmark = pytest.mark.postgres

WORD, OTHERS = f"紫藤{uuid4().hex[:12]}", f"路灯{uuid4().hex[:12]}"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Those of the territory service, which waits for two others."""
    return settings.model_copy(update={"answering": ("grievance", "keepsakes")})


@pytest.fixture
async def three(
    service: Territory,
    server: TestServer,
    log_database: TestDatabase,
    key_database: TestDatabase,
    settings: Settings,
    tmp_path: Path,
) -> AsyncIterator[Three]:
    """The territory service of the register, and two others on databases of their own."""
    async with AsyncExitStack() as stack:
        made = [
            await stack.enter_async_context(server.database(template))
            for template in ("template_log", "template_keys") * 2
        ]
        cases = GrievanceSettings(
            grievance=Databases(dsn=made[0].service, keys_dsn=made[1].service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=settings.jwks_file,
        )
        yield Three(
            service,
            await stack.enter_async_context(opened_grievance(cases)),
            await stack.enter_async_context(keepsakes.opened(made[2], made[3])),
            [log_database, key_database, *made],
        )


async def _known_to_all(three: Three, register: Register, word: str, **told: Any) -> UUID:
    person = UUID(await register.add(name=f"王{word}", **told))
    await three.petition(person, word)
    await three.keepsakes.keep(person, f"{word}说谢谢")
    return person


async def test_a_person_known_to_three_services_is_erased_in_all(
    three: Three, register: Register
) -> None:
    person = await _known_to_all(three, register, WORD)
    other = await _known_to_all(three, register, OTHERS)
    before = await three.texts(other)
    assert len([text for text in await three.texts(person) if text and WORD in text]) == 5

    await register.done(str(person), "erasure", reason="own_request")
    view = await register.read(f"/residents/{person}/erasure")
    assert (view["complete"], view["completed_at"]) == (False, None)
    assert _answers(view) == {"territory": True, "grievance": False, "keepsakes": False}

    await three.told()
    await three.answered("grievance")
    view = await register.read(f"/residents/{person}/erasure")
    assert (view["complete"], _answers(view)["keepsakes"]) == (False, False)
    await three.answered("keepsakes")
    view = await register.read(f"/residents/{person}/erasure")
    assert view["complete"]
    assert all(_answers(view).values())
    assert view["completed_at"] is not None

    assert {*await three.texts(person)} == {None}
    assert await three.texts(other) == before
    assert None not in before
    assert await three.in_tables(WORD, OTHERS) == [], "in no form, before or after"
    assert await three.in_tables("wenhua-1"), "what is no secret is found"
    line = (await register.read(f"/residents/{other}"))["resident"]
    assert line["name"] == f"王{OTHERS}"
    answer = await register.get(f"/residents/{person}")
    assert answer.status_code == 404
    assert await register.ids() == {str(other)}


async def test_telling_it_again_changes_nothing(three: Three, register: Register) -> None:
    person = await _known_to_all(three, register, WORD)
    await register.done(str(person), "erasure", reason="own_request")
    for _ in range(2):
        await three.told()
        for service in ("grievance", "keepsakes"):
            await three.answered(service)
    async with three.territory.pool.acquire() as connection:
        rows = await read.page(connection, "territory", 0, 10_000)
        assert await refused.of(connection) == []
    kinds = [row["type"] for row in rows]
    assert (kinds.count("erasure-answered"), kinds.count("erasure-completed")) == (3, 1)


async def test_who_was_unknown_there_or_erased_there_before_has_an_answer_too(
    three: Three, register: Register
) -> None:
    person = UUID(await register.add(name=WORD))  # no case, no keepsake
    erase = EraseSubject(at=datetime.now(UTC), actor=CLERK, subject=person, reason="court_order")
    target = Target(person_decider, stream_of(person))
    await three.grievance.executor.execute(single(target, erase, identity()))
    await three.answered("grievance")
    missing = await register.get(f"/residents/{person}/erasure")
    assert missing.status_code == 404, "nobody asked for one here"
    assert (await register.read(f"/residents/{person}"))["resident"]["name"] == WORD

    await register.done(str(person), "erasure", reason="own_request")
    view = await register.read(f"/residents/{person}/erasure")
    assert _answers(view) == {"territory": True, "grievance": True, "keepsakes": False}
    await three.told()
    for service in ("grievance", "keepsakes"):
        await three.answered(service)
    assert (await register.read(f"/residents/{person}/erasure"))["complete"]
    async with three.grievance.pool.acquire() as connection:
        rows = await read.page(connection, "grievance", 0, 100)
        assert await refused.of(connection) == [], "a service that is told again refuses nothing"
    assert [row["type"] for row in rows] == ["subject-erased"]


async def test_who_was_registered_twice_is_erased_by_every_id(
    three: Three, register: Register
) -> None:
    kept = await _known_to_all(three, register, WORD)
    first = await _known_to_all(three, register, WORD, building="wenhua-2")
    second = await _known_to_all(three, register, WORD)
    await register.done(str(first), "merge", into=str(second))
    await register.done(str(second), "merge", into=str(kept))
    await register.done(str(kept), "erasure", reason="own_request")
    await three.told()
    await three.answered("grievance")
    assert not (await register.read(f"/residents/{kept}/erasure"))["complete"]
    await three.answered("keepsakes")
    for one in (kept, first, second):
        view = await register.read(f"/residents/{one}/erasure")
        assert view["complete"]
        assert view["id"] == str(kept)
        assert {line["id"] for line in view["subjects"]} == {str(kept), str(first), str(second)}
        assert {*await three.texts(one)} == {None}


def _answers(view: dict[str, Any]) -> dict[str, bool]:
    [subject] = view["subjects"]
    return {one["service"]: one["answered_at"] is not None for one in subject["services"]}
