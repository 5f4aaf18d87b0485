"""Every role on every route of the points service: what the table says is what happens. Every
operation that the API describes is tried by every role with the least that it takes; of what is not
theirs to see they are told that it is not there."""

from __future__ import annotations

import re
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from services.points.access import ACCESS
from services.points.rules.book_2026_1 import BOOK
from shared.core.roles import NAMES
from shared.runtime import composing
from tests.points.counter import ANN, BEN, HOME, Counter, resident
from tests.volunteer.smallest import form_of

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# There, or nowhere; who may ask is decided before that is found out.
NAMED = {"kind": "person", "holder": str(ANN), "person": str(ANN), "lot": "2",
         "service": "territory", "model": "map_history", "suffix": "csv",
         "version": "2026.9"}  # fmt: skip
RULES = BOOK.model_copy(update={"version": "2026.9"}).model_dump(mode="json")
UNKNOWN = UUID("00000000-0000-8000-8000-0000000000ee")
ASKED: dict[str, dict[str, Any]] = {
    "read_contracts": {"after": 0},
    "read_claimable": {"person": str(ANN)},
}
# What a form must say too, though its schema does not.
SAID: dict[str, dict[str, Any]] = {
    "earn_points": {"reason": "mediation", "note": "x"},
    "transfer_points": {"to": str(BEN), "points": 1},
    "claim_points": {"person": str(ANN)},
    "request_redemption": {"holder": str(ANN)},
    "look_up_code": {"code": "12345678"},
    "publish_points_rules": {"rules": RULES},
    "preview_rules": {"rules": RULES},
}
# Nobody asks for these by a route: part of another command, or what time and others bring.
INSIDE = {
    "credit_deed", "reverse_deed", "hold_points", "release_points", "redeem_points",
    "refund_points", "receive_points", "expire_points", "note_expiry", "erase_subject",
    "hold_stock", "release_stock", "hand_over_stock", "take_back_stock", "lapse_redemption",
}  # fmt: skip


class Route(NamedTuple):
    """An operation of the API, and the least that it must be sent."""

    action: str
    method: str
    path: str
    form: Any

    def at(self) -> str:
        """Its address, with what is there for everything it names."""
        return re.sub(r"{(\w+)}", lambda found: NAMED.get(found[1], str(UNKNOWN)), self.path)


def _routes(app: FastAPI) -> list[Route]:
    """Everything that can be asked of the service."""
    described = app.openapi()
    return [
        Route(told["operationId"], method, path, form_of(told, described))
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]


async def _asked(counter: Counter, route: Route, headers: dict[str, str]) -> httpx.Response:
    sent: dict[str, Any] = {}
    if route.method != "get":
        sent = {"json": {**route.form, **SAID.get(route.action, {})}}
    return await counter.client.request(
        route.method, route.at(), params=ASKED.get(route.action), headers=headers, **sent
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
    if lists and route.action != "read_claimable":  # which is of one person
        return answer.is_success
    return code != "role_missing"


@pytest.mark.timeout(300)  # hundreds of requests, on a machine that has other things to do
async def test_every_route_is_for_the_roles_of_the_table_only(
    counter: Counter, running: FastAPI
) -> None:
    await counter.given(1)
    tried: set[str] = set()
    odd: list[Any] = []
    for route, role in product(_routes(running), NAMES):
        if route.action in ACCESS.public:
            continue
        actor: dict[str, Any] = {"sub": "one", "roles": (role,), "territory": "gaoxin"}
        answer = await _asked(counter, route, counter.headers(version=1, **actor))
        await counter.service.projector.drain()
        granted = any(role in grant.roles for grant in ACCESS.actions[route.action])
        if not _is_told(route, granted, answer):
            odd.append((route.action, role, answer.status_code, answer.text[:120]))
        tried.add(route.action)
    assert odd == []
    assert tried | ACCESS.public.keys() == composing.operations(running)


async def test_without_a_name_only_what_is_public_is_answered(
    counter: Counter, running: FastAPI
) -> None:
    for route in _routes(running):
        answer = await _asked(counter, route, {})
        public = route.action in ACCESS.public
        assert (answer.status_code == 401) is not public, (route.action, answer.text)


async def test_what_is_not_theirs_is_as_if_it_were_not_there(counter: Counter) -> None:
    await counter.given(1)
    await counter.household()
    for kind, holder in (("person", ANN), ("household", HOME)):
        for path in (f"/accounts/{kind}/{holder}", f"/accounts/{kind}/{holder}/entries"):
            stranger = resident(BEN if kind == "person" else UNKNOWN)
            there = await counter.get(path, stranger)
            nowhere = await counter.get(path.replace(str(holder), str(UNKNOWN)), stranger)
            assert there.status_code == nowhere.status_code == 404
            assert there.text.replace(str(holder), "") == nowhere.text.replace(str(UNKNOWN), "")


async def test_every_route_is_in_the_table(running: FastAPI) -> None:
    named = ACCESS.actions.keys() | ACCESS.public.keys()
    assert named - composing.operations(running) == INSIDE
