"""Cases by day over HTTP: sums that follow the cases, by day and by territory, with a watermark."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from services.dashboard import app as dashboard
from services.dashboard.service import Dashboard
from services.dashboard.settings import Settings
from shared.core.chain import Stretch
from shared.runtime.following.consuming import Consumer
from shared.testkit.maps import lay
from tests.dashboard import told
from tests.dashboard.conftest import Headers
from tests.dashboard.told import PARTITIONS, Log, case_id, corrected, raised
from tests.grievance.front_desk import refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ADDRESS = "/cases-by-day"


class Board:
    """Asks for the cases by day, as a supervisor of the district or as someone else."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers) -> None:
        self._client = client
        self._headers = headers

    async def get(self, _as: dict[str, str] | None = None, **query: Any) -> httpx.Response:
        """The answer; `from_` is the parameter `from`."""
        asked = {name.rstrip("_"): value for name, value in query.items()}
        return await self._client.get(ADDRESS, params=asked, headers=_as or self._headers())

    async def lines(self, **query: Any) -> list[tuple[Any, ...]]:
        """(day or territory, state, cases) of every line; the totals are their sums."""
        answer = await self.get(**query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        lines = [(i["day"] or i["territory"], i["status"], i["cases"]) for i in page["items"]]
        assert all((i["day"] is None) != (i["territory"] is None) for i in page["items"])
        states: dict[str, int] = {}
        for _, state, cases in lines:
            states[state] = states.get(state, 0) + cases
        assert page["totals"] == {"cases": sum(states.values()), "states": states}
        return lines


@pytest.fixture
def board(client: httpx.AsyncClient, headers: Headers) -> Board:
    return Board(client, headers)


@pytest.fixture
async def log(consumer: Consumer) -> Log:
    """Six cases on three days; the place of one is not on the map."""
    made = Log()
    made.tell(1, raised("d/s1/c1")).tell(2, raised("d/s1/c1"), told.accepted)
    made.tell(3, raised("d/s1/c2", days=1), *told.LIFE[:6]).tell(4, raised("d/s1"))
    made.tell(5, raised("d/s2", days=2)).tell(6, raised("e/s1", days=2), told.declined)
    await made.reach(consumer)
    return made


async def test_cases_are_counted_by_day_and_state(log: Log, board: Board) -> None:
    assert await board.lines() == [
        ("2026-05-01", "accepted", 1),
        ("2026-05-01", "filed", 2),
        ("2026-05-02", "closed", 1),
        ("2026-05-03", "filed", 1),
        ("2026-05-03", "not_accepted", 1),
    ]


async def test_days_and_state_narrow_what_is_counted(log: Log, board: Board) -> None:
    assert await board.lines(from_="2026-05-02", to="2026-05-02") == [("2026-05-02", "closed", 1)]
    assert await board.lines(from_="2026-05-03", state="filed") == [("2026-05-03", "filed", 1)]
    assert len(await board.lines(to="2026-05-02")) == 3
    assert await board.lines(from_="2026-05-04") == []
    assert await board.lines(from_="2026-05-03", to="2026-05-01") == []
    assert await board.lines(state="filed", to="2026-05-01") == [("2026-05-01", "filed", 2)]


async def test_cases_are_summed_one_level_below_what_is_asked(log: Log, board: Board) -> None:
    assert await board.lines(by="territory") == [
        ("d/s1", "accepted", 1), ("d/s1", "closed", 1), ("d/s1", "filed", 2), ("d/s2", "filed", 1),
        ("e/s1", "not_accepted", 1),
    ]  # fmt: skip
    assert await board.lines(by="territory", territory="d/s1") == [
        ("d/s1", "filed", 1), ("d/s1/c1", "accepted", 1), ("d/s1/c1", "filed", 1),
        ("d/s1/c2", "closed", 1),
    ]  # fmt: skip
    assert await board.lines(by="territory", territory="d/s2", state="filed") == [
        ("d/s2", "filed", 1)
    ]


async def test_a_step_moves_a_case_from_one_sum_to_the_other(
    log: Log, board: Board, consumer: Consumer
) -> None:
    after = log.head
    await log.tell(3, told.reopened).reach(consumer, after)
    assert await board.lines(from_="2026-05-02", to="2026-05-02") == [("2026-05-02", "reopened", 1)]


async def test_a_correction_moves_a_case_to_its_true_day_and_place(
    log: Log, board: Board, consumer: Consumer
) -> None:
    after = log.head
    log.tell(5, corrected(1, territory="d/s3", occurred_at="2026-06-01T00:00:00+08:00"))
    await log.reach(consumer, after)
    assert await board.lines(from_="2026-05-03", state="filed") == [("2026-06-01", "filed", 1)]
    assert await board.lines(territory="d/s2") == []
    assert await board.lines(territory="d/s3") == [("2026-06-01", "filed", 1)]


async def test_what_is_delivered_twice_counts_once(
    log: Log, board: Board, consumer: Consumer
) -> None:
    before = await board.lines()
    await log.reach(consumer)
    assert await board.lines() == before


async def test_the_sums_are_those_of_the_cases(log: Log, service: Dashboard) -> None:
    counted = (
        "select territory, status, day, count(*)::bigint as cases from case_days group by 1, 2, 3"
    )
    different = f"({counted}) except (select territory, status, day, cases from case_day_count)"
    async with service.pool.acquire() as connection:
        assert await connection.fetch(different) == []
        assert await connection.fetchval("select sum(cases)::int from case_day_count") == 6


async def test_the_watermark_is_that_of_the_partition_furthest_behind(
    log: Log, board: Board, consumer: Consumer
) -> None:
    mark = (await board.get()).json()["watermark"]
    assert mark == {
        "position": log.head,
        "recorded_at": log.sent[-1].recorded_at.isoformat(),
        "parked": [],
    }
    after = log.head
    [one, *others] = log.tell(1, told.declined).since(after)
    await consumer.take(others)
    assert (await board.get()).json()["watermark"] == mark
    await consumer.take([one])
    assert (await board.get()).json()["watermark"]["position"] == log.head


async def test_a_heartbeat_moves_the_watermark_and_no_case(
    log: Log, board: Board, consumer: Consumer
) -> None:
    before, beaten = await board.lines(), log.sent[-1].recorded_at.replace(year=2030)
    await consumer.take([Stretch(n, log.head, log.head + 5, beaten) for n in range(PARTITIONS)])
    mark = (await board.get()).json()["watermark"]
    assert (mark["position"], mark["recorded_at"]) == (log.head + 5, beaten.isoformat())
    assert await board.lines() == before


async def test_a_read_waits_until_it_has_what_was_written(log: Log, board: Board) -> None:
    assert (await board.get(min_position=log.head)).status_code == 200
    problem = refused(await board.get(min_position=log.head + 1), 503, "read_model_behind")
    assert f"up to position {log.head}" in problem["detail"]


async def test_nothing_is_known_before_anything_has_arrived(
    board: Board, settings: Settings
) -> None:
    assert await board.lines() == []
    mark = (await board.get()).json()["watermark"]
    assert mark == {"position": 0, "recorded_at": None, "parked": []}


async def test_the_api_is_ready_without_a_broker_once_it_knows_the_district(
    settings: Settings,
) -> None:
    assert settings.kafka is None
    assert settings.feeds == {}
    app = dashboard.api(settings)
    assert not await dashboard.ready(app)
    async with app.router.lifespan_context(app):
        assert not await dashboard.ready(app)
        await lay(app.state.service.pool, ["d"])
        await app.state.service.map.read()
        assert await dashboard.ready(app)
    assert not await dashboard.ready(app)


async def test_an_event_that_cannot_be_read_leaves_the_neighbours_counted(
    board: Board, consumer: Consumer, service: Dashboard
) -> None:
    log = Log().tell(1, raised()).tell(2, raised()).tell(1, told.accepted).tell(3, raised())
    log.sent[1] = log.sent[1]._replace(payload=b'{"territory": 5}')
    await log.reach(consumer)
    assert await board.lines() == [("2026-05-01", "accepted", 1), ("2026-05-01", "filed", 1)]
    async with service.pool.acquire() as connection:
        assert await connection.fetchval("select stream_id from parked") == case_id(2)
