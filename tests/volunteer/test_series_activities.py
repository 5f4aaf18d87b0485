"""Activities that belong to a series: holding one keeps the promise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.volunteer.log import LOG
from shared.core import births
from shared.core.derived import derived
from shared.core.local_time import day_of
from shared.store import read
from tests.volunteer.club import ANN, BOB, HERE, LEADER, Club, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
def began() -> datetime:
    """When an activity of an hour began that has twenty minutes to go."""
    return datetime.now(UTC) - timedelta(minutes=40)


@pytest.fixture
def day(began: datetime) -> date:
    """The local day on which it began."""
    return date.fromisoformat(day_of(began))


async def _series(club: Club, day: date) -> str:
    form = {
        "name": "周日沙龙", "territory": HERE, "kind": "salon", "promised": False,
        "rhythm": {"every": "week", "weekday": day.isoweekday()},
        "starts": (day - timedelta(days=60)).isoformat(),
    }  # fmt: skip
    return str((await club.done("/series", form, LEADER))["id"])


async def _held(club: Club, series: str, began: datetime) -> str:
    known = await club.plan(began, series=series)
    for person in (ANN, BOB):
        await club.done(f"/activities/{known}/sign-up", {}, self_(person))
    marks = [{"person": str(ANN), "attended": "came"}, {"person": str(BOB), "attended": "absent"}]
    await club.done(f"/activities/{known}/attendance", {"marks": marks}, LEADER)
    await club.done(f"/activities/{known}/hold", {"served": 40}, LEADER)
    return known


async def _tracked(club: Club, series: str) -> dict[str, Any]:
    return await club.read(f"/promises/{series}", {**LEADER, "territory": "d"})


async def _of_type(club: Club, wanted: str) -> list[Any]:
    async with club.service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000)
    return [row for row in rows if row["type"] == wanted]


async def test_an_activity_of_a_series_that_is_held_is_its_occurrence(
    club: Club, began: datetime, day: date
) -> None:
    await club.open(ANN, BOB)
    series = await _series(club, day)
    known = await _held(club, series, began)
    [one] = (await _tracked(club, series))["occurrences"]
    assert (one["day"], one["status"], one["people"]) == (day.isoformat(), "held", 1)
    [happened] = await _of_type(club, "activity-held")
    [occurred] = await _of_type(club, "occurrence-held")
    assert str(happened["stream_id"]) == known
    born = births.name(LOG, happened["position"], births.FIRST)
    assert occurred["causation_id"] == derived("event", *born)
    assert occurred["correlation_id"] == happened["correlation_id"]
    assert occurred["actor"] == "policy"


async def test_an_activity_on_another_day_is_held_and_keeps_no_promise(
    club: Club, began: datetime, day: date
) -> None:
    await club.open(ANN, BOB)
    series = await _series(club, day + timedelta(days=1))
    await _held(club, series, began)
    assert (await _tracked(club, series))["occurrences"] == []
    assert len(await _of_type(club, "activity-held")) == 1
    assert await _of_type(club, "occurrence-held") == []


async def test_who_said_it_before_the_activity_was_held_is_not_counted_twice(
    club: Club, began: datetime, day: date
) -> None:
    await club.open(ANN, BOB)
    series = await _series(club, day)
    told = {"day": day.isoformat(), "people": 12}
    await club.done(f"/series/{series}/held", told, LEADER)
    await _held(club, series, began)
    [one] = (await _tracked(club, series))["occurrences"]
    assert (one["status"], one["people"]) == ("held", 12)
