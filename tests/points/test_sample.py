"""The sample's points: a district that could be, the same however often it is loaded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.dashboard.pages import people_page
from services.points.projections.points_accounts import lots_of
from services.points.sample import loading, people
from services.points.service import PointsService
from shared.core.local_time import day_of
from tests.settled import SMALL, settle

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def settled(service: PointsService) -> PointsService:
    """The service, with the map and the residents of the smallest sample."""
    await settle(service.pool, service.map)
    return service


async def _loaded(service: PointsService) -> int:
    async def head() -> int:
        return 0

    await loading.load(service, SMALL, head)
    await service.projector.drain()
    return await service.head()


async def test_it_is_loaded_once(settled: PointsService) -> None:
    first = await _loaded(settled)
    assert first > 300
    assert await _loaded(settled) == first


async def test_points_of_every_kind_came_and_went(settled: PointsService) -> None:
    await _loaded(settled)
    async with settled.pool.acquire() as connection:
        kinds = await connection.fetch("select distinct kind from point_entries")
        reasons = await connection.fetch("select distinct reason from point_deeds")
    assert {"points-earned", "points-expired", "points-carried-over"} <= {row[0] for row in kinds}
    assert {"activity", "serving", "clue", "mediation", "explaining"} == {row[0] for row in reasons}


async def test_whom_the_pages_let_one_be_have_points_to_spend(settled: PointsService) -> None:
    await _loaded(settled)
    shown = {people_page.VETERAN, people_page.NEIGHBOUR, people_page.ALONE}
    assert {str(one) for one in people.KNOWN} == shown
    today = day_of(datetime.now(UTC))
    async with settled.pool.acquire() as connection:
        rows = await connection.fetch(
            "select lots from points_accounts where keeper = any($1)", [*people.KNOWN]
        )
    assert len(rows) == len(shown)
    for row in rows:
        lots = lots_of(row["lots"]).values()
        assert sum(one.left for one in lots if (one.expires or today) >= today) >= 30


async def test_two_shops_have_things_and_somebody_chose_some(settled: PointsService) -> None:
    await _loaded(settled)
    async with settled.pool.acquire() as connection:
        shops = await connection.fetchval("select count(*) from shops")
        wrong = await connection.fetchval(
            "select count(*) from shop_stock where stocked <> shelf + held + given + off"
        )
        ends = await connection.fetch("select distinct status from redemptions")
        spent = await connection.fetchval("select sum(points) from redemptions where ended_at is"
                                          " not null and status = 'fulfilled'")  # fmt: skip
        redeemed = await connection.fetchval(
            "select -sum(amount) from point_entries where kind = 'points-redeemed'"
        )
    assert (shops, wrong) == (2, 0)
    assert {row[0] for row in ends} == {"held", "fulfilled", "cancelled"}
    assert spent == redeemed > 0


async def test_a_wall_of_more_than_forty_honours_hangs_and_some_are_on_notice(
    settled: PointsService,
) -> None:
    await _loaded(settled)
    async with settled.pool.acquire() as connection:
        rows = await connection.fetch(
            "select status, kind, recorded, count(*) as many from honour_wall group by 1, 2, 3"
        )
    many = {(row["status"], row["kind"], row["recorded"]): row["many"] for row in rows}
    assert many["held", "community", True] == 42, "S0: forty and more, of the province and the city"
    assert (many["held", "person", False], many["held", "household", False]) == (2, 1)
    assert many["noticed", "person", False] + many["noticed", "household", False] == 2
    assert many["nominated", "person", False] == 1


async def test_a_reviewer_has_claims_to_look_at(settled: PointsService) -> None:
    await _loaded(settled)
    async with settled.pool.acquire() as connection:
        rows = await connection.fetch("select status, count(*) from point_claims group by 1")
    found = {row[0]: row[1] for row in rows}
    assert found["waiting"] >= 5
    assert found["rejected"] >= 1
