"""Explain a figure: the cases behind it are read from their rows, and add up to the tile."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import httpx
import pytest

from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.queries import explain
from services.dashboard.service import Dashboard
from shared.runtime.following.consuming import Consumer
from tests.dashboard import told
from tests.dashboard.conftest import Headers
from tests.dashboard.lives import PLACES, life
from tests.dashboard.told import Log, case_id, later, raised

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

TILES = 1_000
CASES = 300
EVERYWHERE = (*PLACES, "d/s3")
ON_THE_BOARD = [one.code for one in BOOK.measures if one.code != "first_pass_rate"]


@pytest.fixture
async def log(consumer: Consumer) -> Log:
    """Cases that lived at random, with what was recorded wrongly and put right."""
    random, made = Random(11), Log()
    for number in range(CASES):
        for _, event in life(random).recorded:
            made.tell(number, event)
    await made.reach(consumer)
    return made


async def _get(
    client: httpx.AsyncClient, headers: Headers, address: str, **query: Any
) -> dict[str, Any]:
    answer = await client.get(address, params=query, headers=headers())
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def test_the_rows_behind_a_thousand_tiles_add_up_to_them(
    log: Log, client: httpx.AsyncClient, headers: Headers
) -> None:
    random, tiles, nonzero = Random(3), 0, 0
    while tiles < TILES:
        place = random.choice(EVERYWHERE)
        day = (date(2026, 5, 1) + timedelta(days=random.randrange(160))).isoformat()
        asked = {"at": day, "window": random.choice((1, 7, 30, 90))}
        board = await _get(client, headers, f"/boards/{place}", **asked)
        for code in ON_THE_BOARD:
            tile = board["figures"][code]
            about = {**asked, "limit": 500}
            if "before" in tile or "numerator" not in tile:
                about["window"] = 1
            page = await _get(client, headers, f"/boards/{place}/explain/{code}", **about)
            expected = tile.get("value", tile.get("numerator"))
            assert page["total"] == {"counts": expected, "of": tile.get("denominator")}
            assert sum(one["counts"] for one in page["items"]) == expected
            assert page["rule"] == board["rule"]
            assert page["next"] is None
            nonzero += bool(expected)
            tiles += 1
    assert nonzero > TILES / 4


async def test_pages_follow_one_another_without_a_gap(
    log: Log, client: httpx.AsyncClient, headers: Headers
) -> None:
    about: dict[str, Any] = {"at": "2026-06-01", "window": 60}
    address = "/boards/d/explain/filed"
    whole = await _get(client, headers, address, **about, limit=500)
    seen, mark = list[Any](), dict[str, str]()
    while True:
        page = await _get(client, headers, address, **about, limit=7, **mark)
        assert page["total"] == whole["total"]
        seen += page["items"]
        if page["next"] is None:
            break
        assert len(page["items"]) == 7
        mark = {"after": page["next"]}
    assert seen == whole["items"]
    assert [one["raised_at"] for one in seen] == sorted(one["raised_at"] for one in seen)
    assert len(seen) == whole["total"]["counts"] > 50


async def test_a_case_says_where_it_stands_and_how_often_it_counts(
    consumer: Consumer, client: httpx.AsyncClient, headers: Headers
) -> None:
    made = Log().tell(1, raised(case_type="help", unit="lamps"), *told.LIFE)
    await made.tell(1, *later(1, *told.LIFE[1:6])).reach(consumer)
    page = await _get(client, headers, "/boards/d/explain/closed", at="2026-05-02", window=2)
    [one] = page["items"]
    assert one == {
        "id": str(case_id(1)), "number": 1, "territory": "d/s1/c1", "channel": "online",
        "case_type": "help", "urgency": "normal", "unit": "lamps", "status": "closed", "rounds": 2,
        "raised_at": told.MAY_1.isoformat(), "due_day": "2026-05-06",
        "closed_at": (told.MAY_1 + timedelta(days=1)).isoformat(), "counts": 2, "of": None,
    }  # fmt: skip
    page = await _get(client, headers, "/boards/d/explain/first_pass_rate", at="2026-05-02")
    assert page["total"] == {"counts": 1, "of": 2}


async def test_the_tally_is_not_asked(log: Log, service: Dashboard) -> None:
    """The rows are a second witness: they say the same when the sums are lost."""
    asked = explain.Asked(BOOK.measure("open"), None, 20_600, 1)
    async with service.pool.acquire() as connection:
        before = await explain.read(connection, asked)
        await connection.execute("delete from read.case_movements")
        assert await explain.read(connection, asked) == before
        assert before.counts > 0
