"""Boards as they were known once: built from the feed, they are the boards of that evening."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import httpx
import pytest

from services.dashboard.boards import Asked, Boards, Shown
from services.dashboard.measures import days
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.reading import Reading
from services.dashboard.service import Dashboard
from shared.contracts.grievance import GRIEVANCE, GrievanceContract
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.following.feed_past import FeedPast
from shared.runtime.projections.building import KnownBuilder
from shared.runtime.web.problems import Problem
from shared.testkit.deliveries import KeptFeed
from tests.dashboard.conftest import Headers
from tests.dashboard.lives import life
from tests.dashboard.told import MAY_1, Log, accepted, case_id, corrected, raised
from tests.grievance.front_desk import refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

EVENINGS = 40
PLACES = ("d", "d/s1", "d/s1/c2", "d/s2")
ONE = timedelta(days=1)


@pytest.fixture(autouse=True)
async def mapped(service: Dashboard) -> None:
    """The map is read, as every request has it read."""
    await service.map.read()


def _through(service: Dashboard, feed: FeedClient) -> Boards:
    """The same boards, with this feed."""
    builder = KnownBuilder(service.pool, FeedPast(GRIEVANCE, feed))
    return Boards(Reading(service.pool, service.watermarks, builder), service.map)


def _diary(random: Random) -> list[list[tuple[int, GrievanceContract]]]:
    """What is written down on each day: cases and corrections, most of it some days late."""
    diary: list[list[tuple[int, GrievanceContract]]] = [[] for _ in range(EVENINGS)]
    for number in range(120):
        on = 0
        for _, event in life(random).recorded:
            on = max(on, (event.at - MAY_1).days) + random.choice((0, 0, 0, 1, 6))
            if on >= EVENINGS:
                break
            diary[on].append((number, event))
    return diary


def _day(evening: int) -> str:
    return days.text_of(days.number_of(MAY_1) + evening)


async def test_a_board_known_then_is_the_board_that_was_stored_that_evening(
    service: Dashboard, consumer: Consumer
) -> None:
    log, stored = Log(), list[tuple[str, datetime, list[Shown]]]()
    for evening, told in enumerate(_diary(Random(4))):
        log.recorded_at, after = MAY_1 + evening * ONE, log.head
        for number, event in told:
            log.tell(number, event)
        if log.head > after:
            await log.reach(consumer, after)
        at, known = _day(evening), MAY_1 + evening * ONE + timedelta(hours=23)
        shown = [await service.boards.board(Asked(territory=place, at=at)) for place in PLACES]
        stored.append((at, known, shown))
    assert log.head > 300
    past = _through(service, KeptFeed(log, Random(2)))
    for at, known, shown in stored[::3]:
        for place, then in zip(PLACES, shown, strict=True):
            built = await past.board(Asked(territory=place, at=at, known=known))
            assert built == then, (place, at)
    first, last = stored[3], stored[-1]
    corrected = await service.boards.board(Asked(territory="d", at=first[0]))
    assert corrected.board != first[2][0].board, "nothing that was late or wrong came to be known"
    assert (await service.boards.board(Asked(territory="d", at=last[0]))) == last[2][0]


async def test_cases_are_explained_as_they_were_known(
    service: Dashboard, consumer: Consumer
) -> None:
    log = Log().tell(1, raised()).tell(2, raised())
    early = log.sent[-1].recorded_at
    await log.tell(1, corrected(1, territory="d/s2")).tell(3, raised()).reach(consumer)
    past, filed = _through(service, KeptFeed(log, Random(2))), BOOK.measure("filed")
    now = await past.explain(Asked(territory="d/s1", at="2026-05-01"), filed)
    then = await past.explain(Asked(territory="d/s1", at="2026-05-01", known=early), filed)
    assert [one.row.number for one in now.explained.cases] == [2, 4]
    assert [one.row.number for one in then.explained.cases] == [1, 2]
    assert (then.explained.counts, then.watermark.position) == (2, 2)


async def test_without_a_day_it_is_the_day_of_what_was_known(service: Dashboard) -> None:
    past = _through(service, KeptFeed(Log().tell(1, raised()), Random(2)))
    shown = await past.board(Asked(territory="d", known=MAY_1 + 3 * ONE))
    assert (shown.at, shown.watermark.position) == ("2026-05-04", 0)


async def test_a_stream_that_cannot_be_taken_is_named(service: Dashboard) -> None:
    log = Log().tell(1, raised()).tell(2, raised()).tell(2, accepted).tell(3, raised())
    log.sent[1] = log.sent[1]._replace(payload=b'{"territory": 5}')
    past = _through(service, KeptFeed(log, Random(2)))
    shown = await past.board(Asked(territory="d", at="2026-05-01", known=log.sent[-1].recorded_at))
    assert vars(shown.board.figures["open"])["value"] == 2
    assert shown.watermark.parked == (case_id(2),)


async def test_without_a_feed_there_is_only_the_present(
    client: httpx.AsyncClient, headers: Headers, service: Dashboard
) -> None:
    for address in ("/boards/d", "/boards/d/explain/open"):
        asked = f"{address}?known=2026-05-01T00:00:00Z"
        refused(await client.get(asked, headers=headers()), 503, "no_feed")
    past = _through(service, KeptFeed(Log().tell(1, raised()), Random(2), trouble=1.0))
    with pytest.raises(Problem) as caught:
        await past.board(Asked(territory="d", known=MAY_1))
    assert (caught.value.status, caught.value.code) == (503, "feed_unavailable")
