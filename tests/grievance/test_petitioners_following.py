"""A case as its petitioner follows it, answers its callback and asks for a new round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.petitioners import following, stepping
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.service import Grievance
from shared.contracts.known_units import KnownUnitRow, known_units
from shared.contracts.organisation import UnitDissolved, UnitFormed
from shared.contracts.territory import TERRITORY
from shared.core.envelope import Recorded
from shared.store import tables
from tests.grievance.front_desk import FORMS, FrontDesk, fresh_key, refused
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LIFE = ("accept", "dispatch", "sign", "reply")
ANSWER: dict[str, Any] = {"resolved": False, "satisfied": True, "words": "还没修好，139 1234 5678"}
SHOWN = {
    "number", "status", "place", "case_type", "subject", "unit", "outcome", "rounds", "due",
    "steps", "may", "reopens_until", "photos",
}  # fmt: skip


async def _case(desk: FrontDesk, service: Grievance) -> str:
    """The id of the one case on the register."""
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    return str(line["id"])


async def test_a_petition_is_followed_step_by_step(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _case(desk, service)
    first = await residents.look(slip)
    assert first.keys() == SHOWN
    assert (first["number"], first["status"], first["may"]) == (
        slip["number"],
        "filed",
        ["ask_withdrawal"],
    )
    assert (first["place"], first["subject"]) == (["d", "s1", "c1"], "三单元门口的路灯坏了两周")
    told = ["filed"]
    for version, (verb, status) in enumerate(
        zip(LIFE, ("accepted", "dispatched", "signed", "replied"), strict=True), start=1
    ):
        await desk.walk(case_id, verb, version=version)
        told.append(status)
        seen = await residents.look(slip)
        assert seen["status"] == status
        assert [step["step"] for step in seen["steps"]] == told
    assert seen["unit"] == seen["steps"][2]["unit"] == "lamps"
    assert seen["steps"][4]["reply"] == FORMS["reply"]["reply"]
    times = [datetime.fromisoformat(step["at"]) for step in seen["steps"]]
    assert times == sorted(times)


async def test_contact_details_and_the_words_of_others_are_never_shown(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file(subject="请打 139-1234 5678 或 a@b.cn 找我，房号1203")
    case_id = await _case(desk, service)
    await desk.walk(case_id, *LIFE, "callback", "close", "reopen")
    answer = await residents.post(f"/{slip['number']}/look", {"code": slip["code"]})
    private = ("测试人", "139", "某路1号", "三单元", "太慢", "灯又坏了", "lamp-1", "clerk")
    assert [word for word in (*private, case_id) if word in answer.text] == []
    assert answer.json()["subject"] == "请打 *** 或 *** 找我，房号1203"


async def test_a_declined_petition_tells_why(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file()
    await desk.walk(await _case(desk, service), "decline")
    seen = await residents.look(slip)
    assert (seen["status"], seen["may"]) == ("not_accepted", [])
    assert {k: seen["steps"][1][k] for k in ("reason", "explanation")} == FORMS["decline"]


async def test_number_and_code_are_read_as_they_are_meant(residents: Residents) -> None:
    slip = await residents.file()
    code = slip["code"].lower().replace("0", "o").replace("1", "l").replace("-", " ")
    number = slip["number"].replace("-", "")
    answer = await residents.post(f"/{number}/look", {"code": f" {code} "})
    assert answer.status_code == 200
    assert answer.json()["number"] == slip["number"]


async def test_a_unit_is_called_by_its_name_once_it_is_known(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file()
    await desk.walk(await _case(desk, service), "accept", "dispatch")
    assert (await residents.look(slip))["unit"] == "lamps"
    row = KnownUnitRow(UUID(int=1), "lamps", "路灯管理所")
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, known_units, {row.unit_id: row})
    seen = await residents.look(slip)
    assert seen["unit"] == seen["steps"][2]["unit"] == "路灯管理所"


async def test_a_correction_is_seen_in_place(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _case(desk, service)
    await desk.walk(case_id, "accept", "dispatch")
    assert (await desk.correct(case_id, 3, 3, {"unit": "parks"})).status_code == 200
    seen = await residents.look(slip)
    assert [step["step"] for step in seen["steps"]] == ["filed", "accepted", "dispatched"]
    assert seen["unit"] == seen["steps"][2]["unit"] == "parks"


async def test_the_petitioner_answers_the_callback_once_a_round(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _case(desk, service)
    early = await residents.take(slip, "callback", **ANSWER)
    refused(early, 409, "case_is_filed")
    await desk.walk(case_id, *LIFE)
    assert (await residents.look(slip))["may"] == ["answer_callback", "ask_withdrawal"]
    key = fresh_key()
    answer = await residents.take(slip, "callback", key, **ANSWER)
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert (seen["status"], seen["may"]) == ("callback", ["ask_withdrawal"])
    told = {name: seen["steps"][-1][name] for name in ("contacted", "resolved", "satisfied")}
    assert told == {"contacted": True, "resolved": False, "satisfied": True}
    assert "还没修好" not in answer.text
    again = await residents.take(slip, "callback", key, **ANSWER)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (200, "true")
    refused(await residents.take(slip, "callback", **ANSWER), 409, "already_called_back")
    view = (await desk.read(f"/cases/{case_id}")).json()
    callback = view["history"][-1]
    assert callback["actor"] == f"anonymous:{view['petitioner']}"
    assert callback["data"] == {**ANSWER, "contacted": True}
    refused(await desk.step(case_id, "callback", 6), 409, "already_called_back")


async def test_a_closed_case_is_taken_up_again_within_the_window(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _case(desk, service)
    await desk.walk(case_id, *LIFE, "close")
    seen = await residents.look(slip)
    assert (seen["status"], seen["outcome"], seen["may"]) == ("closed", "solved", ["ask_reopen"])
    closed = datetime.fromisoformat(seen["steps"][-1]["at"])
    assert datetime.fromisoformat(seen["reopens_until"]) == BOOK.due(BOOK.reopen, closed)
    refused(await residents.take(slip, "reopen"), 422, "invalid_request")
    answer = await residents.take(slip, "reopen", reason="灯又坏了")
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert (seen["status"], seen["rounds"], seen["reopens_until"]) == ("reopened", 2, None)
    view = (await desk.read(f"/cases/{case_id}")).json()
    assert view["history"][-1]["data"] == {"reason": "灯又坏了"}
    await desk.walk(case_id, "dispatch", version=7)


class InAMonth(datetime):
    """The clock of somebody who comes back after the window."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return datetime.now(tz) + timedelta(days=31)


async def test_after_the_window_a_new_petition_is_needed(
    residents: Residents, desk: FrontDesk, service: Grievance, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = await residents.file()
    case_id = await _case(desk, service)
    await desk.walk(case_id, *LIFE, "close")
    for module in (stepping, following):
        monkeypatch.setattr(module, "datetime", InAMonth)
    assert (await residents.look(slip))["may"] == []
    problem = refused(await residents.take(slip, "reopen", reason="又坏"), 409, "reopening_is_over")
    assert "file a new petition" in problem["detail"]
    await desk.walk(case_id, "reopen", version=6)  # the office may, at any time


async def test_what_staff_filed_has_no_code_and_is_followed_by_nobody(
    residents: Residents, desk: FrontDesk
) -> None:
    own, filed = await residents.file(), await desk.file()
    number = f"{own['number'].split('-')[0]}-{filed['position']}"
    refused(await residents.post(f"/{number}/look", {"code": own["code"]}), 404, "no_such_petition")


def test_a_unit_keeps_the_name_it_was_formed_with() -> None:
    formed = UnitFormed(at=datetime.now(UTC), code="lamps", kind="x", name="路灯所", territory="d")
    stream = uuid4()
    recorded: Recorded[Any] = Recorded(
        TERRITORY.log, 1, stream, 1, formed.type, 1, "d", "a", stream, stream, None, "live",
        formed.at, formed.at, formed,
    )  # fmt: skip
    assert known_units.row_of(recorded) == stream
    assert known_units.fold(None, recorded) == KnownUnitRow(stream, "lamps", "路灯所")
    other = UnitDissolved(at=recorded.occurred_at, code="lamps", territory="d")
    assert known_units.row_of(recorded._replace(event=other)) is None
