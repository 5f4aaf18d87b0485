"""The boards over HTTP: what they count, for whom, and up to where they are true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import CHIEF, UNIT, FrontDesk, pointers, refused
from tests.grievance.late import late

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
BOARDS = ("/backlog", "/channels", "/response-times")
READERS = ("dispatcher", "supervisor", "district_observer", "auditor")
BAD: tuple[tuple[str, str, str], ...] = (
    *((board, name, value) for board in BOARDS for name, value in (
        ("at", "today"), ("at", "2026-01-01T00:00:00"), ("at", "2026-02-30T00:00:00Z"),
        ("at", "1899-12-31T23:59:59Z"), ("at", "0001-01-01T00:00:00+14:00"),
        ("known", "9999-12-31T23:59:59-14:00"), ("known", ""), ("as_of", "2026-01-01T00:00:00Z"),
        ("min_position", "-1"), ("min_position", "9" * 40), ("territory", ""),
        ("territory", "d\x00"), ("limit", "5"),
    )),
    ("/backlog", "overdue_after", "-1"), ("/backlog", "overdue_after", "36501"),
    ("/backlog", "overdue_after", "1.5"), ("/backlog", "unit", ""), ("/backlog", "by", "unit"),
    ("/channels", "by", "year"), ("/channels", "first", "2026-13"), ("/channels", "last", "2026-1"),
    ("/channels", "first", "2026-05-01"), ("/channels", "unit", "lamps"),
    ("/response-times", "by", "month"), ("/response-times", "unit", "lamps"),
)  # fmt: skip


async def _board(desk: FrontDesk, address: str, **query: Any) -> dict[str, Any]:
    answer = await desk.read(address, **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def _lines(desk: FrontDesk, address: str, **query: Any) -> list[dict[str, Any]]:
    return list((await _board(desk, address, **query))["items"])


async def _dispatched(desk: FrontDesk, unit: str, day: int, **about: Any) -> str:
    """A petition of that day in March, accepted and sent to the unit a day later."""
    receipt = await desk.file(**{**late(day), **about})
    for verb, form in (("accept", {}), ("dispatch", {"unit": unit})):
        told = {**form, **late(day + 1)}
        step = await desk.step(receipt["id"], verb, receipt["version"], form=told)
        assert step.status_code == 200, step.text
        receipt |= step.json()
    return str(receipt["id"])


async def test_the_backlog_counts_per_unit_what_waits_for_what(
    desk: FrontDesk, service: Grievance
) -> None:
    first = await _dispatched(desk, "lamps", 1)
    second = await _dispatched(desk, "lamps", 5, territory="d/s2/c9")
    third = await _dispatched(desk, "lamps", 7)
    await _dispatched(desk, "parks", 9)
    await desk.file(**late(11))
    assert (await desk.step(first, "sign", 4)).status_code == 200
    await desk.walk(second, "sign", "reply", version=4)
    await desk.walk(third, "sign", "reply", "close", version=4)
    await service.projector.drain()
    lamps, parks, nobody = await _lines(desk, "/backlog")
    assert lamps == {
        "unit": "lamps", "open": 1, "dispatched": 0, "signed": 1, "replied": 1, "closed": 1,
        "overdue": 1, "oldest_since": "2026-03-02T01:00:00+00:00",
        "oldest_raised": "2026-03-01T01:00:00+00:00",
    }  # fmt: skip
    assert (nobody["unit"], nobody["open"], nobody["dispatched"]) == (None, 1, 0)
    assert (parks["unit"], parks["open"], parks["dispatched"], parks["signed"]) == (
        "parks", 1, 1, 0,
    )  # fmt: skip
    days = (datetime.now(UTC) - datetime(2026, 3, 2, 1, tzinfo=UTC)).days
    for after, overdue in ((days, 1), (days + 1, 0), (0, 1), (36_500, 0)):
        [line] = await _lines(desk, "/backlog", unit="lamps", overdue_after=after)
        assert line["overdue"] == overdue, after
    [line] = await _lines(desk, "/backlog", unit="lamps", territory="d/s2")
    assert (line["open"], line["replied"], line["oldest_since"]) == (0, 1, None)


async def test_a_unit_sees_its_own_backlog_only(desk: FrontDesk, service: Grievance) -> None:
    for unit in ("lamps", "parks"):
        await _dispatched(desk, unit, 1)
    await service.projector.drain()
    for query in ({}, {"unit": "lamps"}, {"territory": "d/s1"}):
        assert [one["unit"] for one in await _lines(desk, "/backlog", actor=UNIT, **query)] == [
            "lamps"
        ]
    refused(await desk.read("/backlog", actor=UNIT, unit="parks"), 403, "outside_unit")
    near = {**UNIT, "territory": "d/s2"}
    assert await _lines(desk, "/backlog", actor=near) == []
    refused(await desk.read("/backlog", actor=near, territory="d/s1"), 403, "outside_territory")
    for board in ("/channels", "/response-times"):
        refused(await desk.read(board, actor=UNIT), 403, "role_missing")


async def test_boards_are_for_those_who_read_reports_of_their_own_territory(
    desk: FrontDesk, service: Grievance
) -> None:
    for place in ("d/s1/c1", "d/s1/c2", "d/s2/c9"):
        await desk.file(territory=place)
    await service.projector.drain()
    sums = {"/backlog": "open", "/channels": "petitions", "/response-times": "cases"}
    for board, counted in sums.items():
        for role in READERS:
            for own, wanted, cases in (("d", None, 3), ("d", "d/s1", 2), ("d/s1/c1", None, 1)):
                query = {"territory": wanted} if wanted else {}
                actor = {"sub": "one", "roles": (role,), "territory": own}
                for past in ({}, {"at": "2199-01-01T00:00:00Z"}):
                    [line, *_] = await _lines(desk, board, actor=actor, **query, **past)
                    assert line[counted] == cases, (board, role, own, past)
        for role in ("resident", "grid_worker", "callback_agent", "importer", "handling_unit"):
            actor = {"sub": "one", "roles": (role,)}
            code = "no_unit" if (role, board) == ("handling_unit", "/backlog") else "role_missing"
            refused(await desk.read(board, actor=actor), 403, code)
        outside = {**CHIEF, "territory": "d/s1"}
        for wanted in ("d", "d/s2", "d/s1%", "d/s"):
            answer = await desk.read(board, actor=outside, territory=wanted)
            refused(answer, 403, "outside_territory")


async def test_the_channel_mix_tells_month_by_month_how_petitions_ended(
    desk: FrontDesk, service: Grievance
) -> None:
    done = await _dispatched(desk, "lamps", 1, channel="hotline")
    await desk.walk(done, "sign", "reply", "close", version=4)
    await desk.file(**late(2), channel="hotline")
    last: dict[str, Any] = {"occurred_at": "2026-03-31T23:59:59+08:00", "late_reason": "paper_form"}
    await desk.file(**last, channel="station")
    april: dict[str, Any] = {"occurred_at": "2026-03-31T16:00:00Z", "late_reason": "paper_form"}
    await desk.file(**april, channel="station")
    await service.projector.drain()
    lines = await _lines(desk, "/channels")
    assert lines == [
        {"month": None, "channel": "hotline", "petitions": 2, "closed": 1,
         "outcomes": {"solved": 1}},
        {"month": None, "channel": "station", "petitions": 2, "closed": 0, "outcomes": {}},
    ]  # fmt: skip
    told = [
        (line["month"], line["channel"], line["petitions"])
        for line in await _lines(desk, "/channels", by="month")
    ]
    assert told == [
        ("2026-03", "hotline", 2), ("2026-03", "station", 1), ("2026-04", "station", 1),
    ]  # fmt: skip
    for query, petitions in (
        ({"first": "2026-04"}, [1]), ({"last": "2026-03"}, [2, 1]),
        ({"first": "2026-03", "last": "2026-04"}, [2, 2]), ({"first": "2026-05"}, []),
    ):  # fmt: skip
        found = [line["petitions"] for line in await _lines(desk, "/channels", **query)]
        assert found == petitions, query


async def test_a_board_says_up_to_where_it_is_true(desk: FrontDesk, service: Grievance) -> None:
    first = await desk.file()
    await service.projector.drain()
    second = await desk.file()
    for board in BOARDS:
        mark = (await _board(desk, board, min_position=first["position"]))["watermark"]
        assert mark == {"position": 1, "recorded_at": first["recorded_at"], "parked": []}
        latest = await _board(desk, board, at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
        assert latest["watermark"]["position"] == second["position"], "drawn from the log itself"
        then = await _board(desk, board, known=first["recorded_at"])
        assert then["watermark"] == mark
        long_ago = await _board(desk, board, known="1900-01-01T00:00:00Z")
        assert long_ago["watermark"] == {"position": 0, "recorded_at": None, "parked": []}
    assert (await desk.register())["watermark"]["parked"] == []


async def test_a_bad_parameter_of_a_board_is_pointed_at(desk: FrontDesk) -> None:
    for board, name, value in BAD:
        problem = refused(await desk.read(board, **{name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"], (board, name, value)
