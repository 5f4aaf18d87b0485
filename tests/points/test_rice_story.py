"""The story of the documents: a report at the information station becomes a clinic, people serve
there, their hours are approved, points arrive, somebody fetches a bag of rice. From the rice one
can walk back to the report."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.points.informing import Informing
from services.points.log import LOG
from services.points.policies import when_hours_are_approved_or_reversed_then_credit_or_take_back
from services.points.service import PointsService
from services.volunteer import app as volunteer
from services.volunteer.settings import Settings as VolunteerSettings
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.volunteer import VOLUNTEER
from shared.ops.settings import Databases
from shared.runtime.policies.reacting import Reactor
from shared.testkit.causes import the_event, types_of, walked_back
from shared.testkit.databases import TestServer
from shared.testkit.deliveries import KeptFeed, published
from tests.points.market import ANN, BOB, KEEPER, Market, self_
from tests.volunteer.club import Club
from tests.volunteer.promises import Headers
from tests.volunteer.station import PARTITIONS, casework, heard, volunteered

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

APPROVER: dict[str, Any] = {"sub": "approver", "roles": ("hours_approver",), "territory": "d"}
WAY = [
    "redemption-fulfilled", "redemption-requested", "points-earned", "hours-approved",
    "hours-logged", "activity-held", "activity-planned", "series-established", "petition-raised",
]  # fmt: skip


@asynccontextmanager
async def _volunteers(server: TestServer, jwks_file: Path, headers: Headers) -> AsyncIterator[Club]:
    """The volunteer service, on databases of its own."""
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        own = VolunteerSettings(
            volunteer=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=jwks_file,
        )
        app = volunteer.api(own)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://hours") as client:
                yield Club(client, headers, app.state.service)


async def _told(club: Club, points: PointsService) -> Reactor:
    """What the points service does about hours, with all that the volunteer service says by now."""
    async with club.service.pool.acquire() as connection:
        topic = await published(connection, volunteer.PUBLICATION, PARTITIONS)
    following = (points.pool, KeptFeed(topic, Random(0)), PARTITIONS)
    policy = when_hours_are_approved_or_reversed_then_credit_or_take_back
    reactor = Reactor(points.executor, policy, VOLUNTEER, following, Informing(points))
    await reactor.prepare()
    return reactor


async def _approve(club: Club) -> None:
    for row in await club.records():
        path = f"/people/{row['person']}/records/{row['record']}/approve"
        await club.done(path, {}, APPROVER)


async def test_from_a_bag_of_rice_back_to_the_report_that_it_came_of(
    market: Market, server: TestServer, jwks_file: Path, headers: Headers
) -> None:
    async with (
        casework(server, jwks_file, headers) as (cases, desk),
        _volunteers(server, jwks_file, headers) as club,
    ):
        report = (await desk.file(channel="station", case_type="suggest"))["id"]
        await heard(club.service, cases)
        await _told(club, market.service)
        await volunteered(club, report, minutes=150)
        await _approve(club)
        await (await _told(club, market.service)).catch_up()
        await market.service.projector.drain()
        shop = await market.shop()
        rice = await market.item(shop, 2, points=5)
        one = await market.choose(rice, ANN, points=5)
        [mine] = (await market.read("/me/redemptions", self_(ANN)))["items"]
        await market.done(f"/redemptions/{one}/fulfil", {"code": mine["code"]}, KEEPER)

        fetched = await the_event(market.service.pool, UUID(one), "redemption-fulfilled")
        logs = {
            LOG: market.service.pool,
            VOLUNTEER.log: club.service.pool,
            GRIEVANCE.log: cases.pool,
        }
        chain = await walked_back(logs, fetched)
        assert types_of(chain) == WAY
        assert chain[-1]["stream_id"] == UUID(report)
        assert len({row["correlation_id"] for row in chain}) == 1, "all of it is one matter"
        times = [row["recorded_at"] for row in chain]
        assert times == sorted(times, reverse=True)


async def test_hours_that_are_reversed_take_back_the_points_they_brought(
    market: Market, server: TestServer, jwks_file: Path, headers: Headers
) -> None:
    async with (
        casework(server, jwks_file, headers) as (cases, desk),
        _volunteers(server, jwks_file, headers) as club,
    ):
        report = (await desk.file(channel="station", case_type="suggest"))["id"]
        await heard(club.service, cases)
        await _told(club, market.service)
        await volunteered(club, report, minutes=150)
        await _approve(club)
        [first, _] = await club.records()
        path = f"/people/{first['person']}/records/{first['record']}/reverse"
        await club.done(path, {"reason": "false_hours"}, APPROVER)
        reactor = await _told(club, market.service)
        await reactor.catch_up()
        await market.service.projector.drain()
        async with market.service.pool.acquire() as connection:
            rows = await connection.fetch("select holder, earned from points_accounts")
        earned = {row["holder"]: row["earned"] for row in rows}
        assert earned == {first["person"]: 0, ({ANN, BOB} - {first["person"]}).pop(): 5}
