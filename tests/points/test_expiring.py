"""What time alone does to points, on a real log: ended at midnight in Beijing, swept after it, told
before it."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from services.points.expiring.noticing import until
from services.points.points_rules.commands import PublishPointsRules
from services.points.points_rules.decider import points_rules
from services.points.points_rules.stream import POINTS_RULES
from services.points.rules.book import Expiry
from services.points.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of
from shared.runtime.commands.submission import Target
from tests.points.deciding import BY
from tests.points.seasons import EVE, MIDNIGHT, MONTHLY, Seasons

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_points_end_at_midnight_in_beijing_and_not_a_second_before(seasons: Seasons) -> None:
    await seasons.earned(1, 2, EVE)
    assert await seasons.note(EVE) == 1
    assert (await seasons.told(1))[-1] == "expiry-noticed", "that they end is told, no more"
    assert await seasons.free(1, day_of(EVE)) == 30
    assert await seasons.free(1, day_of(MIDNIGHT)) == 10, "gone before any sweep"
    await seasons.note(MIDNIGHT)
    assert (await seasons.told(1))[3:5] == ["points-carried-over", "points-expired"]
    assert await seasons.free(1, day_of(MIDNIGHT)) == 10
    assert (await seasons.row(1)).ends_next == "2026-10-31"


async def test_a_sweep_that_is_repeated_does_nothing_and_a_late_lot_is_swept_all_the_same(
    seasons: Seasons,
) -> None:
    await seasons.earned(1, 2, EVE)
    await seasons.note(MIDNIGHT)
    before = await seasons.told(1)
    assert (await seasons.note(MIDNIGHT), await seasons.told(1)) == (0, before)
    await seasons.earned(1, 1, EVE)
    assert await seasons.note(MIDNIGHT) == 1
    assert (await seasons.told(1))[len(before) :] == ["points-earned", "points-expired"]
    assert await seasons.free(1, "2026-10-01") == 10, "no more goes on than the rules let"


async def test_everyone_is_swept_some_at_a_time(
    seasons: Seasons, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.points.expiring.sweeping.PASS", 20)
    monkeypatch.setattr("services.points.expiring.asking.AT_ONCE", 7)
    lasting = MONTHLY.model_copy(update={"expiry": Expiry(mode="month_end", notice=0)})
    await asyncio.gather(*(seasons.earned(who, 1, EVE, rules=lasting) for who in range(50)))
    assert [await seasons.note(MIDNIGHT) for _ in range(4)] == [20, 20, 10, 0]
    assert {(await seasons.row(who)).ends_next for who in range(50)} == {None}


async def test_two_who_sweep_at_once_end_everything_once(seasons: Seasons) -> None:
    await asyncio.gather(*(seasons.earned(who, 1, EVE) for who in range(20)))
    await asyncio.gather(seasons.note(MIDNIGHT), seasons.note(MIDNIGHT))
    for who in range(20):
        assert (await seasons.told(who)).count("points-expired") == 1


async def test_holders_are_told_of_a_month_in_one_piece(seasons: Seasons) -> None:
    lasting = MONTHLY.model_copy(update={"expiry": Expiry(mode="days", days=40)})
    for day in (1, 2, 3):  # they end on the 11th, 12th and 13th of October
        await seasons.earned(1, 1, datetime(2026, 9, day, tzinfo=UTC), rules=lasting)
    days = [datetime(2026, 9, day, tzinfo=UTC) for day in (10, 11, 12, 13)]
    assert [await seasons.note(day) for day in days] == [0, 1, 0, 0], "thirty days before"
    row = await seasons.row(1)
    assert (row.noticed, row.untold) == ("2026-10-31", None)
    await seasons.earned(1, 1, datetime(2026, 9, 30, tzinfo=UTC), rules=lasting)
    assert (await seasons.row(1)).untold == "2026-11-09"


async def test_the_length_of_notice_is_that_of_the_rules_where_they_live(seasons: Seasons) -> None:
    short = BOOK.expiry.model_copy(update={"notice": 3})
    about = {"version": "d1", "scope": "d", "starts": date(2026, 9, 1), "expiry": short}
    rules = BOOK.model_copy(update=about)
    at = datetime(2026, 8, 1, tzinfo=UTC)
    publish = PublishPointsRules(at=at, actor=BY["actor"], district="d", rules=rules)
    await seasons.asked(Target(points_rules, POINTS_RULES), publish)
    for who, home in ((1, "d"), (2, "e")):
        await seasons.earned(who, 1, datetime(2026, 9, 2, tzinfo=UTC), home=home)
    assert await seasons.note(datetime(2026, 9, 26, tzinfo=UTC)) == 1
    assert [(await seasons.row(who)).noticed for who in (1, 2)] == ["", "2026-10-31"]
    assert await seasons.note(datetime(2026, 9, 27, tzinfo=UTC)) == 1


def test_a_notice_tells_the_rest_of_the_month() -> None:
    assert [until(day) for day in ("2026-02-28", "2026-12-01")] == ["2026-02-28", "2026-12-31"]
