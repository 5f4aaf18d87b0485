"""The register answers from its indexes: 20,000 cases, none of them read in vain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from services.grievance.projections.case_register import case_register
from services.grievance.projections.case_rounds import case_rounds
from services.grievance.projections.case_timeline import TimelineRow, case_timeline
from services.grievance.projections.case_words import case_words
from services.grievance.queries import search
from services.grievance.queries.register import TIMELINE, Queries
from services.grievance.queries.rounds import Claim, Rounds
from services.grievance.queries.search import Filters
from shared.store import tables
from shared.store.conditions import PLANNED
from shared.store.pool import Connection, Pool, connect
from shared.store.statements import Column
from shared.testkit.databases import TestServer
from tests.shared.plans import plans

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("register plans")]

CASES = 20_000
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
STATES = ("filed", "accepted", "dispatched", "signed", "replied", "closed")
PAGES = (
    Filters(),
    Filters(behind=(BEGAN + timedelta(minutes=500), UUID(int=501))),
    Filters(places=[f"d/s3/c{n}" for n in range(3, 400, 20)]),
    Filters(places=["d/s3/c3"]),
    Filters(states=frozenset({"closed"})),
    Filters(states=frozenset({"signed"})),
    Filters(states=frozenset({"filed", "accepted", "closed"})),
    Filters(unit="unit-7"),
    Filters(unit="unit-7", states=frozenset({"signed"}), places=["d/s3/c3", "d/s7/c7"]),
    Filters(case_type="case_type-7", channel="channel-7"),
    Filters(case_type="case_type-7", channel="channel-8", places=["d/s3/c3"]),
    Filters(since=BEGAN + timedelta(days=3), until=BEGAN + timedelta(days=4), unit="unit-7"),
    Filters(overdue=True, today="2020-02-01", places=["d/s3/c3"]),
    Filters(order="due"),
    Filters(order="due", behind=("2020-06-01", UUID(int=7)), case_type="case_type-7"),
    Filters(order="due", unit="unit-7"),
    Filters(terms=frozenset({"terms-7"})),
    Filters(terms=frozenset({"terms-7"}), unit="unit-7"),
    Filters(terms=frozenset({"terms-7"}), states=frozenset({"filed"})),
    Filters(terms=frozenset({"terms-7"}), months=("2020-01",), since=BEGAN + timedelta(days=3)),
    Filters(ids=(UUID(int=7), UUID(int=8)), places=["d/s3/c3"]),
)
CLAIMS = (
    Claim(anyones=frozenset({"filed", "accepted", "replied"})),
    Claim(anyones=frozenset({"filed"}), places=[f"d/s3/c{n}" for n in range(3, 400, 20)]),
    Claim(unit="unit-7", own=frozenset({"dispatched", "signed"})),
    Claim(unit="unit-7", others=frozenset({"replied"}), anyones=frozenset({"filed"})),
)


class Overheard:
    """A pool that hands out itself, and keeps what it is asked instead of asking the server."""

    def __init__(self) -> None:
        self.statement = ""
        self.about: tuple[Any, ...] = ()

    @asynccontextmanager
    async def acquire(self, **_: Any) -> AsyncIterator[Overheard]:
        yield self

    @asynccontextmanager
    async def transaction(self, **_: Any) -> AsyncIterator[None]:
        yield

    async def execute(self, statement: str) -> None:
        assert statement == PLANNED

    async def fetch(self, statement: str, *about: Any) -> list[Any]:
        self.statement, self.about = statement, about
        return []


def _value(column: Column, n: int) -> Any:
    """Something for this column of the nth case."""
    named = {
        "status": STATES[n % len(STATES)],
        "stage": STATES[n % 5] if n % 21 == 0 else "closed",
        "is_open": n % 21 == 0,
        "due": (BEGAN + timedelta(days=n % 400)).date().isoformat(),
        "territory": f"d/s{n % 20}/c{n % 400}",
        "unit": f"unit-{n % 50}",
        "month": "2020-01",
    }
    if column.name in named:
        return named[column.name]
    return {
        "uuid": UUID(int=n + 1),
        "text": f"{column.name}-{n % 1_000}",
        "bigint": n,
        "boolean": n % 2 == 0,
        "timestamptz": BEGAN + timedelta(minutes=n),
    }[column.type]


@pytest.fixture(scope="module")
async def filled(server: TestServer) -> AsyncIterator[Connection]:
    """A register with 20,000 cases, a twentieth of them open, seen by the service's own role."""
    async with server.database("template_log") as database:
        connection = await connect(database.service)
        for model in (case_register, case_rounds, case_words):
            await tables.create(connection, model)
            columns = tables.columns(model.row)
            rows = [model.row(**{c.name: _value(c, n) for c in columns}) for n in range(CASES)]
            await tables.write(connection, model, {row.case_id: row for row in rows}, before={})
            await connection.execute(f"analyze read.{model.name}")
        yield connection
        await connection.close()


@pytest.fixture
async def full(filled: Connection) -> Connection:
    """The same, with no setting of another test left."""
    await filled.execute("reset all")
    return filled


def _queries() -> tuple[Queries, Overheard]:
    overheard = Overheard()
    return Queries(cast("Pool", overheard)), overheard


async def _assert_walks(full: Connection, statement: str, *about: Any) -> None:
    for nodes in await plans(full, statement, *about):
        assert [node for node in nodes if node.kind == "Seq Scan"] == [], about
        assert [node for node in nodes if node.index], about


async def test_the_register_is_read_from_its_indexes(full: Connection) -> None:
    await full.execute(PLANNED.replace("local ", ""))
    for filters in PAGES:
        statement, about = search.page(filters, 51)
        await _assert_walks(full, statement, *about)
        if filters.scattered:
            statement, about = search.span(filters, 500)
            await _assert_walks(full, statement, *about)


async def test_a_case_is_found_by_name_from_the_indexes(full: Connection) -> None:
    queries, overheard = _queries()
    for name in (str(UUID(int=7)), "ref-7", "4711"):
        await queries.find(name)
        await _assert_walks(full, overheard.statement, *overheard.about)


async def test_a_desk_is_read_from_the_indexes_of_what_is_open(full: Connection) -> None:
    overheard = Overheard()
    rounds = Rounds(cast("Pool", overheard))
    await full.execute(PLANNED.replace("local ", ""))
    for claim in CLAIMS:
        for after in (None, ("2020-06-01", UUID(int=7))):
            await rounds.desk(claim, 51, after)
            for nodes in await plans(full, overheard.statement, *overheard.about):
                assert [node for node in nodes if node.kind == "Seq Scan"] == [], claim
                found = {str(node.index) for node in nodes if node.index}
                wanted = "case_rounds_2" if claim.own else "case_rounds_"
                assert [index for index in found if index.startswith(wanted)], claim


async def test_a_timeline_is_read_from_its_index(full: Connection) -> None:
    await tables.create(full, case_timeline)
    columns = tables.columns(TimelineRow)
    told = ({c.name: _value(c, n) for c in columns} for n in range(CASES))
    rows = [
        TimelineRow(**{**one, "case_id": UUID(int=n // 8 + 1), "version": n % 8 + 1})
        for n, one in enumerate(told)
    ]
    await tables.write(full, case_timeline, {row.event_id: row for row in rows})
    for _ in range(2):
        for nodes in await plans(full, TIMELINE, UUID(int=7)):
            assert [node for node in nodes if node.kind == "Seq Scan"] == []
            assert {node.index for node in nodes if node.index} == {"case_timeline_1"}
        await full.execute("analyze read.case_timeline")
