"""From hours that count back to the report that led to them: each step names what it answers to,
in whatever log that is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.service import Grievance
from services.volunteer.account.stream import account_of
from services.volunteer.log import LOG
from services.volunteer.service import Volunteers
from services.volunteer.settings import Settings
from shared.contracts.grievance import GRIEVANCE
from shared.store.pool import Pool
from shared.testkit.causes import the_event, types_of, walked_back
from shared.testkit.databases import TestServer
from tests.grievance.front_desk import FrontDesk
from tests.volunteer.club import ANN, LEADER, Club
from tests.volunteer.promises import CLINIC, Headers
from tests.volunteer.station import casework, heard, volunteered

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

APPROVER: dict[str, Any] = {"sub": "approver", "roles": ("hours_approver",), "territory": "d"}
# From the information station's report to hours that count, backwards.
WAY = [
    "hours-approved", "hours-logged", "activity-held", "activity-planned", "series-established",
    "petition-raised",
]  # fmt: skip


@pytest.fixture
async def cases(
    server: TestServer, settings: Settings, headers: Headers
) -> AsyncIterator[tuple[Grievance, FrontDesk]]:
    """The case service and its front desk."""
    async with casework(server, settings.jwks_file, headers) as made:
        yield made


def _logs(volunteers: Volunteers, there: Grievance) -> dict[str, Pool]:
    return {LOG: volunteers.pool, GRIEVANCE.log: there.pool}


def _one_matter(chain: list[Any]) -> None:
    """Everything belongs to the matter of the first, and nothing was recorded before its cause."""
    assert len({row["correlation_id"] for row in chain}) == 1
    times = [row["recorded_at"] for row in chain]
    assert times == sorted(times, reverse=True)


async def test_from_approved_hours_back_to_the_petition_that_led_to_them(
    club: Club, cases: tuple[Grievance, FrontDesk]
) -> None:
    there, desk = cases
    case = (await desk.file(channel="station", case_type="suggest"))["id"]
    await heard(club.service, there)
    await volunteered(club, case)
    first, second = [(row["person"], row["record"]) for row in await club.records()]
    await club.done("/people/{}/records/{}/approve".format(*first), {}, APPROVER)
    named = {"person": str(second[0]), "record": second[1]}
    await club.done("/records/approve", {"records": [named]}, APPROVER)
    reversal = {"reason": "mistake"}
    await club.done("/people/{}/records/{}/reverse".format(*first), reversal, APPROVER)
    for person, last in ((second[0], "hours-approved"), (first[0], "hours-reversed")):
        event = await the_event(club.service.pool, account_of(person), last)
        chain = await walked_back(_logs(club.service, there), event)
        assert types_of(chain) == (WAY if last == WAY[0] else [last, *WAY])
        assert chain[-1]["stream_id"] == UUID(case)
        _one_matter(chain)


async def test_hours_that_were_rejected_answer_to_the_record(
    club: Club, cases: tuple[Grievance, FrontDesk]
) -> None:
    there, desk = cases
    case = (await desk.file(channel="station", case_type="suggest"))["id"]
    await heard(club.service, there)
    await volunteered(club, case)
    [row, _] = await club.records()
    path = f"/people/{row['person']}/records/{row['record']}/reject"
    await club.done(path, {"reason": "double"}, APPROVER)
    rejected = await the_event(club.service.pool, account_of(row["person"]), "hours-rejected")
    chain = await walked_back(_logs(club.service, there), rejected)
    assert types_of(chain) == ["hours-rejected", *WAY[1:]]


async def test_an_activity_answers_to_no_promise_of_elsewhere(club: Club) -> None:
    await club.open(ANN)
    salon = {**CLINIC, "territory": "d/s2/c9", "promised": False}
    elsewhere = (await club.done("/series", salon, {**LEADER, "territory": "d"}))["id"]
    nobody = await club.plan(datetime.now(UTC), series=str(uuid4()))
    stranger = await club.plan(datetime.now(UTC), series=elsewhere)
    for one in (nobody, stranger):
        planned = await the_event(club.service.pool, UUID(one), "activity-planned")
        assert types_of(await walked_back({LOG: club.service.pool}, planned)) == [planned["type"]]
