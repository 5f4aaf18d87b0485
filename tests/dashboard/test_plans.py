"""The sums of a subtree are read from the index of the tally, however large the district is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.dashboard.projections.case_days import case_days
from services.dashboard.queries import CASES, Asked
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
ASKED = (
    Asked(territory="d/s3"),
    Asked(territory="d/s3", by="territory"),
    Asked(territory="d/s3/c3", first="2026-03-01", last="2026-03-31"),
    Asked(territory="d/s3", status="state-3"),
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


@pytest.mark.parametrize("asked", ASKED, ids=repr)
async def test_a_subtree_is_read_from_its_index(full: Connection, asked: Asked) -> None:
    below = f"{asked.territory}/"
    about = (asked.territory, below, asked.first, asked.last, asked.status, asked.steps)
    for nodes in await plans(full, CASES, *about):
        assert [node for node in nodes if node.kind == "Seq Scan"] == []
        assert {node.index for node in nodes if node.index} == {"case_day_count_pkey"}
