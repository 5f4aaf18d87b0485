"""What users of other systems complained about, and what became of it here: what recurs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.volunteer.log import LOG
from services.volunteer.service import Volunteers
from shared.store import read
from tests.grievance.front_desk import refused
from tests.volunteer.promises import Community

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

HOLDER = "00000000-0000-0000-0000-000000000011"
PATROL: dict[str, Any] = {
    "holder": HOLDER, "role": "patrol", "territory": "d/s1/c1", "cadence": "shifts",
    "since": "2027-01-01",
}  # fmt: skip
# Each Tuesday and Friday evening of a quarter.
PATTERN: dict[str, Any] = {
    "weekdays": [2, 5], "begins": "19:00", "ends": "21:00", "first": "2027-01-01",
    "last": "2027-03-31",
}  # fmt: skip


async def types(service: Volunteers) -> list[str]:
    async with service.pool.acquire() as connection:
        return [row["type"] for row in await read.page(connection, LOG, 0, 10_000)]


async def test_civicrm_volunteer_633_shifts_are_made_in_bulk_by_a_repeating_pattern(
    community: Community, service: Volunteers
) -> None:
    duty = (await community.done("/duties", {**PATROL, "pattern": PATTERN}))["id"]
    assert await types(service) == ["duty-post-assigned"], "one command"
    more = {"weekdays": [7], "begins": "22:00", "ends": "01:00", "first": "2027-04-01",
            "last": "2027-04-30"}  # fmt: skip
    await community.done(f"/duties/{duty}/shifts", {"pattern": more})
    assert await community.night_after("2027-05-31") == 26 + 4
    [line] = (await community.read("/duties"))["items"]
    assert line["missed"] == 30


async def test_civicrm_volunteer_633_all_shifts_of_a_pattern_are_taken_or_none(
    community: Community, service: Volunteers
) -> None:
    duty = (await community.done("/duties", {**PATROL, "pattern": PATTERN}))["id"]
    # The last of these meets one that is there.
    more = {**PATTERN, "weekdays": [5], "first": "2027-03-26", "last": "2027-04-30"}
    path = f"/duties/{duty}/shifts"
    refused(await community.post(path, {"pattern": more}), 422, "overlapping_shifts")
    years = {**PATTERN, "weekdays": [1, 2, 3], "first": "2028-01-01", "last": "2031-12-31"}
    refused(await community.post(path, {"pattern": years}), 422, "too_many_shifts")
    assert await types(service) == ["duty-post-assigned"]


async def test_silence_is_detected_not_reported(community: Community, service: Volunteers) -> None:
    clinic = await community.promise()
    assert await community.night_after("2027-01-14") == 0
    assert await community.night_after("2027-01-15") == 1
    async with service.pool.acquire() as connection:
        [_, missed] = await read.stream(connection, UUID(clinic))
    assert (missed["type"], missed["actor"]) == ("occurrence-missed", "timekeeper")
    form = {"day": "2027-01-15"}
    answer = await community.post(f"/series/{clinic}/missed", form)
    assert answer.status_code == 404, "nobody has to say so, and nobody can"
