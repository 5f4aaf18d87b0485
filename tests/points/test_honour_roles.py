"""Every role on every route of honours: what the table says is what happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args
from uuid import uuid4

import httpx
import pytest

from services.points.access import ACCESS
from services.points.grants.honouring import HONOURS, PUBLIC
from services.points.service import PointsService
from shared.core.roles import Role
from tests.points.honour_office import ANN, CHIEF, HOME, HonourOffice

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
PLAQUE = {"kind": "community", "territory": HOME, "title": "文明社区", "level": "city",
          "day": "2019-08-30", "source": "牌匾"}  # fmt: skip
FORMS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "nominate_honour": ("/honours", {"code": "x", "year": 2026, "person": str(ANN)}),
    "record_honour": ("/honours/record", PLAQUE),
    "object_honour": ("/honours/{}/object", {"words": "不实"}),
    "publicise_honour": ("/honours/{}/publicise", {}),
    "answer_honour_objection": ("/honours/{}/answer", {"objection": 99, "upheld": True}),
    "grant_honour": ("/honours/{}/grant", {}),
    "decline_honour": ("/honours/{}/decline", {"reason": "own_wish"}),
    "withdraw_honour": ("/honours/{}/withdraw", {"reason": "own_wish"}),
    "read_honours": ("/honours", {}),
    "read_honour": ("/honours/{}", {}),
}
NEVER = 999  # a version that nothing has: who may take the step is told so, and nothing changes


async def test_each_route_is_for_the_roles_of_the_table_only(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> None:
    assert FORMS.keys() == HONOURS.keys()
    office = HonourOffice(client, headers, service)
    await office.draw()
    one = await office.nominate()
    await office.step(one, "publicise", CHIEF)
    odd: list[Any] = []
    for action, (path, form) in FORMS.items():
        for role in get_args(Role):
            by = {"sub": str(uuid4()), "roles": (role,), "territory": "d"}
            sent = headers(version=NEVER, **by)
            where = path.format(one)
            answer = (
                await client.get(where, headers=sent)
                if action.startswith("read")
                else await client.post(where, json=dict(form), headers=sent)
            )
            granted = any(role in grant.roles for grant in ACCESS.actions[action])
            code = "" if answer.is_success else answer.json()["code"]
            refused = code in ("role_missing", "no_such_honour")
            if answer.status_code >= 500 or (granted and code == "role_missing"):
                odd.append((action, role, answer.status_code, code))
            if not granted and not refused:
                odd.append((action, role, answer.status_code, code))
    assert odd == []


async def test_without_a_name_only_the_wall_the_notice_and_the_kinds_are_answered(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> None:
    await HonourOffice(client, headers, service).draw()
    for action, (path, form) in FORMS.items():
        where = path.format(uuid4())
        read = action.startswith("read")
        answer = await (client.get(where) if read else client.post(where, json=dict(form)))
        assert answer.status_code == 401, action
    paths = {"read_honour_wall": "/honour-wall", "read_honour_notices": "/honour-notices",
             "read_honour_kinds": "/honour-kinds"}  # fmt: skip
    assert paths.keys() == PUBLIC.keys()
    for path in paths.values():
        assert (await client.get(path)).status_code == 200, path
        stale = await client.get(path, headers={"authorization": "Bearer nothing"})
        assert stale.status_code == (401 if path == "/honour-wall" else 200)
