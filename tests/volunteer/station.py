"""The case service beside the volunteer service: where the information station's reports go."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import httpx

from services.grievance import app as grievance
from services.grievance.service import Grievance
from services.grievance.settings import Settings as GrievanceSettings
from services.volunteer.projections.known_cases import known_cases
from services.volunteer.service import Volunteers
from shared.contracts.grievance import GRIEVANCE
from shared.core.local_time import day_of
from shared.ops.settings import Databases
from shared.runtime.following.consuming import Consumer
from shared.testkit.databases import TestServer
from shared.testkit.deliveries import KeptFeed, published
from shared.testkit.maps import lay
from tests.grievance.front_desk import FrontDesk
from tests.volunteer.club import ANN, BOB, HERE, LEADER, Club, self_
from tests.volunteer.promises import CLINIC, Headers

PARTITIONS = 4


@asynccontextmanager
async def casework(
    server: TestServer, jwks_file: Path | None, headers: Headers
) -> AsyncIterator[tuple[Grievance, FrontDesk]]:
    """The case service, on databases of its own, and its front desk."""
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        own = GrievanceSettings(
            grievance=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=jwks_file,
        )
        app = grievance.api(own)
        async with app.router.lifespan_context(app):
            await lay(app.state.service.pool, ("d", "d/s1", "d/s1/c1", "d/s2"))
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://cases") as client:
                yield app.state.service, FrontDesk(client, headers)


async def heard(volunteers: Volunteers, there: Grievance) -> None:
    """The volunteer service hears of the cases there are by now."""
    async with there.pool.acquire() as connection:
        topic = await published(connection, grievance.PUBLICATION, PARTITIONS)
    feed = KeptFeed(topic, Random(0))
    consumer = Consumer(volunteers.pool, known_cases, GRIEVANCE, feed, PARTITIONS)
    await consumer.prepare()
    await consumer.catch_up()


async def volunteered(club: Club, case: str, minutes: int = 40) -> str:
    """Ann and Bob come to an activity of a salon that a case led to; it began so many minutes ago,
    and is held. Its id."""
    await club.open(ANN, BOB)
    began = datetime.now(UTC) - timedelta(minutes=minutes)
    weekday = date.fromisoformat(day_of(began)).isoweekday()
    salon = {
        **CLINIC, "territory": HERE, "promised": False, "cause_case": case,
        "rhythm": {"every": "week", "weekday": weekday},
    }  # fmt: skip
    series = (await club.done("/series", salon, {**LEADER, "territory": "d"}))["id"]
    held = await club.plan(began, minutes + 20, series=series)
    for person in (ANN, BOB):
        await club.done(f"/activities/{held}/sign-up", {}, self_(person))
    marks = [{"person": str(one), "attended": "came"} for one in (ANN, BOB)]
    await club.done(f"/activities/{held}/attendance", {"marks": marks}, LEADER)
    await club.done(f"/activities/{held}/hold", {"served": 40}, LEADER)
    return held
