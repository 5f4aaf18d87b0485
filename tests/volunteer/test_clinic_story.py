"""S3's free clinic: somebody tells the information station, it becomes a case, the case becomes a
promise, the promise is kept, and then one month it is not, and nobody has to say so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.service import Grievance
from services.volunteer.log import LOG
from services.volunteer.service import Volunteers
from services.volunteer.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.testkit.causes import the_event, walked_back
from shared.testkit.databases import TestServer
from tests.grievance.front_desk import FrontDesk, refused
from tests.volunteer.promises import CLINIC, RESIDENT, Community, Headers
from tests.volunteer.station import casework, heard

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def cases(
    server: TestServer, settings: Settings, headers: Headers
) -> AsyncIterator[tuple[Grievance, FrontDesk]]:
    """The case service and its front desk."""
    async with casework(server, settings.jwks_file, headers) as made:
        yield made


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
    established = await the_event(volunteers.pool, clinic, "series-established")
    logs = {LOG: volunteers.pool, GRIEVANCE.log: there.pool}
    promised, raised = await walked_back(logs, established)
    assert (promised["log"], raised["log"]) == (LOG, GRIEVANCE.log)
    assert (raised["type"], raised["stream_id"]) == ("petition-raised", case)
    assert promised["correlation_id"] == raised["correlation_id"]
    assert promised["recorded_at"] >= raised["recorded_at"]


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
