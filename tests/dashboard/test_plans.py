"""Boards are read from the indexes, however large the district and its past are."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.dashboard.measures import days
from services.dashboard.measures.figures import Span
from services.dashboard.measures.ledger import MOVEMENTS
from services.dashboard.projections.case_lives import case_lives
from services.dashboard.queries import boards, explain, movements
from services.dashboard.queries.movements import PART, SUMS, WHOLE
from shared.store import tables
from shared.store.pool import Connection, connect
from shared.testkit.databases import TestServer
from tests.shared.plans import plans

pytestmark = [pytest.mark.postgres, pytest.mark.anyio, pytest.mark.xdist_group("board plans")]

# 20 streets of 20 communities, two years of days
FILL = f"""
insert into case_movements
select to_char(date '2025-01-01' + n / 400, 'YYYY-MM-DD'), format('d/s%s/c%s', n % 20, n % 400),
       {", ".join("1" for _ in MOVEMENTS)}
from generate_series(0, 400 * 730 - 1) n
"""
WIDER = f"""
insert into case_movements
select left(period, wide), territory, {", ".join(f"sum({one})" for one in MOVEMENTS)}
from case_movements, unnest(array[4, 7]) wide group by 1, 2
"""
MOVED = "insert into case_movements_stamps select distinct period, 1 from case_movements"
CASES = """
insert into case_lives
select gen_random_uuid(), n, format('d/s%s/c%s', n % 20, n % 400), 'online', 'repair', 'normal',
       null, 'filed', 1, timestamptz '2025-01-01' + n * interval '10 minutes', '2026-01-01',
       case when n % 100 > 0 then timestamptz '2025-01-05' + n * interval '10 minutes' end, ''
from generate_series(1, 100000) n
"""
PLACES = {f"d/s3/c{n}": f"d/s3/c{n}" for n in range(3, 400, 20)}
LAST = days.parse("2026-12-20")
PERIODS = [*boards.labels(days.parse("2025-01-01"), Span(LAST))]
STAMPS = [movements.UNKNOWN] * len(PERIODS)


@pytest.fixture(scope="module")
async def full(server: TestServer) -> AsyncIterator[Connection]:
    """Two years of a district, seen by the service's own role."""
    async with server.database("template_log") as database:
        connection = await connect(database.service)
        await tables.create(connection, case_lives)
        for statement in (FILL, WIDER, MOVED, CASES):
            await connection.execute(statement)
        for table in ("case_movements", "case_movements_stamps", "case_lives"):
            await connection.execute(f"analyze read.{table}")
        yield connection
        await connection.close()


@pytest.mark.parametrize("number", [1, len(PLACES)], ids=["community", "street"])
async def test_the_sums_of_a_part_are_read_from_the_index(full: Connection, number: int) -> None:
    codes = list(PLACES)[:number]
    statement = SUMS.format(sums=movements.ALL, elsewhere=movements.OWN, **PART)
    for nodes in await plans(full, statement, codes, codes, PERIODS, STAMPS):
        sums = [node for node in nodes if node.relation == "case_movements"]
        assert {(node.kind, node.index) for node in sums} == {("Index Scan", "case_movements_pkey")}


async def test_the_sums_of_the_district_are_those_of_the_periods_asked(full: Connection) -> None:
    codes = [f"d/s{n % 20}/c{n}" for n in range(400)]
    roots = [code[:-3] for code in codes]
    statement = SUMS.format(sums=movements.ALL, elsewhere=movements.OWN, **WHOLE)
    for nodes in await plans(full, statement, codes, roots, PERIODS, STAMPS):
        sums = [node.kind for node in nodes if node.relation == "case_movements"]
        assert sums
        assert "Seq Scan" not in sums
    told = await full.fetch(f"explain {movements.EARLIEST}")
    assert "Index Only Scan" in "".join(line[0] for line in told)


@pytest.mark.parametrize("places", [None, list(PLACES)], ids=["district", "street"])
async def test_the_cases_behind_a_figure_are_found_by_an_index(
    full: Connection, places: list[str] | None
) -> None:
    statement = explain.CANDIDATES.format(places=explain.WHOLE if places is None else explain.PART)
    about = (places, days.begins(LAST + 1), days.begins(LAST + 1))
    for nodes in await plans(full, statement, *about):
        assert [node for node in nodes if node.kind == "Seq Scan"] == []
