"""The desk: what waits for whoever asks, what is due first first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grievance.service import Grievance
from shared.contracts import limits
from shared.core.local_time import day_of
from tests.grievance.front_desk import AGENT, CHIEF, CLERK, UNIT, FrontDesk, pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOW = datetime.now(UTC)
LIFE = ("accept", "dispatch", "sign", "reply", "callback", "close", "reopen")


async def _file(desk: FrontDesk, days: int = 0, **changes: Any) -> str:
    """A petition that was filed so many days ago."""
    if days:
        changes |= {"occurred_at": (NOW - timedelta(days=days)).isoformat()}
        changes |= {"late_reason": "paper_form"}
    return str((await desk.file(**changes))["id"])


AUDITOR = {"sub": "auditor-1", "roles": ("auditor",)}


async def _desk(desk: FrontDesk, actor: Any, **query: Any) -> dict[str, Any]:
    answer = await desk.read("/desk", actor=actor, **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
async def lives(desk: FrontDesk, service: Grievance) -> list[str]:
    """The ids of cases that each went one step further than the one before."""
    ids = [await _file(desk) for _ in range(len(LIFE) + 1)]
    for steps, case_id in enumerate(ids):
        await desk.walk(case_id, *LIFE[:steps])
    await service.projector.drain()
    return ids


async def test_each_finds_what_waits_for_them_with_the_steps_to_take(
    desk: FrontDesk, lives: list[str]
) -> None:
    filed, accepted, dispatched, signed, replied, called, closed, reopened = lives
    expected: list[tuple[Any, dict[str, tuple[str, list[str]]]]] = [
        (CLERK, {
            filed: ("accept", ["accept", "decline"]), accepted: ("dispatch", ["dispatch"]),
            replied: ("close", ["close"]), called: ("close", ["close"]),
            reopened: ("dispatch", ["dispatch"]),
        }),
        (UNIT, {
            dispatched: ("sign", ["sign"]), signed: ("reply", ["reply"]),
            reopened: ("waiting", []),
        }),
        ({**UNIT, "unit": "parks"}, {}),
        (AGENT, {replied: ("callback", ["callback"])}),
        ({"sub": "first", "roles": ("first_receiver",)}, {filed: ("accept", ["accept"])}),
        (CHIEF, {}),
        ({"sub": "grid", "roles": ("grid_worker",)}, {}),
    ]  # fmt: skip
    for actor, lines in expected:
        page = await _desk(desk, actor)
        assert {one["id"]: (one["group"], one["steps"]) for one in page["items"]} == lines, actor
        counted = {pile["group"]: pile["cases"] for pile in page["groups"]}
        groups = [group for group, _ in lines.values()]
        assert counted == {group: groups.count(group) for group in groups}
        assert closed not in lines
    refused(await desk.read("/desk", actor=AUDITOR), 403, "role_missing")


async def test_every_step_that_is_offered_is_taken(
    desk: FrontDesk, lives: list[str], service: Grievance
) -> None:
    for actor in (CLERK, UNIT, AGENT):
        await service.projector.drain()
        for line in (await _desk(desk, actor))["items"]:
            for verb in line["steps"][:1]:
                answer = await desk.step(line["id"], verb, line["version"], **actor)
                assert answer.status_code == 200, (line, answer.text)


async def test_what_is_due_first_comes_first_page_by_page(
    desk: FrontDesk, service: Grievance
) -> None:
    told = [
        await _file(desk, days, case_type=kind)
        for days, kind in ((3, "repair"), (9, "complaint"), (20, "petition"), (2, "consult"),
                           (40, "petition"), (9, "report"), (30, "repair"), (0, "help"))
    ]  # fmt: skip
    await service.projector.drain()
    whole = await _desk(desk, CLERK)
    today = day_of(datetime.now(UTC))
    assert (whole["today"], whole["rule"]) == (today, limits.VERSION)
    lines = whole["items"]
    assert {line["id"] for line in lines} == {*told}
    order = [(line["due"], line["id"]) for line in lines]
    assert order == sorted(order)
    for line in lines:
        begun = day_of(datetime.fromisoformat(line["raised_at"]))
        assert line["due"] == limits.due_day(line["case_type"], begun)
        assert line["overdue"] == (line["due"] < today)
    late = sum(line["overdue"] for line in lines)
    assert late == 2
    assert whole["groups"] == [{"group": "accept", "cases": 8, "overdue": late}]
    paged: list[Any] = []
    mark: dict[str, str] = {}
    while True:
        page = await _desk(desk, CLERK, limit=3, **mark)
        paged += page["items"]
        assert page["groups"] == whole["groups"], "counted whole, whatever the page"
        if page["next"] is None:
            break
        mark = {"after": page["next"]}
    assert paged == lines


async def test_one_pile_or_one_place_alone(
    desk: FrontDesk, lives: list[str], service: Grievance
) -> None:
    away = await _file(desk, territory="d/s2/c9")
    await desk.walk(away, "accept")
    await service.projector.drain()
    _, accepted, *_, reopened = lives
    pile = await _desk(desk, CLERK, group="dispatch")
    assert {line["id"] for line in pile["items"]} == {accepted, reopened, away}
    place = await _desk(desk, CLERK, group="dispatch", territory="d/s2")
    assert [line["id"] for line in place["items"]] == [away]
    assert place["groups"] == [{"group": "dispatch", "cases": 1, "overdue": 0}]
    near = await _desk(desk, {**CLERK, "territory": "d/s1"})
    assert away not in {line["id"] for line in near["items"]}
    assert (await _desk(desk, CLERK, group="sign"))["items"] == []


async def test_a_bad_question_is_pointed_at(desk: FrontDesk) -> None:
    for name, value in (("group", "lost"), ("limit", "0"), ("territory", ""), ("state", "filed")):
        problem = refused(await desk.read("/desk", **{name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"]
    for mark in ("", "A", "MjAyNi0xMy0wMSAx"):
        refused(await desk.read("/desk", after=mark), 422, "bad_page_mark")
    refused(await desk.read("/desk", territory="d/nowhere"), 403, "outside_territory")
