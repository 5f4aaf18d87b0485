"""The hours of a territory over HTTP: by month, service and team, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.volunteer.queries.hours_board import Years
from services.volunteer.service import Volunteers
from shared.testkit.maps import lay
from tests.volunteer.lives import live_at_random

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
Headers = Callable[..., dict[str, str]]
SPAN = {"from": "2026-01", "until": "2026-12"}
MEASURES = ("records", "minutes", "waiting", "reversed")


@pytest.fixture
async def lived(service: Volunteers) -> None:
    """Accounts with hours in three communities."""
    await lay(service.pool, ["d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "d/s2/c9"])
    async with service.pool.acquire() as connection:
        await live_at_random(connection, seed=4, lives={}, steps=200)
    await service.projector.drain()


async def _board(client: httpx.AsyncClient, headers: Headers, **asked: str) -> dict[str, Any]:
    by = headers("someone", roles=("volunteer",), territory="d")
    answer = await client.get("/hours-board", params={**SPAN, **asked}, headers=by)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def test_every_list_adds_up_to_the_whole_and_the_communities_to_the_district(
    client: httpx.AsyncClient, headers: Headers, lived: None
) -> None:
    whole = await _board(client, headers)
    assert whole["total"]["minutes"] > 0
    assert whole["total"]["reversed"] > 0
    for lines in (whole["months"], whole["services"], whole["teams"]):
        for one in MEASURES:
            assert sum(line[one] for line in lines) == whole["total"][one]
    parts = [await _board(client, headers, territory=one) for one in ("d/s1", "d/s2")]
    for one in MEASURES:
        assert sum(part["total"][one] for part in parts) == whole["total"][one]
    minutes = [line["minutes"] for line in whole["teams"]]
    assert minutes == sorted(minutes, reverse=True)


async def test_another_community_and_another_role_are_refused(
    client: httpx.AsyncClient, headers: Headers, lived: None
) -> None:
    for about, code in (
        ({"roles": ("volunteer",), "territory": "d/s2"}, "outside_territory"),
        ({"roles": ("callback_agent",), "territory": "d"}, "role_missing"),
    ):
        answer = await client.get(
            "/hours-board?territory=d/s1", headers=headers("someone", **about)
        )
        assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_a_span_that_ends_before_it_begins_is_refused(
    client: httpx.AsyncClient, headers: Headers, lived: None
) -> None:
    by = headers("someone", roles=("volunteer",), territory="d")
    answer = await client.get("/hours-board?from=2026-05&until=2026-04", headers=by)
    assert (answer.status_code, answer.json()["code"]) == (422, "ends_before_it_begins")


def test_a_streak_holds_through_the_year_that_has_no_hours_yet() -> None:
    year = datetime.now(UTC).year
    years = Years({"old": range(1991, year), "gap": (year - 3, year - 1), "over": (2001, 2002)})
    assert years.streak("old", year) == year - 1991
    assert years.streak("gap", year) == 1
    assert years.streak("over", year) == 0
    assert (years.first("old"), years.first("none")) == (1991, None)
