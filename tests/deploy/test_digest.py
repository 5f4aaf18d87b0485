"""`linli audit digest` over a small sample district: every replay and the live tables agree."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest

from deploy.local.postgres import SUPERUSER, EmbeddedPostgres
from services.dashboard.service import MODELS as OF_DASHBOARD
from services.grievance.service import MODELS as OF_CASES
from services.grievance.service import SEARCHED
from services.points.service import MODELS as OF_POINTS
from services.territory.service import MODELS as OF_TERRITORY
from services.volunteer.service import MODELS as OF_VOLUNTEERS
from shared.store.pool import connect
from tests.pages.district import Installed, installed

pytestmark = [pytest.mark.system, pytest.mark.postgres, pytest.mark.timeout(300)]

READ_MODELS = {
    *(("territory", model.name) for model in OF_TERRITORY),
    *(("grievance", model.name) for model in OF_CASES),
    *(("grievance", model.name) for model in SEARCHED),
    *(("volunteer", model.name) for model in OF_VOLUNTEERS),
    *(("points", model.name) for model in OF_POINTS),
    *(("dashboard", model.name) for model in OF_DASHBOARD),
    ("dashboard", "case_movements"),
}
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
RAISE = """
update read.case_register set urgency = 'as never said'
where case_id = (select case_id from read.case_register order by case_id limit 1)
"""


@pytest.fixture(scope="module")
def district() -> Iterator[Installed]:
    """A hundredth of the sample."""
    with installed("--sample", "--scale", "0.01") as made:
        yield made


def _told(district: Installed, *options: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(district.linli("audit", "digest", "--json", *options))
    return told


def _at_one_place(district: Installed, *asked: Sequence[str]) -> list[dict[str, Any]]:
    """What these come to where all are told of the same positions: deadlines pass meanwhile."""
    while True:
        told = [_told(district, *options) for options in asked]
        if len({str([table["at"] for table in one["tables"]]) for one in told}) == 1:
            return told


def test_two_replays_and_the_live_tables_agree(district: Installed) -> None:
    ways = [
        ["--page", "61", "--shuffle", "1"],
        ["--page", "500", "--processes", "2", "--shuffle", "2"],
        ["--live"],
    ]
    one, two, live = _at_one_place(district, *ways)
    assert one == two == live
    assert _names(live["tables"]) >= READ_MODELS
    full = [table for table in live["tables"] if table["rows"]]
    assert len(full) > 50
    assert EMPTY not in {table["sha256"] for table in full}
    assert {table["parked"] for table in live["tables"]} == {0}


def test_a_wrong_row_is_seen_and_named(district: Installed) -> None:
    asyncio.run(_spoil(district))
    replayed, spoiled = _at_one_place(district, [], ["--live"])
    assert replayed["digest"] != spoiled["digest"]
    pairs = zip(replayed["tables"], spoiled["tables"], strict=True)
    assert _names(one for one, other in pairs if one != other) == {("grievance", "case_register")}
    lines = district.linli("audit", "digest", "--live").splitlines()
    assert len(lines) == len(spoiled["tables"]) + 1


def _names(tables: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(table["service"], table["table"]) for table in tables}


async def _spoil(district: Installed) -> None:
    connection = await connect(EmbeddedPostgres(district.home).dsn("grievance", SUPERUSER))
    assert await connection.execute(RAISE) == "UPDATE 1"
    await connection.close()
