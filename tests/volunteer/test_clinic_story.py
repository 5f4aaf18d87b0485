"""S3's free clinic: somebody tells the information station, it becomes a case, the case becomes a
promise, the promise is kept, and then one month it is not, and nobody has to say so."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from random import Random
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.grievance import app as grievance
from services.grievance.service import Grievance
from services.grievance.settings import Settings as GrievanceSettings
from services.volunteer.log import LOG
from services.volunteer.projections.known_cases import known_cases
from services.volunteer.service import Volunteers
from services.volunteer.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.core import births
from shared.core.derived import derived
from shared.ops.settings import Databases
from shared.runtime.following.consuming import Consumer
from shared.store import read
from shared.testkit.databases import TestServer
from shared.testkit.deliveries import KeptFeed, published
from shared.testkit.maps import lay
from tests.grievance.front_desk import FrontDesk, refused
from tests.volunteer.promises import CLINIC, RESIDENT, Community, Headers

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

PARTITIONS = 4


@pytest.fixture
async def cases(
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


async def test_from_a_report_at_the_station_to_a_month_that_was_missed(
    community: Community, cases: tuple[Grievance, FrontDesk]
) -> None:
    there, desk = cases
    told: dict[str, Any] = {"channel": "station", "case_type": "suggest"}
    case = (await desk.file(**told))["id"]
    refused(await community.post("/series", {**CLINIC, "cause_case": case}), 422, "no_such_case")
    await heard(community.service, there)

    clinic = await community.promise(cause_case=case)
    for day, people in (("2027-01-15", 62), ("2027-02-15", 58), ("2027-03-15", 71)):
        await community.held(clinic, day, people)
        assert await community.night_after(day) == 0
    assert await community.night_after("2027-04-15") == 1, "nobody said anything"
    await community.held(clinic, "2027-05-15", 66)

    line = await community.line(clinic)
    assert (line["held"], line["missed"], line["people"]) == (4, 1, 257)
    assert (line["streak"], line["longest"], line["last_missed"]) == (1, 3, "2027-04-15")
    assert line["cause_case"] == case
    view = await community.read(f"/promises/{clinic}")
    assert [one["status"] for one in view["occurrences"]] == [
        "held", "missed", "held", "held", "held",
    ]  # fmt: skip
    shown = await community.line(clinic, actor=RESIDENT)
    assert (shown["from_case"], shown["cause_case"]) == (True, None), "whose it was stays there"
    await _walked_back(community.service, there, UUID(clinic), UUID(case))


async def _walked_back(volunteers: Volunteers, there: Grievance, clinic: UUID, case: UUID) -> None:
    """The series names the event that raised the case, and belongs to the same matter."""
    async with volunteers.pool.acquire() as connection:
        [established, *_] = await read.stream(connection, clinic)
    async with there.pool.acquire() as connection:
        [raised, *_] = await read.stream(connection, case)
    assert (established["type"], raised["type"]) == ("series-established", "petition-raised")
    cause = derived("event", *births.name(GRIEVANCE.log, raised["position"], births.FIRST))
    assert established["causation_id"] == cause
    assert established["correlation_id"] == raised["correlation_id"]
    assert established["recorded_at"] >= raised["recorded_at"]
    assert established["log"] == LOG


async def test_a_case_elsewhere_causes_nothing_here(
    community: Community, cases: tuple[Grievance, FrontDesk]
) -> None:
    there, desk = cases
    elsewhere = (await desk.file(territory="d/s2"))["id"]
    await heard(community.service, there)
    form = {**CLINIC, "cause_case": elsewhere}
    answer = await community.post("/series", form, territory="d/s1")
    problem = refused(answer, 422, "no_such_case")
    assert problem["errors"][0]["pointer"] == "/cause_case"
    form = {**CLINIC, "cause_case": str(uuid4())}
    refused(await community.post("/series", form), 422, "no_such_case")
