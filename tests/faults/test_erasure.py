"""What people write is nowhere on the disk: not before they are erased, and not afterwards."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import SystemRandom
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from deploy.local.placement import Placement
from tests.faults import proofs, traces
from tests.faults.house import DISTRICT, House

pytestmark = [pytest.mark.postgres, pytest.mark.faults]

UNIT = "repairs"
WORD = f"紫藤{uuid4().hex[:12]}"
DIGITS = "1" + "".join(SystemRandom().choice("23456789") for _ in range(13))
OPEN = f"路灯{uuid4().hex[:12]}"
PERSONAL = {
    "subject": f"{WORD}家门口路灯不亮",
    "details": f"住户{WORD}说，门口的路灯坏了两周。",
    "name": f"王{WORD}",
    "phone": DIGITS,
    "address": f"{WORD}小区三单元",
}
STEPS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("accept", {}),
    ("dispatch", {"unit": UNIT}),
    ("sign", {}),
    ("reply", {"reply": f"已为{WORD}修好。"}),
    ("callback", {"contacted": True, "resolved": True, "satisfied": False,
                  "words": f"{WORD}说修得慢。"}),
    ("close", {"outcome": "solved"}),
    ("reopen", {"reason": f"{WORD}说又坏了。"}),
)  # fmt: skip
TEXTS = {*PERSONAL, "reply", "words"}


class Desk:
    """A clerk and a handling unit over HTTP."""

    def __init__(self, house: House) -> None:
        clerk = house.token("clerk-1", ["dispatcher", "callback_agent", "supervisor"])
        unit = house.token("unit-1", ["handling_unit"], UNIT)
        self._tokens = {"sign": unit, "reply": unit, "": clerk}
        self.client = httpx.Client(base_url=house.url, timeout=30)

    def post(self, path: str, body: object, version: int | None = None) -> httpx.Response:
        """One command under a key of its own."""
        headers = {"idempotency-key": uuid4().hex} | self._bearer(path.rpartition("/")[2])
        if version is not None:
            headers["if-match"] = f'"{version}"'
        return self.client.post(path, json=body, headers=headers)

    def get(self, path: str, **wanted: Any) -> Any:
        """What the clerk reads. Raises HTTPStatusError."""
        response = self.client.get(path, params=wanted, headers=self._bearer())
        return response.raise_for_status().json()

    def _bearer(self, verb: str = "") -> dict[str, str]:
        token = self._tokens.get(verb, self._tokens[""])
        return {"authorization": f"Bearer {token}"}


@pytest.fixture
def desk(house: House) -> Iterator[Desk]:
    """The desk of the house."""
    made = Desk(house)
    with made.client:
        yield made


async def test_an_erased_persons_words_are_nowhere_and_never_were(house: House, desk: Desk) -> None:
    case_id = _handled(house, desk)
    read = desk.get(f"/cases/{case_id}")
    assert _told(read).keys() >= TEXTS
    assert WORD in str(_told(read))
    _refused(house, desk)
    await _nothing_is_on_the_disk(house)

    erased = desk.post(f"/persons/{read['petitioner']}/erasure", {"reason": "own_request"})
    assert erased.status_code == httpx.codes.OK, erased.text
    _is_unreadable(desk, case_id, erased.json()["position"])
    _is_not_taken_on_again(house, desk, case_id, read["petitioner"])
    await _nothing_is_on_the_disk(house)
    connection = await asyncpg.connect(house.postgres.dsn("grievance"))
    await proofs.the_chain_holds(connection)
    await connection.close()


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
def test_a_trace_is_found_in_every_form(tmp_path: Path, before: bytes) -> None:
    for form in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape"):
        (tmp_path / form).write_bytes(before + f"说{WORD}说".encode(form))
    (tmp_path / "base64").write_bytes(urlsafe_b64encode(before + f"说{WORD}说".encode()))
    (tmp_path / "hexadecimal").write_bytes(before + f"说{WORD}说".encode().hex().encode())
    found = {line.split()[0] for line in traces.in_files([tmp_path], [WORD])}
    assert found == {path.name for path in tmp_path.iterdir()}


def _handled(house: House, desk: Desk) -> str:
    """A case that has been through every step at which somebody writes something."""
    petition = {"territory": DISTRICT, "category": OPEN, **PERSONAL}
    answer = desk.post("/cases", petition)
    assert answer.status_code == httpx.codes.CREATED, answer.text
    case_id, position = answer.json()["id"], 0
    for version, (verb, form) in enumerate(STEPS, start=1):
        answer = desk.post(f"/cases/{case_id}/{verb}", form, version)
        assert answer.status_code == httpx.codes.OK, answer.text
        position = answer.json()["position"]
    [line] = desk.get("/cases", min_position=position)["items"]
    assert line["subject"] == PERSONAL["subject"]
    return str(case_id)


def _refused(house: House, desk: Desk) -> None:
    """Requests that are turned down carry words too, and must leave them nowhere either."""
    petition = {"territory": DISTRICT, **PERSONAL}
    for wrong in ({"phone": WORD}, {"territory": WORD}, {"name": {"first": WORD}}, {WORD: WORD}):
        assert desk.post("/cases", petition | wrong).is_client_error
    assert desk.post("/cases", [WORD]).is_client_error


def _told(case: Any) -> dict[str, Any]:
    return {name: value for line in case["history"] for name, value in line["data"].items()}


def _is_unreadable(desk: Desk, case_id: str, position: int) -> None:
    case = desk.get(f"/cases/{case_id}")
    assert {name: value for name, value in _told(case).items() if name in TEXTS | {"reason"}} == (
        dict.fromkeys(TEXTS | {"reason"})
    )
    [line] = desk.get("/cases", min_position=position)["items"]
    assert (line["id"], line["subject"], line["category"]) == (case_id, None, OPEN)
    assert not {text for text in (WORD, DIGITS) if text in str(case) + str(line)}


def _is_not_taken_on_again(house: House, desk: Desk, case_id: str, person: str) -> None:
    again = desk.post("/cases", {"territory": DISTRICT, **PERSONAL, "person": person})
    reopened = len(STEPS) + 1
    declined = desk.post(f"/cases/{case_id}/dispatch", {"unit": UNIT}, reopened)
    assert declined.status_code == httpx.codes.OK, "a case goes on without its petitioner's words"
    desk.post(f"/cases/{case_id}/sign", {}, reopened + 1)
    replied = desk.post(f"/cases/{case_id}/reply", {"reply": WORD}, reopened + 2)
    for answer in (again, replied):
        assert (answer.status_code, answer.json()["code"]) == (409, "person_erased")


async def _nothing_is_on_the_disk(house: House) -> None:
    connection = await asyncpg.connect(house.postgres.dsn("postgres"))
    await connection.execute("checkpoint")
    await connection.close()
    place = Placement.of(house.home.path)
    assert place is not None
    folders = [house.home.path, place.data]
    assert traces.in_files(folders, [OPEN]), "what is no secret is not found: nothing was shown"
    assert traces.in_files(folders, [WORD, DIGITS]) == []
    for database in ("grievance", "grievance_keys"):
        assert await traces.in_tables(house.postgres.dsn(database), [WORD, DIGITS]) == []
    assert await traces.in_tables(house.postgres.dsn("grievance"), [OPEN])
