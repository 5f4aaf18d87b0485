"""The register page by page: every case once, in order, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import CLERK, FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
CASES = 137
PLACES = ("d/s1/c1", "d/s1/c2", "d/s2/c9")
TYPES = ("repair", "complaint")
CHANNELS = ("online", "hotline", "app")
OPEN = "filed,accepted,dispatched,signed,replied,callback,reopened"


def _form(number: int) -> dict[str, Any]:
    """Five petitions share each moment, so that the order within one has to be kept too."""
    return {
        "territory": PLACES[number % 3],
        "case_type": TYPES[number % 2],
        "channel": CHANNELS[number // 2 % 3],
        "occurred_at": (BEGAN + timedelta(minutes=number // 5)).isoformat(),
        "late_reason": "paper_form",
        "subject": f"第{number}件",
    }


@pytest.fixture
async def filed(desk: FrontDesk, service: Grievance) -> list[dict[str, Any]]:
    """The register's lines of CASES petitions, as one big page has them."""
    receipts = await asyncio.gather(*(desk.file(**_form(n)) for n in range(CASES)))
    for receipt, unit in zip(receipts[:20], ("lamps", "parks") * 10, strict=True):
        await desk.walk(receipt["id"], "accept")
        await desk.step(receipt["id"], "dispatch", 2, form={"unit": unit})
    await service.projector.drain()
    page = await desk.register(limit=200)
    assert page["next"] is None
    return list(page["items"])


async def _paged(desk: FrontDesk, **query: Any) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    mark: dict[str, Any] = {}
    while True:
        page = await desk.register(**query, **mark)
        lines += page["items"]
        assert len(page["items"]) <= query.get("limit", 50)
        if page["next"] is None:
            return lines
        mark = {"after": page["next"]}


async def test_every_case_is_on_one_page_in_order(
    desk: FrontDesk, filed: list[dict[str, Any]], service: Grievance
) -> None:
    order = [(line["raised_at"], line["id"]) for line in filed]
    assert len(order) == len(set(order)) == CASES
    assert order == sorted(order, reverse=True)
    for limit in (10, 46, 137, 200):
        assert await _paged(desk, limit=limit) == filed
    assert (await desk.register(limit=136))["next"]
    assert (await desk.register())["total"] == CASES


async def test_cases_filed_between_pages_move_nothing(
    desk: FrontDesk, filed: list[dict[str, Any]], service: Grievance
) -> None:
    seen: list[str] = []
    mark: dict[str, Any] = {}
    while True:
        page = await desk.register(limit=10, **mark)
        seen += [line["id"] for line in page["items"]]
        if page["next"] is None:
            break
        mark = {"after": page["next"]}
        await desk.file()  # now, before all of them
        await desk.file(**_form(CASES - len(seen)))  # late, among those on the page before
        await service.projector.drain()
    old = {line["id"] for line in filed}
    assert [case_id for case_id in seen if case_id in old] == [line["id"] for line in filed]
    assert max(Counter(seen).values()) == 1


async def test_filters_alone_and_together_keep_order_and_pages(
    desk: FrontDesk, filed: list[dict[str, Any]]
) -> None:
    queries: tuple[dict[str, str], ...] = (
        {"state": "filed"}, {"state": "dispatched"}, {"state": "closed"}, {"territory": "d/s1"},
        {"territory": "d/s1/c2"}, {"type": "complaint"}, {"channel": "app"}, {"unit": "lamps"},
        {"state": "dispatched", "unit": "parks"}, {"territory": "d/s1", "type": "repair"},
        {"state": "filed", "territory": "d/s2", "type": "complaint", "channel": "hotline"},
        {"state": "dispatched", "territory": "d/s1/c1", "type": "repair", "channel": "online",
         "unit": "lamps"},
        {"state": "filed,dispatched"}, {"state": "open"}, {"state": "open,closed"},
        {"state": "open", "unit": "lamps"}, {"state": "not_accepted,closed", "territory": "d/s1"},
    )  # fmt: skip
    for query in queries:
        wanted = [line for line in filed if _matches(line, query)]
        assert await _paged(desk, limit=7, **query) == wanted, query
        total = (await desk.register(**query))["total"]
        tallied = {"state", "territory"} | ({"unit"} if "state" in query else set())
        counted = query.keys() <= tallied
        assert total == (len(wanted) if counted else None), query


def _matches(line: dict[str, Any], query: dict[str, str]) -> bool:
    same = {"type": "case_type", "channel": "channel", "unit": "unit"}
    place = query.get("territory", "d")
    if not (line["territory"] == place or line["territory"].startswith(place + "/")):
        return False
    states = query.get("state", line["status"]).replace("open", OPEN).split(",")
    if line["status"] not in states:
        return False
    return all(line[same[name]] == value for name, value in query.items() if name in same)


async def test_a_mark_taken_elsewhere_shows_no_more_than_ones_own(
    desk: FrontDesk, filed: list[dict[str, Any]]
) -> None:
    mark = (await desk.register(limit=10, territory="d/s2"))["next"]
    chief = {**CLERK, "territory": "d/s1/c1"}
    later = [line["id"] for line in await _paged(desk, limit=10, actor=chief)]
    own = {line["id"] for line in filed if line["territory"] == "d/s1/c1"}
    assert set(later) == own
    page = await desk.register(actor=chief, after=mark)
    assert {line["id"] for line in page["items"]} <= own
    assert page["total"] == len(own)
    unit = {"sub": "lamp-1", "roles": ("handling_unit",), "unit": "lamps", "territory": "d/s1"}
    shown = (await desk.register(actor=unit, after=mark))["items"]
    assert all(line["unit"] == "lamps" for line in shown)
