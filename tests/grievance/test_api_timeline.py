"""The timeline of a case over HTTP: one line an event, corrections in place and flagged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import UNIT, FrontDesk, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LIFE = ("accept", "dispatch", "sign", "reply", "close")


async def _timeline(desk: FrontDesk, case_id: str, **query: Any) -> dict[str, Any]:
    answer = await desk.read(f"/cases/{case_id}/timeline", **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_every_event_is_a_line(desk: FrontDesk, service: Grievance) -> None:
    filed = await desk.file()
    last = await desk.walk(filed["id"], *LIFE)
    await desk.file()
    await service.projector.drain()
    told = await _timeline(desk, filed["id"], min_position=last["position"])
    assert told["watermark"]["position"] == 7
    assert told["watermark"]["parked"] == []
    lines = told["items"]
    history = (await desk.read(f"/cases/{filed['id']}")).json()["history"]
    for name in ("version", "type", "actor", "origin", "occurred_at", "recorded_at"):
        assert [line[name] for line in lines] == [event[name] for event in history]
    assert [line["unit"] for line in lines] == [None, None, "lamps", None, None, None]
    assert [line["outcome"] for line in lines] == [None] * 5 + ["solved"]
    for line in lines:
        assert (line["corrects"], line["fields"], line["corrected_by"]) == (None, None, [])


async def test_a_corrected_event_shows_what_is_true_and_by_what(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file(occurred_at="2026-03-01T09:00:00+08:00", late_reason="paper_form")
    await desk.walk(filed["id"], *LIFE)
    for version, corrects, changes in (
        (7, 4, {"unit": "parks"}),
        (8, 7, {"outcome": "explained"}),
        (9, 4, {"unit": "roads"}),
        (10, 1, {"occurred_at": "2026-02-20T09:00:00+08:00", "category": "照明"}),
    ):
        answer = await desk.correct(filed["id"], version, corrects, changes)
        assert answer.status_code == 200, answer.text
    await service.projector.drain()
    lines = (await _timeline(desk, filed["id"]))["items"]
    assert [line["corrected_by"] for line in lines] == [
        [11], [], [], [8, 10], [], [], [9], [], [], [], [],
    ]  # fmt: skip
    assert lines[0]["occurred_at"] == "2026-02-20T01:00:00+00:00"
    assert (lines[3]["unit"], lines[6]["outcome"]) == ("roads", "explained")
    assert [line["corrects"] for line in lines[7:]] == [4, 7, 4, 1]
    assert [line["fields"] for line in lines[7:]] == [
        ["unit"], ["outcome"], ["unit"], ["category", "occurred_at"],
    ]  # fmt: skip
    assert [line["unit"] for line in lines[7:]] == ["parks", None, "roads", None]
    assert lines[10]["moved_to"] == lines[0]["occurred_at"]


async def test_a_timeline_holds_nothing_that_anyone_wrote(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], *LIFE, "reopen")
    await service.projector.drain()
    answer = await desk.read(f"/cases/{filed['id']}/timeline")
    for words in ("路灯", "测试人", "139 0000", "灯泡", "某路", "灯又坏了"):
        assert words not in answer.text
    async with service.pool.acquire() as connection:
        for row in await connection.fetch("select t::text as line from case_timeline t"):
            assert "box" not in row["line"]


async def test_a_timeline_is_seen_by_those_who_see_the_case(
    desk: FrontDesk, service: Grievance
) -> None:
    me: dict[str, Any] = {"sub": "resident-1", "roles": ("resident",)}
    filed = await desk.file(me)
    await service.projector.drain()
    assert len((await _timeline(desk, filed["id"], actor=me))["items"]) == 1
    strangers: tuple[Mapping[str, Any], ...] = (
        {**me, "sub": "resident-2"},
        {"sub": "far", "roles": ("dispatcher",), "territory": "d/s2"},
        UNIT,
        {"sub": "nobody", "roles": ()},
    )
    nowhere = str(uuid4())
    for stranger in strangers:
        hidden = await desk.read(f"/cases/{filed['id']}/timeline", actor=stranger)
        absent = await desk.read(f"/cases/{nowhere}/timeline", actor=stranger)
        refused(hidden, 404, "no_such_case")
        assert hidden.text.replace(filed["id"], nowhere) == absent.text
    await desk.walk(filed["id"], "accept", "dispatch")
    await service.projector.drain()
    assert len((await _timeline(desk, filed["id"], actor=UNIT))["items"]) == 3


async def test_a_bad_parameter_of_a_timeline_is_pointed_at(desk: FrontDesk) -> None:
    filed = await desk.file()
    page = f"/cases/{filed['id']}/timeline"
    for name, value in (("min_position", "x"), ("at", "2026-01-01T00:00:00Z"), ("limit", "1")):
        problem = refused(await desk.read(page, **{name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"]
    refused(await desk.read("/cases/x/timeline"), 422)
