"""One step for many cases: each by itself, and all of it once however often it is sent."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import CLERK, UNIT, FrontDesk, fresh_key, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def _batch(
    desk: FrontDesk, step: str, cases: list[tuple[str, int]], key: str | None = None, **more: Any
) -> httpx.Response:
    actor = more.pop("actor", CLERK)
    form = {"step": step, "cases": [{"id": i, "version": v} for i, v in cases], **more}
    headers = desk.headers(key=key, **actor)
    return await desk.client.post("/cases/batch", json=form, headers=headers)


def _became(answer: httpx.Response) -> list[Any]:
    """The new version of each case, or the code of why not."""
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert all((one["receipt"] is None) != (one["problem"] is None) for one in items)
    return [
        one["receipt"]["version"] if one["receipt"] else one["problem"]["code"] for one in items
    ]


async def _filed(desk: FrontDesk, count: int) -> list[str]:
    return [r["id"] for r in await asyncio.gather(*(desk.file() for _ in range(count)))]


async def test_each_case_goes_its_way_whatever_becomes_of_the_others(
    desk: FrontDesk, service: Grievance
) -> None:
    one, two, accepted, changed = await _filed(desk, 4)
    await desk.walk(accepted, "accept")
    nobody = str(uuid4())
    cases = [(one, 1), (accepted, 2), (nobody, 1), (changed, 7), (two, 1)]
    answer = await _batch(desk, "accept", cases)
    assert _became(answer) == [2, "case_is_accepted", "no_such_case", "version_changed", 2]
    assert [item["id"] for item in answer.json()["items"]] == [case_id for case_id, _ in cases]
    assert answer.json()["position"] == await service.head() == 7
    for case_id, steps in ((one, 2), (changed, 1)):
        assert (await desk.read(f"/cases/{case_id}")).json()["case"]["version"] == steps


async def test_a_hundred_cases_go_from_filing_to_close(desk: FrontDesk) -> None:
    ids = await _filed(desk, 100)
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {}), ("dispatch", {"unit": "lamps"}), ("sign", {"actor": UNIT}),
    )  # fmt: skip
    for version, (step, more) in enumerate(steps, start=1):
        answer = await _batch(desk, step, [(case_id, version) for case_id in ids], **more)
        assert _became(answer) == [version + 1] * 100
    await asyncio.gather(*(desk.walk(case_id, "reply", version=4) for case_id in ids))
    answer = await _batch(desk, "close", [(case_id, 5) for case_id in ids], outcome="solved")
    assert _became(answer) == [6] * 100
    page = await desk.read(f"/cases/{ids[42]}")
    assert page.json()["case"]["outcome"] == "solved"


async def test_sent_again_it_changes_nothing_and_tries_what_was_refused(
    desk: FrontDesk, service: Grievance
) -> None:
    key, (one, two) = fresh_key(), await _filed(desk, 2)
    cases = [(one, 1), (two, 2)]
    first = await _batch(desk, "accept", cases, key)
    assert _became(first) == [2, "version_changed"]
    again = await asyncio.gather(*(_batch(desk, "accept", cases, key) for _ in range(5)))
    assert {answer.content for answer in again} == {first.content}
    await desk.step(two, "correct", 1, form=CATEGORY)
    tried = await _batch(desk, "accept", cases, key)
    assert _became(tried) == [2, 3], "what was refused is no answer to keep"
    assert tried.json()["items"][0] == first.json()["items"][0]
    assert await service.head() == 5


CATEGORY = {"corrects": 1, "changes": {"category": "x"}, "reason": "entry_error"}


async def test_the_key_of_one_batch_is_not_for_another(desk: FrontDesk) -> None:
    key, (one, two) = fresh_key(), await _filed(desk, 2)
    await _batch(desk, "accept", [(one, 1)], key)
    answer = await _batch(desk, "accept", [(one, 1), (two, 1)], key)
    refused(answer, 422, "idempotency_key_reused")
    assert (await desk.read(f"/cases/{two}")).json()["case"]["version"] == 1


async def test_a_batch_that_does_not_fit_is_refused_whole(
    desk: FrontDesk, service: Grievance
) -> None:
    [one] = await _filed(desk, 1)
    twice, many = [(one, 1), (one, 1)], [(str(uuid4()), 1) for _ in range(101)]
    bad: tuple[tuple[str, list[tuple[str, int]], dict[str, Any], str], ...] = (
        ("reply", [(one, 1)], {}, "/step"),
        ("accept", [], {}, "/cases"),
        ("accept", twice, {}, "/cases"),
        ("accept", many, {}, "/cases"),
        ("accept", [(one, 0)], {}, "/cases/0/version"),
        ("accept", [(one, 1)], {"unit": "lamps"}, "/unit"),
        ("dispatch", [(one, 1)], {}, "/unit"),
        ("dispatch", [(one, 1)], {"unit": "lamps", "outcome": "solved"}, "/outcome"),
        ("close", [(one, 1)], {"unit": "lamps", "outcome": "solved"}, "/unit"),
        ("close", [(one, 1)], {}, "/outcome"),
        ("close", [(one, 1)], {"outcome": "forgotten"}, "/outcome"),
        ("accept", [(one, 1)], {"reason": "x"}, "/reason"),
    )
    for step, cases, more, pointer in bad:
        problem = refused(await _batch(desk, step, cases, **more), 422)
        assert pointers(problem) == [pointer], (step, more)
    form = {"step": "accept", "cases": [{"id": one, "version": 1}]}
    sent = {**desk.headers(), "idempotency-key": ""}
    answer = await desk.client.post("/cases/batch", json=form, headers=sent)
    refused(answer, 400, "idempotency_key_missing")
    assert await service.head() == 1


async def test_a_late_batch_says_why(desk: FrontDesk) -> None:
    [one] = await _filed(desk, 1)
    when = {"occurred_at": "2026-01-01T00:00:00Z"}
    assert _became(await _batch(desk, "accept", [(one, 1)], **when)) == ["late_entry_needs_reason"]
