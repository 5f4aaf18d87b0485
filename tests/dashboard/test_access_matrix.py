"""Every role on every page of the dashboard, inside and outside its territory: what the table says
is what happens."""

from __future__ import annotations

from itertools import product

import httpx
import pytest
from fastapi import FastAPI

from services.dashboard.access import ACCESS
from shared.core.roles import NAMES
from shared.runtime import composing
from shared.runtime.following.consuming import Consumer
from tests.dashboard.conftest import Headers
from tests.dashboard.told import Log, raised

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

PLACE = "d/s1/c1"
TERRITORIES = ("d", "d/s1", PLACE, "d/s1/c2", "d/s2", "nowhere")
PAGES = {
    "read_board": f"/boards/{PLACE}",
    "explain_figure": f"/boards/{PLACE}/explain/open",
    "read_comparison": f"/comparison?territory={PLACE}",
    "download_comparison_csv": f"/comparison.csv?territory={PLACE}",
    "download_comparison_xlsx": f"/comparison.xlsx?territory={PLACE}",
    "read_measures": "/measures",
    "read_copies": "/copies",
}


def _may(action: str, role: str, territory: str) -> bool:
    """Whether they may ask this, of most about `PLACE`, read without the code that enforces it."""
    about = PLACE if PLACE in PAGES[action] else territory
    inside = territory != "nowhere" and f"{about}/".startswith(f"{territory}/")
    granted = [grant.where for grant in ACCESS.actions[action] if role in grant.roles]
    return "anywhere" in granted or (inside and "territory" in granted)


async def test_every_page_is_read_by_those_of_the_table_only(
    consumer: Consumer, client: httpx.AsyncClient, headers: Headers
) -> None:
    await Log().tell(1, raised(PLACE)).reach(consumer)
    for (action, path), role, territory in product(PAGES.items(), NAMES, TERRITORIES):
        answer = await client.get(path, headers=headers(role, territory=territory))
        where = (action, role, territory, answer.content)
        if _may(action, role, territory):
            assert answer.status_code == 200, where
            assert action != "explain_figure" or answer.json()["total"]["counts"] == 1, where
            continue
        granted = any(role in grant.roles for grant in ACCESS.actions[action])
        code = "outside_territory" if granted else "role_missing"
        assert (answer.status_code, answer.json()["code"]) == (403, code), where
        assert answer.json()["detail"], where


async def test_all_that_is_kept_of_other_services_is_told(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    copies = (await client.get("/copies", headers=headers("auditor"))).json()["items"]
    assert [(one["name"], one["of"], one["behind_events"], one["unknown"]) for one in copies] == [
        ("case_lives", "grievance", None, "this process is told no broker"),
        ("map_history", "territory", None, "this process is told no broker"),
        ("known_units", "territory", None, "this process is told no broker"),
        ("active_people", "volunteer", None, "this process is told no broker"),
        ("held_activities", "volunteer", None, "this process is told no broker"),
        ("given_points", "points", None, "this process is told no broker"),
        ("used_points", "points", None, "this process is told no broker"),
    ]


async def test_every_route_is_in_the_table_and_tried_here(running: FastAPI) -> None:
    assert composing.operations(running) == PAGES.keys() == ACCESS.actions.keys()
    assert {grant.where for grants in ACCESS.actions.values() for grant in grants} == {
        "anywhere", "territory",
    }  # fmt: skip
