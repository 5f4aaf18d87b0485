"""Hours of volunteers as the dashboard has them: by month and place, and who is behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.dashboard.projections.active_people import MEASURES, ActivePersonRow, active_people
from services.dashboard.projections.held_activities import HeldActivityRow, held_activities
from services.dashboard.service import Dashboard
from services.volunteer.app import PUBLICATION
from shared.contracts.volunteer import ActivityHeld, HoursApproved, HoursReversed
from shared.store import tables
from shared.store.pool import Pool, open_pool
from shared.testkit.contents import folded
from shared.testkit.databases import TestDatabase
from shared.testkit.deliveries import published
from shared.testkit.projections import Told, follows, history
from tests.volunteer.lives import live_at_random

AT = datetime(2026, 5, 2, 9, tzinfo=UTC)
ANN, BO = UUID(int=1), UUID(int=2)
told = Told(active_people)


def approved(
    person: UUID = ANN, record: int = 2, minutes: int = 60, place: str = "d/s1/c1"
) -> HoursApproved:
    return HoursApproved(
        at=AT, person=person, record=record, minutes=minutes, day="2026-05-01", territory=place,
        service="meals",
    )  # fmt: skip


def reversed_(person: UUID = ANN, record: int = 2, minutes: int = 60) -> HoursReversed:
    return HoursReversed(
        at=AT, person=person, record=record, minutes=minutes, day="2026-05-01",
        territory="d/s1/c1", service="meals",
    )  # fmt: skip


def test_hours_that_are_reversed_leave_their_month_and_stay_in_sight() -> None:
    events = [approved(), approved(record=4, minutes=30), reversed_()]
    then = told(*history("volunteer", (ANN, events)))
    [row] = then.held.rows.values()
    assert isinstance(row, ActivePersonRow)
    assert (row.records, row.minutes, row.reversed, row.taken_back) == (1, 30, 1, 60)
    then.counts(
        {("2026-05", "d/s1/c1"): {"records": 1, "minutes": 30, "reversed": 1, "taken_back": 60}}
    )


def test_an_activity_counts_with_what_came_of_it() -> None:
    event = ActivityHeld(
        at=AT, activity=ANN, territory="d/s1/c1", day="2026-05-01", mode="theme_based",
        kind="cleaning", service="environment", came=9, served=0, rubbish_kg=1_200,
    )  # fmt: skip
    then = Told(held_activities)(*history("volunteer", (ANN, [event])))
    then.rows(HeldActivityRow(ANN, "d/s1/c1", "2026-05-01", "cleaning", 9, 0, 1_200))
    then.counts(
        {("2026-05", "d/s1/c1"): {"activities": 1, "came": 9, "served": 0, "rubbish_kg": 1_200}}
    )


@pytest.mark.postgres
@pytest.mark.anyio
async def test_what_came_of_a_month_is_the_sum_of_its_activities(service: Dashboard) -> None:
    await service.map.read()
    events = [
        ActivityHeld(
            at=AT, activity=UUID(int=n), territory=place, day=day, mode="theme_based",
            kind="salon", service="culture", came=n, served=10, rubbish_kg=0,
        )
        for n, place, day in (
            (1, "d/s1/c1", "2026-05-31"), (2, "d/s2", "2026-05-01"), (4, "d/s1/c1", "2026-06-01"),
        )
    ]  # fmt: skip
    held = folded(held_activities, history("volunteer", *((one.activity, [one]) for one in events)))
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, held_activities, held.rows)
        for key, sums in held.sums.items():
            line = [sums.get(name, 0) for name in ("activities", "came", "served", "rubbish_kg")]
            await connection.execute(
                "insert into held_months values ($1, $2, $3, $4, $5, $6)", *key, *line
            )
    effect = (await service.served.month("d", "2026-05")).effect
    assert (effect.activities, effect.came, effect.served) == (2, 3, 20)
    behind = (await service.served.explain("d", "2026-05")).held
    assert [one.came for one in behind] == [1, 2]
    assert sum(one.came for one in behind) == effect.came
    assert (await service.served.month("d/s1", "2026-05")).effect.came == 1


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.mark.postgres
async def test_the_read_model_follows_the_volunteer_service(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await live_at_random(connection, seed=3, lives={}, steps=250)
        topic = await published(connection, PUBLICATION)
    assert {one.type for one in topic.sent} == {"hours-approved", "hours-reversed"}
    assert folded(active_people, topic.history()).rows
    await follows(pool, active_people, topic)


async def _hold(service: Dashboard, *events: HoursApproved | HoursReversed) -> None:
    held = folded(active_people, history("volunteer", *((one.person, [one]) for one in events)))
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, active_people, held.rows)
        for (month, place), sums in held.sums.items():
            line = [sums[name] for name in MEASURES]
            await connection.execute(
                "insert into served_months values ($1, $2, $3, $4, $5, $6)", month, place, *line
            )


@pytest.mark.postgres
@pytest.mark.anyio
async def test_somebody_who_serves_in_two_places_is_one_active_volunteer(
    service: Dashboard,
) -> None:
    await service.map.read()
    await _hold(service, approved(), approved(record=4, place="d/s1/c2"), approved(BO, minutes=20))
    shown = await service.served.month("d", "2026-05")
    assert (shown.months.whole.active, shown.months.whole.minutes) == (2, 140)
    assert {code: one.active for code, one in shown.months.parts.items()} == {
        "d/s1": 2, "d/s2": 0, "d/s3": 0,
    }  # fmt: skip
    parts = (await service.served.month("d/s1", "2026-05")).months.parts
    assert {code: (one.active, one.minutes) for code, one in parts.items()} == {
        "d/s1/c1": (2, 80), "d/s1/c2": (1, 60),
    }  # fmt: skip


@pytest.mark.postgres
@pytest.mark.anyio
async def test_the_lines_behind_a_month_add_up_to_it_page_by_page(service: Dashboard) -> None:
    await service.map.read()
    people = [UUID(int=number) for number in range(1, 8)]
    await _hold(service, *(approved(one, minutes=10 * (one.int % 3 + 1)) for one in people))
    whole = (await service.served.month("d", "2026-05")).months.whole
    lines, mark = [], None
    while True:
        page = await service.served.explain("d", "2026-05", mark, limit=2)
        lines += page.lines
        if not page.more:
            break
        mark = page.lines[-1].minutes, page.lines[-1].line_id
    assert {one.person for one in lines} == set(people)
    assert len(lines) == len(people)
    assert sum(one.minutes for one in lines) == whole.minutes
    assert (await service.served.explain("d/s2", "2026-05")).lines == []
