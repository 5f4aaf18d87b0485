"""The sums of a subtree are read from the index of the tally, however large the district is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.dashboard.projections.case_days import case_days
from services.dashboard.queries import BY_DAY, BY_TERRITORY, PART, Asked
from shared.store import tables
from shared.store.pool import Connection, connect
from shared.testkit.databases import TestDatabase
from tests.shared.plans import plans

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

# 20 streets of 20 communities, five states, a year of days
FILL = """
insert into case_day_count
select format('d/s%s/c%s', n % 20, n % 400), 'state-' || n % 5,
       to_char(date '2026-01-01' + n / 400 % 365, 'YYYY-MM-DD'), 1
from generate_series(1, 40000) n on conflict do nothing
"""
PLACES = {f"d/s3/c{n}": f"d/s3/c{n}" for n in range(3, 400, 20)}
ASKED = (
    Asked(parts=PLACES, whole=False),
    Asked(parts=PLACES, whole=False, by="territory"),
    Asked(parts={"d/s3/c3": "d/s3/c3"}, whole=False, first="2026-03-01", last="2026-03-31"),
    Asked(parts=PLACES, whole=False, status="state-3"),
)


@pytest.fixture
async def full(log_database: TestDatabase) -> AsyncIterator[Connection]:
    """A year of a district, seen by the service's own role."""
    connection = await connect(log_database.service)
    await tables.create(connection, case_days)
    await connection.execute(FILL)
    await connection.execute("analyze read.case_day_count")
    yield connection
    await connection.close()


@pytest.mark.parametrize("asked", ASKED, ids=["street", "by part", "community", "by state"])
async def test_a_subtree_is_read_from_its_index(full: Connection, asked: Asked) -> None:
    about = (asked.first, asked.last, asked.status)
    codes, roots = list(asked.parts), list(asked.parts.values())
    statement = BY_DAY if asked.by == "day" else BY_TERRITORY.format(**PART)
    places = (codes,) if asked.by == "day" else (codes, roots)
    for nodes in await plans(full, statement, *places, *about):
        assert [node for node in nodes if node.kind == "Seq Scan"] == []
        assert {node.index for node in nodes if node.index} == {"case_day_count_pkey"}
