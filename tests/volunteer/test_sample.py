"""The sample's volunteers: a district that could be, the same however often it is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from services.dashboard.pages import people_page
from services.territory.sample import families
from services.territory.sample.homes import homes_of
from services.territory.sample.shape import shape
from services.volunteer import timekeeping
from services.volunteer.queries.stars import StarQueries, Waiting
from services.volunteer.sample import duties, hours, loading, people, promises
from services.volunteer.sample.people import LARGEST, OLDEST, VETERAN
from services.volunteer.service import Volunteers
from services.volunteer.words import GRADES
from shared.core.local_time import day_of
from tests.settled import SMALL, settle

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
async def settled(service: Volunteers) -> Volunteers:
    """The service, with the map and the residents of the smallest sample of the territory."""
    await settle(service.pool, service.map)
    return service


async def _loaded(service: Volunteers) -> int:
    async def head() -> int:
        return 0

    await loading.load(service, SMALL, head)
    await service.projector.drain()
    return await service.head()


async def test_it_is_loaded_once(settled: Volunteers) -> None:
    first = await _loaded(settled)
    assert first > 500
    assert await _loaded(settled) == first


async def test_every_kind_of_evidence_and_of_end_is_there(settled: Volunteers) -> None:
    await _loaded(settled)
    async with settled.pool.acquire() as connection:
        rows = await connection.fetch("select * from service_records")
    assert {row["evidence"] for row in rows} == set(GRADES)
    assert {row["status"] for row in rows} == {"logged", "approved", "rejected", "reversed"}
    assert any(row["late"] for row in rows)
    places = Counter(row["territory"] for row in rows)
    assert {LARGEST, OLDEST} < set(places)
    assert len({row["team"] for row in rows if row["territory"] == LARGEST} - {None}) == 8


async def test_the_veteran_is_of_sixty_eight_years_and_has_served_for_1_200_hours(
    settled: Volunteers,
) -> None:
    await _loaded(settled)
    async with settled.pool.acquire() as connection:
        served = await connection.fetchval(
            "select served from time_accounts where person = $1", VETERAN
        )
    assert served == hours.TWELVE_HUNDRED > 1_200 * 60
    [born] = [one.born for one in _residents() if one.id == VETERAN]
    assert families.YEAR - born == 68


async def test_the_womens_team_has_served_every_year_since_1991(settled: Volunteers) -> None:
    await _loaded(settled)
    team = str(people.team_of(f"{OLDEST}-team-2"))
    async with settled.pool.acquire() as connection:
        rows = await connection.fetch(
            "select distinct left(month, 4)::int as year from hours_cube"
            " where team = $1 and records > 0 order by 1", team,
        )  # fmt: skip
    years = [row["year"] for row in rows]
    assert years[0] == hours.SINCE
    assert years == [*range(years[0], years[0] + len(years))]


async def test_what_recurs_was_held_and_missed_and_is_not_missed_by_the_timer(
    settled: Volunteers,
) -> None:
    await _loaded(settled)
    lines = {row["name"]: row for row in await _rows(settled, "promise_tracker")}
    salon, clinic, feasts = (lines[one] for one in ("周日邻里沙龙", "每月义诊", "我们的节日"))
    assert salon["held"] >= 80
    assert salon["streak"] == salon["held"]
    assert (clinic["missed"], clinic["streak"]) == (1, promises.SILENT - 1)
    assert feasts["held"] >= 4
    assert {row["territory"] for row in lines.values()} == {LARGEST, OLDEST}
    await _nothing_is_noted(settled)


async def test_posts_are_served_and_judged_and_one_week_was_silent(settled: Volunteers) -> None:
    await _loaded(settled)
    posts = {row["role"]: row for row in await _rows(settled, "cadre_checkin_board")}
    assert set(posts) == {"cadre", "pioneer", "patrol"}
    cadre, pioneer, patrol = (posts[one] for one in ("cadre", "pioneer", "patrol"))
    assert (cadre["missed"], cadre["streak"], cadre["issues"]) == (1, duties.SILENT - 1, 1)
    assert (pioneer["pledges"], pioneer["kept"], pioneer["missed"]) == (2, 1, 0)
    assert patrol["minutes"] == patrol["checked"] * duties.MINUTES > 0
    assert patrol["due_on"] is not None
    [judged] = await _rows(settled, "cadre_assessment")
    assert judged["published_at"] is not None
    assert (judged["performance_by"], judged["masses_by"]) == ("secretary-1", "recorder-1")
    for policy in settled.reacting:
        await policy.drain()
    await settled.projector.drain()
    records = await _rows(settled, "service_records")
    nights = [row for row in records if row["recorder"] == "leader-1"]
    assert len(nights) == patrol["checked"], "they become hours, and wait for approval"


async def test_help_is_open_accepted_and_confirmed_in_two_communities(
    settled: Volunteers,
) -> None:
    await _loaded(settled)
    found = Counter(
        (row["territory"], row["status"]) for row in await _rows(settled, "help_requests")
    )
    assert found == {
        (place, status): 1
        for place in (LARGEST, OLDEST)
        for status in ("open", "accepted", "confirmed")
    }
    await _nothing_is_noted(settled)


async def test_the_veteran_holds_three_stars_and_the_county_has_some_to_award(
    settled: Volunteers,
) -> None:
    await _loaded(settled)
    rows = {row["person"]: row for row in await _rows(settled, "star_standing")}
    assert rows[VETERAN]["star"] == 3
    today = day_of(datetime.now(UTC))
    told = await StarQueries(settled.pool).waiting(Waiting(today=today), 10)
    assert sorted(row["state"] for row in told) == ["applied", "noticed", "ready"]


async def _rows(service: Volunteers, table: str) -> Sequence[Any]:
    async with service.pool.acquire() as connection:
        return list(await connection.fetch(f"select * from {table}"))


async def _nothing_is_noted(service: Volunteers) -> None:
    before = await service.head()
    assert await timekeeping.note(service, datetime.now(UTC)) == 0
    assert await service.head() == before


async def test_whom_the_people_page_offers_as_residents_live_in_the_sample() -> None:
    known = {str(one.id) for one in _residents()}
    assert {people_page.VETERAN, people_page.NEIGHBOUR, people_page.ALONE} <= known
    assert str(VETERAN) == people_page.VETERAN
    assert str(people.NEIGHBOUR) == people_page.NEIGHBOUR


def _residents() -> Sequence[families.Person]:
    return [
        person
        for estate in shape(SMALL).estates
        for homes in homes_of(estate)
        for home in homes
        for person in families.family(home, SMALL.seed).people
    ]
