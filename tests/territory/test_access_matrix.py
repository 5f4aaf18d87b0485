"""Every role on every page of the territory service, inside and outside its territory: what the
table says is what happens. Of commands see `test_command_matrix`."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from fastapi import FastAPI

from services.territory.access import ACCESS
from shared.core.roles import NAMES
from shared.runtime import composing
from tests.territory.office import Office

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# What a path may name: there, or nowhere; who may ask is decided before that is found out.
NAMED = {
    "code": "sanwan", "person_id": "00000000-0000-8000-8000-000000000001", "place": "wenhua-1",
    "role": "building_head", "household_id": "00000000-0000-8000-8000-000000000002",
    "facility_id": "00000000-0000-8000-8000-000000000003",
    "other": "00000000-0000-8000-8000-000000000001",
}  # fmt: skip
ASKED: dict[str, dict[str, Any]] = {
    "read_proposal": {"category": "x", "territory": "sanwan"},
    "read_contracts": {"after": 0},
}


def _pages(app: FastAPI) -> dict[str, str]:
    """The address of every page by its action."""
    return {
        told["get"]["operationId"]: path
        for path, told in app.openapi()["paths"].items()
        if "get" in told
    }


def _filled(path: str) -> str:
    for name, value in NAMED.items():
        path = path.replace(f"{{{name}}}", value)
    return path


async def test_every_page_is_read_by_the_roles_of_the_table_only(
    office: Office, running: FastAPI
) -> None:
    await office.draw()
    pages = _pages(running)
    assert len(pages) > 20
    for (action, path), role in product(pages.items(), NAMES):
        actor: dict[str, Any] = {"sub": "one", "roles": (role,), "territory": "gaoxin"}
        answer = await office.get(_filled(path), actor=actor, **ASKED.get(action, {}))
        granted = any(role in grant.roles for grant in ACCESS.actions[action])
        where = (action, role, answer.text)
        assert "{" not in _filled(path), path
        if granted and "{" not in path:
            assert answer.status_code == 200 or answer.json()["code"] == "no_catalogue", where
        elif granted:
            assert answer.status_code in (200, 403, 404), where
        else:
            assert answer.status_code in (403, 404), where
            assert answer.json()["code"] == "role_missing" or "{" in path, where


async def test_nobody_reads_lists_of_another_territory(office: Office, running: FastAPI) -> None:
    await office.draw()
    for action, path in _pages(running).items():
        for grant in ACCESS.actions[action]:
            if grant.where != "territory" or "{" in path:
                continue
            for role in grant.roles:
                stranger: dict[str, Any] = {"sub": "x", "roles": (role,), "territory": "nowhere"}
                asked = ASKED.get(action, {})
                answer = await office.get(path, actor=stranger, **asked)
                assert answer.status_code in (403, 404), (action, role, answer.text)


async def test_every_route_is_in_the_table(running: FastAPI) -> None:
    assert composing.operations(running) <= ACCESS.actions.keys()
