"""Every role on every page of the volunteer service, inside and outside its territory: what the
table says is what happens. What a path may name is in NAMED, what a page must be asked in ASKED."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from fastapi import FastAPI

from services.volunteer.access import ACCESS
from shared.core.roles import NAMES
from shared.runtime import composing
from tests.volunteer.bank import ANN, APPROVER, BEN, Bank, volunteer

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# There, or nowhere; who may ask is decided before that is found out.
NAMED = {"person": str(ANN), "record": "2", "territory": "sanwan", "service": "territory",
         "model": "map_history"}  # fmt: skip
UNKNOWN = "00000000-0000-8000-8000-0000000000ee"
ASKED: dict[str, dict[str, Any]] = {"read_contracts": {"after": 0}}


def _paths(app: FastAPI, method: str) -> dict[str, str]:
    """The address of every operation by its action."""
    return {
        told[method]["operationId"]: path
        for path, told in app.openapi()["paths"].items()
        if method in told
    }


def _filled(path: str) -> str:
    for name, value in NAMED.items():
        path = path.replace(f"{{{name}}}", value)
    return path


async def test_every_page_is_read_by_the_roles_of_the_table_only(
    bank: Bank, running: FastAPI
) -> None:
    await bank.saved(60)
    pages = _paths(running, "get")
    assert len(pages) >= 6
    for (action, path), role in product(pages.items(), NAMES):
        actor: dict[str, Any] = {"sub": "one", "roles": (role,), "territory": "gaoxin"}
        answer = await bank.get(_filled(path), actor, **ASKED.get(action, {}))
        granted = any(role in grant.roles for grant in ACCESS.actions[action])
        where = (action, role, answer.text)
        if granted and "{" not in path:
            assert answer.status_code == 200, where
        elif granted:
            assert answer.status_code in (200, 404), where
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "role_missing"), where


async def test_every_command_is_taken_from_the_roles_of_the_table_only(
    bank: Bank, running: FastAPI
) -> None:
    await bank.saved(60)
    forms: dict[str, dict[str, Any]] = {
        "approve_hours": {}, "reject_hours": {"reason": "double"},
        "reverse_hours": {"reason": "mistake"},
        "approve_many": {"records": [{"person": str(ANN), "record": 2}]},
        "open_account": {"person": str(BEN), "territory": "sanwan"},
        "gift_time": {"to": str(BEN), "minutes": 1}, "donate_time": {"minutes": 1},
        "transfer_out": {"place": "x"}, "bequeath_account": {"heir": str(BEN)},
        "move_account": {"territory": "sanwan"},
        "bar_volunteer": {"until": "2030-01-01T00:00:00Z", "reason": "false_hours"},
    }  # fmt: skip
    paths = _paths(running, "post")
    for (action, form), role in product(forms.items(), NAMES):
        if any(role in grant.roles for grant in ACCESS.actions[action]):
            continue
        actor: dict[str, Any] = {"sub": "one", "roles": (role,), "territory": "gaoxin"}
        answer = await bank.client.post(
            _filled(paths[action]), json=form, headers=bank.headers(**actor)
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "role_missing"), (action, role)


async def test_nobody_reads_lists_of_another_territory(bank: Bank, running: FastAPI) -> None:
    for action, path in _paths(running, "get").items():
        for grant in ACCESS.actions[action]:
            if grant.where != "territory" or "{" in path:
                continue
            for role in grant.roles:
                stranger: dict[str, Any] = {"sub": "x", "roles": (role,), "territory": "litai"}
                answer = await bank.get(path, stranger, territory="sanwan")
                assert answer.status_code in (403, 404), (action, role, answer.text)


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
    assert composing.operations(running) <= ACCESS.actions.keys()
