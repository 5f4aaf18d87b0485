"""The read model of households: what it holds, and that it holds whatever happens on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from services.territory.log import EVENTS, LOG
from services.territory.projections.households import HouseholdRow, households, standing
from services.territory.roster.commands import (
    AmendHousehold,
    CloseHousehold,
    ReturnHousehold,
    VacateHousehold,
)
from services.territory.roster.decider import building_roster
from services.territory.roster.events import RosterEvent
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestDatabase
from shared.testkit.projections import Told, history, holds
from tests.territory.maps import day
from tests.territory.rosters import (
    BUILDING,
    Lives,
    about,
    entry,
    ids,
    live_at_random,
    register,
)

told = Told(households)
[HOME, OTHER] = ids("101", "102")


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.mark.postgres
async def test_the_read_model_holds(pool: Pool) -> None:
    lives: Lives = defaultdict(list)
    async with pool.acquire() as connection:
        await live_at_random(connection, seed=1, lives=lives)
    kinds = {event.type for past in lives.values() for event in past}
    assert kinds == {*building_roster.events.classes}, "these were to be tried"
    await holds(pool, households, LOG, EVENTS)


def lived(*commands: Any) -> list[Any]:
    """The events of these commands to one roster."""
    past: list[RosterEvent] = []
    for command in commands:
        past += building_roster.decide(command, building_roster.fold(past))
    return history(LOG, (HOME, past))


def test_households_are_counted_from_the_day_on_which_they_came() -> None:
    rows = lived(
        register(entry("101", 9000), at=day(0)),
        register(entry("102", 5000), at=day(10)),
        about(CloseHousehold, "101", day(20)),
    )
    told(*rows).counts(
        {
            (BUILDING, "2020-01-01"): {"households": 1, "area_dm2": 9000},
            (BUILDING, "2020-01-11"): {"households": 1, "area_dm2": 5000},
            (BUILDING, "2020-01-21"): {"households": -1, "area_dm2": -9000},
        }
    )


def test_an_amended_area_counts_from_that_day_on() -> None:
    rows = lived(register(entry("101", 9000)), about(AmendHousehold, "101", day(5), area_dm2=9500))
    told(*rows).counts(
        {
            (BUILDING, "2020-01-01"): {"households": 1, "area_dm2": 9000},
            (BUILDING, "2020-01-06"): {"households": 0, "area_dm2": 500},
        }
    )


def test_who_moves_out_and_back_is_a_household_all_the_time() -> None:
    rows = lived(
        register(entry("101", 9000)),
        about(VacateHousehold, "101", day(5)),
        about(ReturnHousehold, "101", day(8)),
    )
    told(*rows).counts({(BUILDING, "2020-01-01"): {"households": 1, "area_dm2": 9000}})
    [row] = told(*rows).held.rows.values()
    occupied = [standing(row, day(n) + timedelta(hours=1)) for n in (0, 5, 7, 8)]
    assert [one and one.occupied for one in occupied] == [True, False, False, True]


def test_what_was_closed_and_came_back_was_away_between() -> None:
    rows = lived(
        register(entry("101", 9000)),
        about(CloseHousehold, "101", day(3)),
        register(entry("101", 4000), at=day(6)),
    )
    [row] = told(*rows).held.rows.values()
    assert isinstance(row, HouseholdRow)
    assert (row.since, row.until, row.area_dm2) == (day(0), None, 4000)
    areas = [(then := standing(row, day(n))) and then.area_dm2 for n in (0, 1, 3, 4, 6, 7)]
    assert areas == [None, 9000, 9000, None, None, 4000]


def test_one_row_a_household_and_none_for_other_events() -> None:
    rows = lived(register(entry("101"), entry("102")))
    assert {*told(*rows).held.rows} == {HOME, OTHER}
