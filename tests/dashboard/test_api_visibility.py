"""Who may see whose figures, and questions that nobody should ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args
from urllib.parse import quote

import httpx
import pytest

from shared.core.roles import Role
from shared.runtime.following.consuming import Consumer
from tests.dashboard.conftest import Headers
from tests.dashboard.told import Log, raised
from tests.grievance.front_desk import pointers, refused
from tests.grievance.test_api_visibility import SEEN, TRAPS

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ADDRESS = "/boards/d"
EXPLAIN = "/boards/d/explain/open"
ADDRESSES = (ADDRESS, EXPLAIN)
READERS = {"dispatcher", "supervisor", "district_observer", "auditor"}
ROLES = (*get_args(Role), "Supervisor")
DAYS = ("", "2026-02-30", "2026-5-1", "20260501", "2026-W18-5", "1777564800",
        "2026-05-01T00:00:00Z", "today", "0000-01-01", "1899-12-31", "2200-01-01",
        "２０２６-05-01")  # fmt: skip
BAD_QUERIES = (
    *(("at", day) for day in DAYS), ("window", "0"), ("window", "367"), ("window", "1.5"),
    ("drawn_at", "yesterday"), ("drawn_at", "2026-05-01"), ("min_position", "-1"),
    ("min_position", "1e3"), ("min_position", str(2**63)), ("day", "1"), ("territory", "d"),
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
    for address in (*ADDRESSES, "/measures"):
        answer = await client.get(address, headers=headers(role))
        if role in READERS:
            assert answer.status_code == 200, answer.text
        else:
            refused(answer, 403, "role_missing")


async def test_a_token_is_needed(client: httpx.AsyncClient) -> None:
    for address in (*ADDRESSES, "/measures"):
        refused(await client.get(address), 401, "unauthenticated")
        answer = await client.get(address, headers={"authorization": "Bearer x.y.z"})
        refused(answer, 401, "unauthenticated")


async def test_figures_are_those_of_ones_own_subtree(
    filed: None, client: httpx.AsyncClient, headers: Headers
) -> None:
    for own, seen in SEEN.items():
        about = headers("supervisor", territory=own)
        page = (await client.get(f"/boards/{quote(own)}", headers=about)).json()
        assert page["figures"]["open"]["value"] == len(seen), own
        page = (await client.get(f"/boards/{quote(own)}/explain/open", headers=about)).json()
        assert page["total"]["counts"] == len(page["items"]) == len(seen), own


async def test_one_level_below_is_not_mistaken_for_its_neighbours(
    filed: None, client: httpx.AsyncClient, headers: Headers
) -> None:
    page = (await client.get("/boards/d/s1", headers=headers())).json()
    assert {
        part["territory"]["code"]: part["figures"]["open"]["value"] for part in page["parts"]
    } == {
        "d/s1": 1, "d/s1/c1": 2, "d/s1/c10": 1, "d/s1/c_": 1, "d/s1/c%": 1, "d/s1/cx": 1,
        "d/s1/c1\\": 2,
    }  # fmt: skip


async def test_nobody_sees_what_lies_elsewhere(
    filed: None, client: httpx.AsyncClient, headers: Headers
) -> None:
    about = headers("auditor", territory="d/s1/c1")
    assert (await client.get("/boards/d/s1/c1", headers=about)).status_code == 200
    for wanted in ("d", "d/s1", "d/s1/c10", "d/s1/c", "d/s1/c1x", "%25", "d/s1/c1%25", "nowhere"):
        for address in (f"/boards/{wanted}", f"/boards/{wanted}/explain/overdue"):
            refused(await client.get(address, headers=about), 403, "outside_territory")


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_bad_parameter_is_pointed_at(
    client: httpx.AsyncClient, headers: Headers, address: str
) -> None:
    for name, value in BAD_QUERIES:
        answer = await client.get(address, params={name: value}, headers=headers())
        assert pointers(refused(answer, 422, "invalid_request")) == [f"/{name}"], (name, value)


async def test_a_page_that_is_none_is_refused(client: httpx.AsyncClient, headers: Headers) -> None:
    for name, value in (("limit", "0"), ("limit", "501"), ("after", "x" * 201)):
        answer = await client.get(EXPLAIN, params={name: value}, headers=headers())
        assert pointers(refused(answer, 422, "invalid_request")) == [f"/{name}"]
    answer = await client.get(EXPLAIN, params={"after": "nonsense"}, headers=headers())
    assert pointers(refused(answer, 422, "bad_page_mark")) == ["/after"]
    answer = await client.get("/boards/d/explain/happiness", headers=headers())
    assert pointers(refused(answer, 422, "invalid_request")) == ["/measure"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_parameter_given_twice_is_refused(
    client: httpx.AsyncClient, headers: Headers, address: str
) -> None:
    asked = f"{address}?at=2026-05-01&at=2026-05-02"
    problem = refused(await client.get(asked, headers=headers()), 422, "repeated_parameter")
    assert pointers(problem) == ["/at"]


async def test_a_day_to_come_has_no_figures(client: httpx.AsyncClient, headers: Headers) -> None:
    for address in ADDRESSES:
        answer = await client.get(address, params={"at": "2199-12-31"}, headers=headers())
        assert pointers(refused(answer, 422, "in_the_future")) == ["/at"]


async def test_there_is_nothing_to_write_to(client: httpx.AsyncClient, headers: Headers) -> None:
    refused(await client.post(ADDRESS, json={}, headers=headers()), 405, "method_not_allowed")
    refused(await client.get("/cases", headers=headers()), 404, "not_found")
