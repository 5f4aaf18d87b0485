"""A stamped tally says which of its first keys have moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.core.projection import Tally
from shared.store import tables, tallies
from shared.store.pool import Connection, connect
from shared.testkit.databases import TestDatabase

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

TALLY: Tally[None] = Tally(
    name="walks",
    keys=("day", "place"),
    measures=("walks", "dogs"),
    count=lambda _: {},
    stamped=True,
)


Gained = dict[tuple[str, ...], dict[str, int]]


async def _stamps(connection: Connection) -> dict[str, int]:
    return dict(await connection.fetch("select day, stamp from read.walks_stamps"))


async def test_a_stamp_moves_with_the_sums_under_its_key(log_database: TestDatabase) -> None:
    connection = await connect(log_database.service)
    await tallies.create(connection, TALLY, tables.LIVE)
    both: Gained = {("monday", "park"): {"walks": 1}, ("sunday", "park"): {"walks": 2, "dogs": 3}}
    await tallies.add(connection, TALLY, both, tables.LIVE)
    first = await _stamps(connection)
    assert first.keys() == {"monday", "sunday"}
    some: Gained = {("monday", "pond"): {"dogs": 1}, ("sunday", "park"): {"walks": 0}}
    await tallies.add(connection, TALLY, some, tables.LIVE)
    second = await _stamps(connection)
    assert second["sunday"] == first["sunday"]
    assert second["monday"] > first["monday"]
    await tallies.add(connection, TALLY, {("monday", "pond"): {"dogs": -1}}, tables.LIVE)
    assert (await _stamps(connection))["monday"] > second["monday"], "the line is gone: it moved"
    await connection.close()


async def test_what_is_built_anew_has_stamps_of_its_own(log_database: TestDatabase) -> None:
    connection = await connect(log_database.service)
    told = []
    for _ in range(2):
        await tallies.create(connection, TALLY, tables.LIVE)
        await tallies.add(connection, TALLY, {("monday", "park"): {"walks": 1}}, tables.LIVE)
        told.append(await _stamps(connection))
        for name in TALLY.tables:
            await connection.execute(f"drop table read.{name}")
    assert told[0] != told[1]
    assert replace(TALLY, stamped=False).tables == ("walks",)
    await connection.close()
