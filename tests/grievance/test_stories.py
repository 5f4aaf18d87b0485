"""What the founding documents tell, as one goes through it."""

from __future__ import annotations

from typing import Any

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import FORMS, FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
PATROL: dict[str, Any] = {"sub": "grid-7", "roles": ("grid_worker",), "territory": "d/s1/c1"}
LIFE = ("accept", "dispatch", "sign", "reply", "callback", "close")


async def test_a_patrol_finds_a_demand_before_anyone_complains(
    desk: FrontDesk, service: Grievance
) -> None:
    """Enthusiasts and branch members go round and visit homes (热心人、敲门入户), S3."""
    found = await desk.file(
        PATROL, channel="patrol", case_type="repair", subject="单元门口的台阶松动",
        details="巡查时发现，还没有人摔倒。", name=None, phone=None, address=None,
    )  # fmt: skip
    await desk.walk(found["id"], *LIFE)
    complained = await desk.file(channel="hotline")
    await service.projector.drain()
    view = (await desk.read(f"/cases/{found['id']}")).json()
    assert (view["case"]["channel"], view["case"]["outcome"]) == ("patrol", "solved")
    assert view["history"][0]["actor"] == "grid-7"
    board = (await desk.read("/channels")).json()
    assert board["proactive"] == {"found": 1, "petitions": 2, "per_mille": 500}
    assert {line["channel"]: line["closed"] for line in board["items"]} == {
        "patrol": 1, "hotline": 0,
    }  # fmt: skip
    page = await desk.register(channel="patrol")
    assert [line["id"] for line in page["items"]] == [found["id"]]
    assert complained["id"] not in [line["id"] for line in page["items"]]


async def test_every_demand_is_settled_and_every_demand_is_answered(
    desk: FrontDesk, service: Grievance
) -> None:
    """事事有着落、件件有回音: seventeen grid workers (S0) each bring one; whatever became of it,
    its petitioner was told, and that all are closed says nothing of what is resolved."""
    ends = ["solved"] * 12 + ["explained"] * 3 + ["declined"] * 2
    for number, end in enumerate(ends):
        grid = {**PATROL, "sub": f"grid-{number}"}
        case_id = (await desk.file(grid, channel="grid_report"))["id"]
        if end == "declined":
            await desk.walk(case_id, "decline")
            continue
        await desk.walk(case_id, *LIFE[:4])
        told = {"contacted": True, "resolved": end == "solved", "satisfied": number % 2 == 0}
        assert (await desk.step(case_id, "callback", 5, form=told)).is_success
        assert (await desk.step(case_id, "close", 6, form={"outcome": end})).is_success
    await service.projector.drain()
    lines = (await desk.register(limit=50))["items"]
    assert {line["status"] for line in lines} == {"closed", "not_accepted"}, "completion: 100 %"
    callbacks, answers = [], []
    for line in lines:
        history = (await desk.read(f"/cases/{line['id']}")).json()["history"]
        callbacks += [e["data"] for e in history if e["type"] == "callback-recorded"]
        answers += [e for e in history if {"reply", "explanation"} & e["data"].keys()]
    assert len(answers) == len(lines) == 17
    assert sum(one["resolved"] for one in callbacks) == 12
    assert sum(one["satisfied"] for one in callbacks) == 8
    assert FORMS["reply"]["reply"] in [one["data"].get("reply") for one in answers]
