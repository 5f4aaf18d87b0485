"""Hundreds of marks of a person, wherever something of theirs is taken: once they are erased none
can be found, in whatever is kept, sent, logged, exported or answered; other people's all stay."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import orjson
import pytest
from cryptography.exceptions import InvalidTag

from deploy.local.databases import SERVICES
from deploy.local.placement import Account, Placement, binaries
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.territory import TERRITORY
from shared.core.sealed import Sealed
from shared.runtime.commands.sealing import Sealer
from shared.store.key_store import KeyStore
from shared.store.pool import open_pool
from tests.faults import traces
from tests.faults.house import House
from tests.faults.markers import NUMBER, WALKS, WORD, Marked, Town
from tests.shared.toy.carried import everything

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(400)]

CASES = "/api/grievance/v1"
PLACES = "/api/territory/v1"
DATABASES = [name for service in SERVICES for name in service.databases]
KEYS = [name for name in DATABASES if name.endswith("_keys")]
MARKS = 200
WAIT = 60.0


@pytest.fixture
def town(house: House) -> Iterator[Town]:
    """Everybody there is, on a map."""
    made = Town(house)
    with made.client:
        made.draw()
        yield made


async def test_an_erased_persons_marks_are_nowhere_and_all_others_stay(
    house: House, town: Town, tmp_path: Path
) -> None:
    gone, *others = people = [Marked() for _ in range(3)]
    for one in people:
        await _planted(house, town, one, tmp_path)
    before = {one.word: _answers(town, one) for one in people}
    for one in people:
        assert one.count >= MARKS
        assert len(_marks(one, before[one.word])) >= MARKS, "they can be read"
    wrapped = {name: await _wrapped(house, name, gone) for name in KEYS}
    assert sum(map(len, wrapped.values())) == len(gone.subjects) + 1, "known to both services"

    _erase(town, gone)
    await _keys_are_gone(house, gone)
    house.kill_worker()  # files are cleared away when it starts
    _until(lambda: _files(house) == 2 * (2 + 10), "the files of the erased are removed")

    after = _answers(town, gone)
    assert _marks(gone, after) == set()
    assert set(after) == set(before[gone.word]), "nothing else has gone with them"
    for one in others:
        assert _marks(one, _answers(town, one)) == _marks(one, before[one.word])
    await _nowhere_in_plain(house)
    await _keys_have_left_the_files(house)
    for name, keys in wrapped.items():
        assert [file for key in keys for file in await _files_with(house, name, key)] == []
    await _no_key_opens(house, gone)
    _everything_is_proved(town, people)


async def _planted(house: House, town: Town, one: Marked, folder: Path) -> None:
    town.settle(one)
    for walk in WALKS:
        town.file(one, walk)
    town.ask(one)
    rejected = town.bring(one, folder)
    assert rejected.count("\n") >= 2, "a row of it was spoilt"
    assert not _marks(one, {"rejects": rejected.encode()})
    connection = await asyncpg.connect(house.postgres.dsn("grievance"))
    rows = await connection.fetch(
        "select stream_id, view->>'petitioner' petitioner from (select stream_id, "
        "convert_from(payload, 'utf8')::json view from event where type = 'petition-raised' "
        "order by position desc limit 2) last"
    )
    await connection.close()
    for row in rows:
        one.cases.append(str(row["stream_id"]))
        one.subjects.append(row["petitioner"])


def _answers(town: Town, one: Marked) -> dict[str, bytes]:
    """All that anybody is told of a person, by what was asked for."""
    wanted = [f"{PLACES}/residents", f"{PLACES}/residents/{one.resident}", f"{PLACES}/care",
              f"{CASES}/cases?limit=200", f"{CASES}/desk", f"{CASES}/outbox", f"{CASES}/contracts",
              f"{PLACES}/contracts", "/cases", "/desk"]  # fmt: skip
    for case in one.cases:
        told = town.client.get(f"{CASES}/cases/{case}", headers=town.headers("clerk")).json()
        shown = ["", "/timeline", "/notices", "/letter", "/photos/1", "/photos/2"]
        shown += [f"/files/{e['version']}/1" for e in told["history"] if e["data"].get("files")]
        wanted += [f"{CASES}/cases/{case}{more}" for more in shown]
        wanted += [f"/cases/{case}"]
    found = {path: town.client.get(path, headers=town.headers("clerk")).content for path in wanted}
    for number in range(1, one.count + 1, 9):
        path = f"{CASES}/cases?q={one.word}{number:04d}"
        found[path] = town.client.get(path, headers=town.headers("clerk")).content
    look = {"code": one.slip["code"]}
    found["look"] = town.send(f"{CASES}/petitions/{one.slip['number']}/look", look, "").content
    found["audit"] = town.linli("audit", "show", one.cases[0], "--json").encode()
    return found


def _marks(one: Marked, answers: dict[str, bytes]) -> set[bytes]:
    """Those of a person that are among these, whatever asked for them aside."""
    found: set[bytes] = set()
    for stem in one.stems:
        for answer in answers.values():
            found |= {*re.findall(stem.encode() + b"[0-9]{4}", answer)}
    return found


def _erase(town: Town, one: Marked) -> None:
    """By whoever may: the resident in the register, the others where they are known."""
    form = {"reason": "own_request"}
    resident, *known = one.subjects
    town.done(f"{PLACES}/residents/{resident}/erasure", form, "chief")
    for person in known:
        town.done(f"{CASES}/persons/{person}/erasure", form, "chief")

    def complete() -> bool:
        path = f"{PLACES}/residents/{resident}/erasure"
        answer = town.client.get(path, headers=town.headers("chief"))
        return answer.status_code == httpx.codes.OK and bool(answer.json()["complete"])

    _until(complete, "every service has answered")


def _until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def _files(house: House) -> int:
    """How many photos and papers are kept."""
    return sum(path.is_file() for path in house.home.files.rglob("*"))


async def _nowhere_in_plain(house: House) -> None:
    """No mark of anybody is in any file of this home, table, dump or topic: they are sealed."""
    stems = [WORD, NUMBER]
    connection = await asyncpg.connect(house.postgres.dsn("postgres"))
    await connection.execute("checkpoint")
    await connection.close()
    place = Placement.of(house.home.path)
    assert place is not None
    inside = place.data.is_relative_to(house.home.path)
    folders = [house.home.path] if inside else [house.home.path, place.data]
    assert traces.in_files(folders, stems) == []
    for name in DATABASES:
        assert await traces.in_tables(house.postgres.dsn(name), stems) == []
    shown = [(stem, form, raw) for stem in stems for form, raw in traces.forms(stem).items()]
    for content in (*(_dump(house, name) for name in DATABASES), await _topics(house)):
        assert [(stem, form) for stem, form, raw in shown if raw in content] == []


def _dump(house: House, name: str) -> bytes:
    program = binaries(Account.current()) / "pg_dump"
    done = subprocess.run(
        [program, "--inserts", house.postgres.dsn(name)], capture_output=True, check=True
    )
    return done.stdout


async def _topics(house: House) -> bytes:
    """Every record of every topic, as it lies there."""
    found = b""
    for source in (GRIEVANCE, TERRITORY):
        for record in await everything(house.broker.bootstrap, source.topic):
            told = b"".join(value for _, value in record.headers)
            found += (record.key or b"") + told + (record.value or b"")
    assert b"petition" in found
    return found


async def _wrapped(house: House, database: str, one: Marked) -> list[bytes]:
    """The keys of a person as a key store has them."""
    connection = await asyncpg.connect(house.postgres.dsn(database))
    rows = await connection.fetch(
        "select wrapped from subject_key where subject = any($1::uuid[]) and wrapped is not null",
        [UUID(subject) for subject in one.subjects],
    )
    await connection.close()
    return [row["wrapped"] for row in rows]


async def _keys_are_gone(house: House, one: Marked) -> None:
    async with asyncio.timeout(WAIT):
        while any([await _wrapped(house, name, one) for name in KEYS]):  # noqa: ASYNC110 - databases
            await asyncio.sleep(0.05)


async def _keys_have_left_the_files(house: House) -> None:
    async with asyncio.timeout(WAIT):
        while any([await _left(house, name) for name in KEYS]):  # noqa: ASYNC110 - databases
            await asyncio.sleep(0.05)


async def _left(house: House, database: str) -> int:
    connection = await asyncpg.connect(house.postgres.dsn(database))
    found: int = await connection.fetchval("select count(*) from subject_key where generation < 0")
    await connection.close()
    return found


async def _files_with(house: House, database: str, content: bytes) -> list[str]:
    """Which of a database's own files hold this, on disk after a checkpoint."""
    connection = await asyncpg.connect(house.postgres.dsn(database))
    await connection.execute("checkpoint")
    number = await connection.fetchval(
        "select oid from pg_database where datname = current_database()"
    )
    rows = await connection.fetch("select relfilenode::text, relname from pg_class")
    named: dict[str, str] = {number: name for number, name in rows}
    await connection.close()
    place = Placement.of(house.home.path)
    assert place is not None
    files = (place.data / "base" / str(number)).iterdir()
    return [named.get(file.name, file.name) for file in files if content in file.read_bytes()]


class Stolen:
    """A key store that answers with one key for everybody."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    async def find(self, subjects: Iterable[UUID]) -> dict[UUID, bytes | None]:
        """That one."""
        return dict.fromkeys(subjects, self._key)


async def _no_key_opens(house: House, one: Marked) -> None:
    """Whatever is left of keys opens nothing that was sealed for this person."""
    masters = [b64decode(house.home.master_key.read_bytes())]
    keys: set[bytes | None] = set()
    theirs: list[Sealed] = []
    for name in KEYS:
        pool = await open_pool(house.postgres.dsn(name))
        everybody = [row["subject"] for row in await pool.fetch("select subject from subject_key")]
        keys |= {*(await KeyStore(pool, lambda: masters).find(everybody)).values()} - {None}
        await pool.close()
        connection = await asyncpg.connect(house.postgres.dsn(name.removesuffix("_keys")))
        for row in await connection.fetch("select payload from event"):
            values = orjson.loads(row["payload"]).values()
            boxes = [
                Sealed(**value) for value in values if isinstance(value, dict) and "box" in value
            ]
            theirs += [box for box in boxes if str(box.subject) in one.subjects]
        await connection.close()
    assert len(theirs) >= MARKS
    for key in keys:
        sealer = Sealer(Stolen(key))  # type: ignore[arg-type]
        for box in theirs:
            with pytest.raises(InvalidTag):
                await sealer.open([box])
        await sealer.aclose()


def _everything_is_proved(town: Town, people: list[Marked]) -> None:
    assert json.loads(town.linli("verify", "--json"))["ok"] is True
    for case in (case for one in people for case in one.cases):
        chain = town.client.get(f"{CASES}/cases/{case}/chain", headers=town.headers("clerk"))
        assert chain.json()["ok"] is True, case
