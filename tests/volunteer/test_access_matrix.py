"""Every role on every route of the volunteer service, inside and outside its territory: what the
table says is what happens. Every operation that the API describes is tried by every role with the
least that it takes; of what is not theirs to see they are told that it is not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi import FastAPI

from services.volunteer.access import ACCESS
from services.volunteer.importing.uploads import XLSX
from shared.core.local_time import day_of
from shared.core.roles import NAMES
from shared.runtime import composing
from tests.volunteer.bank import ANN, APPROVER, BEN, Bank, volunteer
from tests.volunteer.kin import Kin
from tests.volunteer.smallest import form_of

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# There, or nowhere; who may ask is decided before that is found out.
SOON = day_of(datetime.now(UTC) + timedelta(days=2))
UNKNOWN = "00000000-0000-8000-8000-0000000000ee"
NAMED = {"person": str(ANN), "record": "2", "territory": "sanwan", "number": "1",
         "version": "2026.1", "serial": "2222-2222-2222", "service": "territory",
         "model": "map_history"}  # fmt: skip
KINDS = {"upload_import": "hours", "download_hours_report": "xlsx"}
ASKED: dict[str, dict[str, Any]] = {
    "read_contracts": {"after": 0}, "read_clearing": {"month": "2026-01"},
    "upload_import": {"source": "paper-list"},
}  # fmt: skip
# What a form must say too, though its schema does not.
SAID: dict[str, dict[str, Any]] = {
    "log_hours": {"person": str(ANN), "sponsor": "sanwan-party"},
    "establish_series": {"rhythm": {"every": "week", "weekday": 3}},
    "plan_activity": {"mode": "theme_based"}, "register_volunteer": {"person": str(ANN)},
    "ask_help": {"person": str(ANN), "day": SOON},
    **{one: {"person": str(ANN)} for one in ("sign_up", "withdraw_sign_up", "sign_in", "sign_out")},
}  # fmt: skip
# What is there to be asked about: who makes it, by which route, and how a path names it.
MADE = {
    "team_id": ("found_team", "team_leader"), "activity_id": ("plan_activity", "team_leader"),
    "series_id": ("establish_series", "supervisor"), "duty_id": ("assign_duty", "supervisor"),
    "help_id": ("ask_help", "registrar"),
}  # fmt: skip
# A version that nothing has: who may take the step is told so, and nothing changes.
NEVER = 999
# Nobody asks for these by a route: half of another command, part of a page, or what time brings.
INSIDE = {
    "hold_time", "release_time", "redeem_time", "receive_time", "inherit_account", "credit_pool",
    "draw_pool", "bring_in_hours", "bring_in_time", "erase_subject", "note_missed",
    "note_no_check_in", "lapse_help", "review_star",
    "read_roster", "read_attendance",
}  # fmt: skip


class Route(NamedTuple):
    """An operation of the API, and the least that it must be sent; None: a file."""

    action: str
    method: str
    path: str
    form: Any

    def at(self, there: Mapping[str, str]) -> str:
        """Its address, with what is there for everything it names."""
        names = {**NAMED, **there, "kind": KINDS.get(self.action, "")}
        return re.sub(r"{(\w+)}", lambda found: names[found[1]], self.path)


def _routes(app: FastAPI) -> list[Route]:
    """Everything that can be asked of the service."""
    described = app.openapi()
    return [
        Route(told["operationId"], method, path, form_of(told, described))
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]


@pytest.fixture
async def there(bank: Bank, running: FastAPI) -> dict[str, str]:
    """Something of everything that a path can name, by the name of it."""
    routes = {one.action: one for one in _routes(running)}
    made: dict[str, str] = {}
    bank.knows(Kin({(ANN, BEN): "child"}), opens=60)
    await bank.saved(60)
    for name, (action, role) in MADE.items():
        actor: dict[str, Any] = {"sub": "maker", "roles": (role,), "territory": "gaoxin"}
        answer = await _asked(bank, routes[action], bank.headers(**actor), made)
        assert answer.is_success, (action, answer.text)
        made[name] = answer.json()["id"]
        await bank.service.projector.drain()
    return {**made, "person": str(ANN)}


async def _asked(
    bank: Bank, route: Route, headers: dict[str, str], there: Mapping[str, str]
) -> httpx.Response:
    sent: dict[str, Any] = {}
    if route.form is None:
        sent, headers = {"content": b"PK"}, {**headers, "content-type": XLSX}
    elif route.method != "get":
        sent = {"json": {**route.form, **SAID.get(route.action, {})}}
    return await bank.client.request(
        route.method, route.at(there), params=ASKED.get(route.action), headers=headers, **sent
    )


def _is_told(route: Route, granted: bool, answer: httpx.Response) -> bool:
    """Whether this is what the table promises to a role that is granted it, or to one that is not:
    that it is not there, or not for them, and nothing of the matter."""
    code = "" if answer.is_success else answer.json()["code"]
    if answer.status_code >= 500 or code in ("invalid_request", "if_match_missing"):
        return False
    if not granted:
        hidden = answer.status_code == 404 and "{" in route.path
        return hidden or (answer.status_code, code) == (403, "role_missing")
    lists = route.method == "get" and "{" not in route.path
    return answer.is_success if lists else code != "role_missing"


@pytest.mark.timeout(300)  # two thousand requests, on a machine that has other things to do
async def test_every_route_is_for_the_roles_of_the_table_only(
    bank: Bank, running: FastAPI, there: dict[str, str]
) -> None:
    tried: set[str] = set()
    odd: list[Any] = []
    for route, role in product(_routes(running), NAMES):
        if route.action in ACCESS.public:
            continue
        actor: dict[str, Any] = {"sub": "one", "roles": (role,), "territory": "gaoxin"}
        answer = await _asked(bank, route, bank.headers(version=NEVER, **actor), there)
        await bank.service.projector.drain()
        granted = any(role in grant.roles for grant in ACCESS.actions[route.action])
        if not _is_told(route, granted, answer):
            odd.append((route.action, role, answer.status_code, answer.text[:120]))
        tried.add(route.action)
    assert odd == []
    assert tried | ACCESS.public.keys() == composing.operations(running)


async def test_without_a_name_only_what_is_public_is_answered(
    bank: Bank, running: FastAPI, there: dict[str, str]
) -> None:
    for route in _routes(running):
        answer = await _asked(bank, route, {}, there)
        public = route.action in ACCESS.public
        assert (answer.status_code == 401) is not public, (route.action, answer.text)


async def test_nobody_reads_lists_of_another_territory(bank: Bank, running: FastAPI) -> None:
    for route in _routes(running):
        for grant in ACCESS.actions.get(route.action, ()):
            if grant.where != "territory" or route.method != "get" or "{" in route.path:
                continue
            for role in grant.roles:
                stranger: dict[str, Any] = {"sub": "x", "roles": (role,), "territory": "litai"}
                where = "under" if route.action == "read_coverage" else "territory"
                asked = {where: "sanwan", **ASKED.get(route.action, {})}
                answer = await bank.get(route.path, stranger, **asked)
                assert answer.status_code in (403, 404), (route.action, role, answer.text)


async def test_what_is_not_theirs_is_as_if_it_were_not_there(bank: Bank) -> None:
    await bank.saved(60)
    for path in (f"/accounts/{ANN}", f"/accounts/{ANN}/entries"):
        there = await bank.get(path, volunteer(BEN))
        nowhere = await bank.get(path.replace(str(ANN), str(UNKNOWN)), volunteer(BEN))
        assert there.status_code == nowhere.status_code == 404
        assert there.text.replace(str(ANN), "") == nowhere.text.replace(str(UNKNOWN), "")
    away = {**APPROVER, "territory": "litai"}
    codes = [
        (await bank.post(f"/people/{ANN}/records/{number}/approve", {}, away)).json()["code"]
        for number in (2, 99)
    ]
    assert codes == ["no_such_record", "no_such_record"]


async def test_every_route_is_in_the_table(running: FastAPI) -> None:
    named = ACCESS.actions.keys() | ACCESS.public.keys()
    assert named - composing.operations(running) == INSIDE
