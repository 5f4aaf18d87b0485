"""Sums that have been read are read again when they have moved, and not before."""

from __future__ import annotations

from random import Random

import pytest

from services.dashboard.measures import days
from services.dashboard.measures.figures import Span
from services.dashboard.queries import boards, movements
from services.dashboard.queries.movements import NOWHERE, Where
from services.dashboard.queries.sheets import Sheet, Sheets
from services.dashboard.service import Dashboard
from shared.runtime.following.consuming import Consumer
from tests.dashboard.lives import life
from tests.dashboard.told import Log, raised

EARLY, LAST = days.parse("2026-01-01"), days.parse("2026-06-30")
WHERES = (
    Where({"d/s1": "d/s1", "d/s1/c1": "d/s1", "d/s1/c2": "d/s1"}, whole=True),
    Where({"d/s1": "d/s1", "d/s1/c1": "d/s1/c1", "d/s1/c2": "d/s1/c2"}, whole=False),
    Where({"d/s1/c1": "d/s1/c1"}, whole=True, elsewhere=NOWHERE),
)


def _sheet(*lines: str) -> Sheet:
    return Sheet(1, {line: [0] for line in lines})


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    sheets = Sheets(most=7)
    for name in ("one", "two"):
        sheets.keep(name, {"2026": _sheet("a"), "2025": Sheet(None)})  # three lines each
    sheets.keep("one", {"2026": _sheet("a")})  # in the place of what is there
    assert sheets.of("two", ["2026", "2024"]).keys() == {"2026"}
    sheets.keep("three", {"2026": _sheet("a")})
    assert [bool(sheets.of(name, ["2026"])) for name in ("one", "two", "three")] == [
        True, False, True,
    ]  # fmt: skip
    sheets.keep("large", {"2026": _sheet(*"abcdefghij")})
    assert not sheets.of("three", ["2026"])
    assert sheets.of("large", ["2026"]), "what is asked now is kept, however large"


@pytest.mark.postgres
@pytest.mark.anyio
@pytest.mark.parametrize("seed", range(3))
async def test_what_is_kept_is_what_would_be_read(
    service: Dashboard, consumer: Consumer, seed: int
) -> None:
    random, sheets, log = Random(seed), Sheets(), Log()
    for number in range(1, 13):
        after = log.head
        log.tell(number, *(event for _, event in life(random).recorded))
        await log.reach(consumer, after)
        span = Span(random.randrange(LAST - 90, LAST))
        labels = boards.labels(EARLY, span)
        async with service.pool.acquire() as connection:
            for where in WHERES:
                kept = await movements.read(connection, where, labels, sheets)
                assert kept == await movements.read(connection, where, labels)


@pytest.mark.postgres
@pytest.mark.anyio
async def test_only_what_has_moved_is_read_again(service: Dashboard, consumer: Consumer) -> None:
    first, other = "2026-05-01", "2026-05-20"
    log, sheets, where = Log(), Sheets(), WHERES[0]
    labels = {first: first, other: other}
    await log.tell(1, raised()).tell(2, raised(days=19)).reach(consumer)
    async with service.pool.acquire() as connection:
        before = await movements.read(connection, where, labels, sheets)
        await connection.execute("update read.case_movements set filed = 70")
        assert await movements.read(connection, where, labels, sheets) == before
    after = log.head
    log.tell(3, raised(days=19))
    await log.reach(consumer, after)
    async with service.pool.acquire() as connection:
        again = await movements.read(connection, where, labels, sheets)
    [root] = again
    assert again[root][first] == before[root][first]
    assert again[root][other][0] == 71
