"""The board of a territory over HTTP: figures that follow the cases, by part, with trends, true up
to a watermark."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from services.dashboard.service import Dashboard
from services.dashboard.settings import Settings
from shared.core.chain import Stretch
from shared.runtime.following.consuming import Consumer
from tests.dashboard import told
from tests.dashboard.conftest import Headers
from tests.dashboard.told import PARTITIONS, Log, case_id, corrected, later, raised
from tests.grievance.front_desk import refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ASKED_BACK = told.called.model_copy(
    update={"contacted": True, "resolved": True, "satisfied": False}
)


class Board:
    """Asks for boards, as a supervisor of the district or as someone else."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers) -> None:
        self._client = client
        self._headers = headers

    async def get(self, territory: str = "d", **query: Any) -> dict[str, Any]:
        """The answer; the sums of its parts are its figures, and what was open stays so."""
        answer = await self.ask(territory, **query)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        for code, figure in page["figures"].items():
            for name in ("value", "before", "numerator", "denominator"):
                if name in figure:
                    parts = [part["figures"][code][name] for part in page["parts"]]
                    assert figure[name] == sum(parts), (code, name)
        for one in (page, *page["parts"]):
            value = {code: figure.get("value") for code, figure in one["figures"].items()}
            came = value["filed"] + value["reopened"] - value["closed"] - value["declined"]
            assert value["open"] == one["figures"]["open"]["before"] + came
        return page

    async def ask(self, territory: str = "d", **query: Any) -> httpx.Response:
        address = f"/boards/{territory}"
        return await self._client.get(address, params=query, headers=self._headers())

    async def values(self, territory: str = "d", **query: Any) -> dict[str, int]:
        """The stocks and flows that are not 0."""
        return _values((await self.get(territory, **query))["figures"])

    async def parts(self, territory: str = "d", **query: Any) -> dict[str, dict[str, int]]:
        """The same of each part."""
        page = await self.get(territory, **query)
        return {part["territory"]["code"]: _values(part["figures"]) for part in page["parts"]}


def _values(figures: dict[str, Any]) -> dict[str, int]:
    return {code: one["value"] for code, one in figures.items() if one.get("value")}


@pytest.fixture
def board(client: httpx.AsyncClient, headers: Headers) -> Board:
    return Board(client, headers)


@pytest.fixture
async def log(consumer: Consumer) -> Log:
    """Six cases on three days; the place of one is not on the map."""
    made = Log()
    made.tell(1, raised("d/s1/c1")).tell(2, raised("d/s1/c1"), told.accepted)
    made.tell(3, raised("d/s1/c2", days=1))
    made.tell(3, *later(1, told.accepted, told.dispatched, told.signed, told.replied))
    made.tell(3, *later(1, ASKED_BACK, told.closed)).tell(4, raised("d/s1", case_type="help"))
    made.tell(5, raised("d/s2", days=2)).tell(6, raised("e/s1", days=2), *later(2, told.declined))
    await made.reach(consumer)
    return made


async def test_figures_are_those_of_the_end_of_a_day(log: Log, board: Board) -> None:
    assert await board.values(at="2026-04-30") == {}
    assert await board.values(at="2026-05-01") == {"open": 3, "filed": 3}
    assert await board.values(at="2026-05-02") == {"open": 3, "filed": 1, "closed": 1}
    assert await board.values(at="2026-05-03") == {"open": 4, "filed": 2, "declined": 1}
    assert await board.values(at="2026-05-04") == {"open": 4}
    assert await board.values(at="2026-05-07") == {"open": 4, "overdue": 1}
    assert await board.values(at="2026-05-17") == {"open": 4, "overdue": 3}
    assert await board.values(at="2026-05-19") == {"open": 4, "overdue": 4}
    page = await board.get()
    assert page["at"] >= "2026-05-19"
    assert page["rule"] == "2026.1"


async def test_rates_look_back_over_their_window(log: Log, board: Board) -> None:
    async def rates(**query: Any) -> list[tuple[int, int, int | None]]:
        figures = (await board.get(**query))["figures"]
        codes = ("response_rate", "resolution_rate", "satisfaction_rate")
        names = ("numerator", "denominator", "per_mille")
        return [tuple(figures[code][name] for name in names) for code in codes]

    nothing = (0, 0, None)
    assert await rates(at="2026-05-01") == [nothing] * 3
    assert await rates(at="2026-05-02") == [(0, 3, 0), (1, 1, 1000), (0, 1, 0)]
    assert await rates(at="2026-05-04") == [(1, 5, 200), (1, 1, 1000), (0, 1, 0)]
    assert await rates(at="2026-05-04", window=2) == [(1, 2, 500), nothing, nothing]
    assert await rates(at="2026-06-02") == [(0, 1, 0), nothing, nothing]
    assert await rates(at="2026-06-03") == [nothing] * 3
    assert await rates(at="2026-06-03", window=60) == [(1, 5, 200), (1, 1, 1000), (0, 1, 0)]


async def test_a_trend_has_thirty_days_and_ends_with_the_day(log: Log, board: Board) -> None:
    page = await board.get(at="2026-05-07")
    assert len(page["days"]) == 30
    assert (page["days"][0], page["days"][-1]) == ("2026-04-08", "2026-05-07")
    figures = page["figures"]
    assert figures["open"]["trend"] == [0] * 23 + [3, 3, 4, 4, 4, 4, 4]
    assert figures["overdue"]["trend"] == [0] * 29 + [1]
    assert figures["filed"]["trend"] == [0] * 23 + [3, 1, 2, 0, 0, 0, 0]
    assert figures["response_rate"]["trend"] == [None] * 24 + [0, 250, 200, 200, 200, 200]


async def test_every_part_has_a_line_of_its_own(log: Log, board: Board) -> None:
    assert await board.parts(at="2026-05-03") == {
        "d/s1": {"open": 3}, "d/s2": {"open": 1, "filed": 1}, "d/s3": {},
        "e/s1": {"filed": 1, "declined": 1},
    }  # fmt: skip
    assert await board.parts("d/s1", at="2026-05-01") == {
        "d/s1": {"open": 1, "filed": 1}, "d/s1/c1": {"open": 2, "filed": 2}, "d/s1/c2": {},
    }  # fmt: skip
    page = await board.get("d/s1")
    assert page["territory"] == {"code": "d/s1", "name": "s1", "kind": "subdistrict"}


async def test_the_last_day_of_a_month_and_the_first_of_the_next(
    log: Log, board: Board, consumer: Consumer
) -> None:
    after = log.head
    log.tell(7, raised("d/s2", days=30), *later(31, told.declined))
    await log.reach(consumer, after)
    for window in (1, 30, 366):  # the first of May lies before or behind the first day of a trend
        found = await board.values(at="2026-05-31", window=window)
        assert found == {"open": 5, "overdue": 4, "filed": 1}
    assert await board.values(at="2026-06-01") == {"open": 4, "overdue": 4, "declined": 1}
    assert await board.values(at="2026-07-31") == {"open": 4, "overdue": 4}


async def test_a_correction_moves_a_case_to_its_true_day_and_place(
    log: Log, board: Board, consumer: Consumer
) -> None:
    after = log.head
    log.tell(5, corrected(1, territory="d/s3", occurred_at="2026-05-06T00:00:00+08:00"))
    log.tell(3, corrected(7, occurred_at="2026-05-04T00:00:00+08:00"))
    await log.reach(consumer, after)
    assert await board.parts(at="2026-05-03") == {
        "d/s1": {"open": 4}, "d/s2": {}, "d/s3": {}, "e/s1": {"filed": 1, "declined": 1},
    }  # fmt: skip
    assert (await board.parts(at="2026-05-06"))["d/s3"] == {"open": 1, "filed": 1}
    assert (await board.values("d/s1", at="2026-05-04"))["closed"] == 1


async def test_what_is_delivered_twice_counts_once(
    log: Log, board: Board, consumer: Consumer
) -> None:
    before = await board.get()
    await log.reach(consumer)
    assert await board.get() == before


async def test_the_watermark_is_that_of_the_partition_furthest_behind(
    log: Log, board: Board, consumer: Consumer
) -> None:
    mark = (await board.get())["watermark"]
    assert mark == {
        "position": log.head,
        "recorded_at": log.sent[-1].recorded_at.isoformat(),
        "parked": [],
    }
    after = log.head
    [one, *others] = log.tell(1, told.declined).since(after)
    await consumer.take(others)
    assert (await board.get())["watermark"] == mark
    await consumer.take([one])
    assert (await board.get())["watermark"]["position"] == log.head


async def test_a_heartbeat_moves_the_watermark_and_no_case(
    log: Log, board: Board, consumer: Consumer
) -> None:
    before, beaten = await board.values(), log.sent[-1].recorded_at.replace(year=2030)
    await consumer.take([Stretch(n, log.head, log.head + 5, beaten) for n in range(PARTITIONS)])
    mark = (await board.get())["watermark"]
    assert (mark["position"], mark["recorded_at"]) == (log.head + 5, beaten.isoformat())
    assert await board.values() == before


async def test_a_read_waits_until_it_has_what_was_written(log: Log, board: Board) -> None:
    assert (await board.ask(min_position=log.head)).status_code == 200
    problem = refused(await board.ask(min_position=log.head + 1), 503, "read_model_behind")
    assert f"up to position {log.head}" in problem["detail"]


async def test_nothing_is_known_before_anything_has_arrived(
    board: Board, settings: Settings
) -> None:
    page = await board.get()
    assert _values(page["figures"]) == {}
    assert page["watermark"] == {"position": 0, "recorded_at": None, "parked": []}


async def test_an_event_that_cannot_be_read_leaves_the_neighbours_counted(
    board: Board, consumer: Consumer, service: Dashboard
) -> None:
    log = Log().tell(1, raised()).tell(2, raised()).tell(1, told.accepted).tell(3, raised())
    log.sent[1] = log.sent[1]._replace(payload=b'{"territory": 5}')
    await log.reach(consumer)
    assert await board.values(at="2026-05-01") == {"open": 2, "filed": 2}
    page = await board.get()
    assert page["watermark"]["parked"] == [str(case_id(2))]


async def test_the_rule_book_says_what_each_figure_counts(
    client: httpx.AsyncClient, headers: Headers, board: Board
) -> None:
    book = (await client.get("/measures", headers=headers())).json()
    codes = {one["code"] for one in book["measures"]}
    assert codes > (await board.get())["figures"].keys()
    assert book["version"] == (await board.get())["rule"]
    for one in book["measures"]:
        assert one["name"]["zh"]
        assert one["counted"]["en"]
        assert (one["denominator"] is None) == (one["kind"] != "rate")
