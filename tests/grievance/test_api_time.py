"""A case as it was, as it was known, and as it is known now; and reading one's own writes."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from typing import Any

import pytest

from services.grievance.service import Grievance
from shared.runtime.projections.watermarks import PATIENCE
from tests.grievance.front_desk import CHIEF, FrontDesk, refused
from tests.grievance.late import before, entered_late

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
BOARDS = ("/backlog", "/channels", "/response-times")


async def _told(desk: FrontDesk, case_id: str, *names: str, **moments: str) -> tuple[Any, ...]:
    answer = await desk.read(f"/cases/{case_id}", **moments)
    assert answer.status_code == 200, answer.text
    return tuple(answer.json()["case"][name] for name in names)


async def test_as_of_shows_each_day_as_it_was(desk: FrontDesk) -> None:
    case_id, _ = await entered_late(desk)
    page = f"/cases/{case_id}"
    refused(await desk.read(page, as_of="2026-03-01T08:59:59.999999+08:00"), 404, "not_yet")
    statuses = ("filed", "accepted", "dispatched", "signed", "replied", "closed")
    for day, status in enumerate(statuses, start=1):
        at = f"2026-03-0{day}T01:00:00Z"
        version = day if day == 1 else day + 1
        assert await _told(desk, case_id, "status", "version", as_of=at) == (status, version)
    answer = await desk.read(page, as_of="2026-03-03T01:00:00Z")
    assert len(answer.json()["history"]) == 3
    assert answer.headers["etag"] == '"7"'  # what a step has to match is the present


async def test_known_at_shows_only_what_had_been_entered(desk: FrontDesk) -> None:
    case_id, receipts = await entered_late(desk)
    page = f"/cases/{case_id}"
    refused(await desk.read(page, known_at=before(receipts[0])), 404, "not_yet")
    refused(await desk.read(page, known_at="2026-03-09T00:00:00Z"), 404, "not_yet")
    for earlier, later in pairwise(receipts):
        for moment in (earlier["recorded_at"], before(later)):
            [version] = await _told(desk, case_id, "version", known_at=moment)
            assert version == earlier["version"]


async def test_corrections_are_seen_now_and_not_in_what_was_known_then(desk: FrontDesk) -> None:
    case_id, receipts = await entered_late(desk)
    then = receipts[-1]["recorded_at"]
    for version, corrects, changes in (
        (7, 1, {"occurred_at": "2026-02-20T09:00:00+08:00", "territory": "d/s1/c2"}),
        (8, 4, {"unit": "parks"}),
        (9, 7, {"outcome": "explained", "occurred_at": "2026-03-08T09:00:00+08:00"}),
        (10, 1, {"territory": "d/s2", "category": "照明"}),
    ):
        answer = await desk.correct(case_id, version, corrects, changes)
        assert answer.status_code == 200, answer.text
        receipts.append(answer.json())
    names = ("territory", "unit", "outcome", "raised_at", "category")
    first, true = "2026-03-01T01:00:00+00:00", "2026-02-20T01:00:00+00:00"
    now = ("d/s2", "parks", "explained", true, "照明")
    assert await _told(desk, case_id, *names) == now
    assert await _told(desk, case_id, *names, as_of="2100-01-01T00:00:00Z") == now
    known = await _told(desk, case_id, *names, known_at=then)
    assert known == ("d/s1/c1", "lamps", "solved", first, None)
    between = await _told(desk, case_id, *names, known_at=before(receipts[-1]))
    assert between == ("d/s1/c2", "parks", "explained", true, None)
    # a moment between two corrections of one field: what is known now, not the first of them
    at = await _told(desk, case_id, *names, as_of=before(receipts[-1]))
    assert at == now
    early = {"as_of": "2026-02-25T00:00:00Z"}
    assert await _told(desk, case_id, "status", "territory", **early) == ("filed", "d/s2")
    refused(await desk.read(f"/cases/{case_id}", known_at=then, **early), 404, "not_yet")
    march = {"as_of": "2026-03-07T00:00:00Z"}
    assert await _told(desk, case_id, "status", "unit", **march) == ("replied", "parks")
    assert await _told(desk, case_id, "status", "unit", known_at=then, **march) == (
        "closed",
        "lamps",
    )


async def test_the_register_and_the_report_follow_a_correction(
    desk: FrontDesk, service: Grievance
) -> None:
    case_id, _ = await entered_late(desk)
    await desk.correct(case_id, 7, 1, {"occurred_at": "2025-03-01T01:00:00Z", "category": "照明"})
    await desk.correct(case_id, 8, 1, {"category": None})
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    assert (line["raised_at"], line["category"]) == ("2025-03-01T01:00:00+00:00", None)
    assert line == (await desk.read(f"/cases/{case_id}")).json()["case"]
    report = (await desk.read("/response-times", actor=CHIEF)).json()["items"]
    assert [(group["group"], group["median_days"]) for group in report] == [
        ("all", 369.0),
        ("2025", 369.0),
    ]


async def test_one_sees_ones_own_write_while_somebody_projects(
    desk: FrontDesk, service: Grievance
) -> None:
    stop = asyncio.Event()
    projecting = asyncio.create_task(service.projector.run(stop))
    try:
        for _ in range(10):
            filed = await desk.file()
            page = await desk.register(min_position=filed["position"], limit=1)
            assert [line["id"] for line in page["items"]] == [filed["id"]]
            assert page["watermark"]["position"] >= filed["position"]
    finally:
        stop.set()
        await projecting


async def test_a_register_that_stands_still_says_how_far_it_has_come(desk: FrontDesk) -> None:
    filed = await desk.file()
    for address in ("/cases", f"/cases/{filed['id']}/timeline", *BOARDS):
        began = time.monotonic()
        answer = await desk.read(address, min_position=filed["position"])
        problem = refused(answer, 503, "read_model_behind")
        assert "position 0, not yet 1" in problem["detail"]
        assert answer.headers["retry-after"] == "1"
        assert PATIENCE <= time.monotonic() - began < PATIENCE + 1.5
    assert (await desk.register())["items"] == []
