"""Who may see whose figures, and questions that nobody should ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import httpx
import pytest

from shared.core.roles import Role
from shared.runtime.following.consuming import Consumer
from tests.dashboard.conftest import Headers
from tests.dashboard.told import Log, raised
from tests.grievance.front_desk import pointers, refused
from tests.grievance.test_api_visibility import SEEN, TRAPS

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ADDRESS = "/cases-by-day"
READERS = {"dispatcher", "supervisor", "district_observer", "auditor"}
ROLES = (*get_args(Role), "Supervisor")
BAD_QUERIES = (
    ("by", "month"), ("by", ""), ("territory", ""), ("territory", "d\x00"),
    ("territory", "x" * 201), ("state", "new"), ("state", "lost"), ("state", ""), ("from", ""),
    ("from", "2026-02-30"), ("from", "2026-5-1"), ("from", "20260501"), ("from", "2026-W18-5"),
    ("from", "1777564800"), ("from", "2026-05-01T00:00:00Z"), ("from", "today"),
    ("from", "0000-01-01"), ("to", "2026-13-01"), ("to", "2025-02-29"), ("to", "２０２６-05-01"),
    ("first", "2026-05-01"), ("min_position", "-1"), ("min_position", "1e3"),
    ("min_position", str(2**63)), ("day", "1"),
)  # fmt: skip


@pytest.fixture
def places() -> Sequence[str]:
    return TRAPS


@pytest.fixture
async def filed(consumer: Consumer) -> None:
    """A case in each of the territories whose names are easily mistaken."""
    log = Log()
    for number, territory in enumerate(TRAPS):
        log.tell(number, raised(territory))
    await log.reach(consumer)


@pytest.mark.parametrize("role", ROLES)
async def test_figures_are_for_those_who_answer_for_a_territory(
    client: httpx.AsyncClient, headers: Headers, role: str
) -> None:
    answer = await client.get(ADDRESS, headers=headers(role))
    if role in READERS:
        assert answer.status_code == 200, answer.text
    else:
        refused(answer, 403, "role_missing")


async def test_a_token_is_needed(client: httpx.AsyncClient) -> None:
    refused(await client.get(ADDRESS), 401, "unauthenticated")
    answer = await client.get(ADDRESS, headers={"authorization": "Bearer x.y.z"})
    refused(answer, 401, "unauthenticated")


@pytest.mark.parametrize("by", ["day", "territory"])
async def test_figures_are_those_of_ones_own_subtree(
    filed: None, client: httpx.AsyncClient, headers: Headers, by: str
) -> None:
    for own, seen in SEEN.items():
        about = headers("supervisor", territory=own)
        page = (await client.get(ADDRESS, params={"by": by}, headers=about)).json()
        assert page["totals"]["cases"] == len(seen), own


async def test_one_level_below_is_not_mistaken_for_its_neighbours(
    filed: None, client: httpx.AsyncClient, headers: Headers
) -> None:
    asked = {"by": "territory", "territory": "d/s1"}
    page = (await client.get(ADDRESS, params=asked, headers=headers())).json()
    assert {line["territory"]: line["cases"] for line in page["items"]} == {
        "d/s1": 1, "d/s1/c1": 2, "d/s1/c10": 1, "d/s1/c_": 1, "d/s1/c%": 1, "d/s1/cx": 1,
        "d/s1/c1\\": 2,
    }  # fmt: skip


async def test_a_filter_narrows_a_territory_and_never_widens_it(
    filed: None, client: httpx.AsyncClient, headers: Headers
) -> None:
    page = await client.get(ADDRESS, params={"territory": "d/s1/c1"}, headers=headers())
    assert page.json()["totals"]["cases"] == 2
    for wanted in ("d", "d/s1", "d/s1/c10", "d/s1/c", "d/s1/c1x", "%", "d/s1/c1%"):
        for by in ("day", "territory"):
            answer = await client.get(
                ADDRESS,
                params={"territory": wanted, "by": by},
                headers=headers("auditor", territory="d/s1/c1"),
            )
            refused(answer, 403, "outside_territory")


async def test_a_bad_parameter_is_pointed_at(client: httpx.AsyncClient, headers: Headers) -> None:
    for name, value in BAD_QUERIES:
        answer = await client.get(ADDRESS, params={name: value}, headers=headers())
        assert pointers(refused(answer, 422, "invalid_request")) == [f"/{name}"], (name, value)


async def test_a_parameter_given_twice_is_refused(
    client: httpx.AsyncClient, headers: Headers
) -> None:
    asked = f"{ADDRESS}?from=2026-05-01&from=2026-05-02"
    problem = refused(await client.get(asked, headers=headers()), 422, "repeated_parameter")
    assert pointers(problem) == ["/from"]


async def test_there_is_nothing_to_write_to(client: httpx.AsyncClient, headers: Headers) -> None:
    refused(await client.post(ADDRESS, json={}, headers=headers()), 405, "method_not_allowed")
    refused(await client.get("/cases", headers=headers()), 404, "not_found")
