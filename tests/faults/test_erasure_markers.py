"""Hundreds of marks of a person, wherever something of theirs is taken: once they are erased none
can be found, in whatever is kept, sent, logged, exported or answered; other people's all stay."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.faults import leftovers
from tests.faults.house import House
from tests.faults.markers import WALKS, Marked, Town

pytestmark = [pytest.mark.postgres, pytest.mark.faults, pytest.mark.timeout(400)]

CASES = "/api/grievance/v1"
PLACES = "/api/territory/v1"
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
        assert one.count >= leftovers.MARKS
        assert len(_marks(one, before[one.word])) >= leftovers.MARKS, "they can be read"
    wrapped = {name: await leftovers.wrapped(house, name, gone) for name in leftovers.KEYS}
    assert sum(map(len, wrapped.values())) == len(gone.subjects) + 1, "known to both services"

    _erase(town, gone)
    await leftovers.keys_are_gone(house, gone)
    house.kill_worker()  # files are cleared away when it starts
    _until(lambda: _files(house) == 2 * (2 + 10), "the files of the erased are removed")

    after = _answers(town, gone)
    assert _marks(gone, after) == set()
    assert set(after) == set(before[gone.word]), "nothing else has gone with them"
    for one in others:
        assert _marks(one, _answers(town, one)) == _marks(one, before[one.word])
    await leftovers.nowhere_in_plain(house)
    await leftovers.keys_have_left_the_files(house)
    for name, keys in wrapped.items():
        assert [file for key in keys for file in await leftovers.files_with(house, name, key)] == []
    await leftovers.no_key_opens(house, gone)
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


def _everything_is_proved(town: Town, people: list[Marked]) -> None:
    assert json.loads(town.linli("verify", "--json"))["ok"] is True
    for case in (case for one in people for case in one.cases):
        chain = town.client.get(f"{CASES}/cases/{case}/chain", headers=town.headers("clerk"))
        assert chain.json()["ok"] is True, case
