"""The case service beside the volunteer service: where the information station's reports go."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import httpx

from services.grievance import app as grievance
from services.grievance.service import Grievance
from services.grievance.settings import Settings as GrievanceSettings
from services.volunteer.projections.known_cases import known_cases
from services.volunteer.service import Volunteers
from services.volunteer.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.ops.settings import Databases
from shared.runtime.following.consuming import Consumer
from shared.testkit.databases import TestServer
from shared.testkit.deliveries import KeptFeed, published
from shared.testkit.maps import lay
from tests.grievance.front_desk import FrontDesk
from tests.volunteer.promises import Headers

PARTITIONS = 4


@asynccontextmanager
async def casework(
    server: TestServer, settings: Settings, headers: Headers
) -> AsyncIterator[tuple[Grievance, FrontDesk]]:
    """The case service, on databases of its own, and its front desk."""
    async with server.database("template_log") as log, server.database("template_keys") as keys:
        own = GrievanceSettings(
            grievance=Databases(dsn=log.service, keys_dsn=keys.service),
            master_key=base64.b64encode(os.urandom(32)).decode(),
            jwks_file=settings.jwks_file,
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
