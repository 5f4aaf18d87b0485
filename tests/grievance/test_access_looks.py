"""Who may read who looked, and who may break glass: every role, in its territory and beside it."""

from __future__ import annotations

from typing import Any

import pytest

from services.grievance.access import ACCESS
from services.grievance.service import Grievance
from shared.core.roles import NAMES
from tests.grievance.front_desk import FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# Tried here, with every role.
TRIED = {"read_looks", "search_looks", "break_glass"}
WHY = {"reason": "接到上级交办，需要核实联系方式。"}
PLACES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "nowhere")


def _actor(role: str, territory: str) -> dict[str, Any]:
    return {"sub": f"a-{role}", "roles": (role,), "territory": territory, "unit": "lamps"}


def _may(action: str, role: str) -> bool:
    return any(role in grant.roles for grant in ACCESS.actions[action])


@pytest.mark.parametrize("territory", PLACES)
async def test_who_looked_is_read_by_those_of_the_table_only(
    desk: FrontDesk, watched: Grievance, territory: str
) -> None:
    case_id = (await desk.file(territory="d/s1/c1"))["id"]
    inside = territory in ("d", "d/s1", "d/s1/c1")
    for role in NAMES:
        answer = await desk.read(f"/cases/{case_id}/looks", actor=_actor(role, territory))
        expected = 200 if _may("read_looks", role) and inside else 404
        assert answer.status_code == expected, (role, answer.text)
        answer = await desk.read("/looks", actor=_actor(role, territory))
        expected = 200 if _may("search_looks", role) and territory != "nowhere" else 403
        assert answer.status_code == expected, (role, answer.text)


async def test_units_that_handle_a_case_do_not_learn_who_looked(
    desk: FrontDesk, watched: Grievance
) -> None:
    case_id = (await desk.file())["id"]
    await desk.walk(case_id, "accept", "dispatch", "sign")
    unit = _actor("handling_unit", "d")
    assert (await desk.read(f"/cases/{case_id}", actor=unit)).status_code == 200
    assert (await desk.read(f"/cases/{case_id}/looks", actor=unit)).status_code == 404
    assert (await desk.read("/looks", actor=unit)).status_code == 403


@pytest.mark.parametrize("territory", PLACES)
async def test_glass_is_broken_by_those_of_the_table_only(
    desk: FrontDesk, service: Grievance, territory: str
) -> None:
    case_id = (await desk.file(territory="d/s1/c1"))["id"]
    for role in NAMES:
        sent = desk.headers(**_actor(role, territory))
        answer = await desk.client.post(f"/cases/{case_id}/break-glass", json=WHY, headers=sent)
        assert answer.status_code == (200 if _may("break_glass", role) else 403), (role, answer)
