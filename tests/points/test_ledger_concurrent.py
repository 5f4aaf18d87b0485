"""Several processes draw on the same accounts at once while a month ends, on a real log."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.points.account.commands import ExpirePoints, OpenPointsAccount
from services.points.account.decider import account
from services.points.account.ending import settled
from services.points.account.events import PointsCarriedOver, PointsEvent, PointsReversed
from services.points.account.moving import moved
from services.points.log import EVENTS, LOG
from services.points.projections.point_entries import point_entries
from services.points.projections.points_accounts import left_on, points_accounts
from shared.core.envelope import Recorded
from shared.core.messages import Command
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import read
from shared.store.pool import open_pool
from shared.testkit.contents import folded
from shared.testkit.databases import TestDatabase
from tests.points.deciding import AT, BY, holder
from tests.points.drawing import CARRY, EVE, MORROW, PEOPLE, stream

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ROOT = Path(__file__).parents[2]
PROCESSES, COMMANDS = 4, 120


@pytest.mark.timeout(240)
async def test_no_point_is_lost_or_made_and_nobody_falls_below_nothing(
    log_database: TestDatabase,
) -> None:
    await _each(log_database.service, _opened)
    told = await asyncio.gather(*(_process(log_database.service, n) for n in range(PROCESSES)))
    await _each(log_database.service, lambda _: ExpirePoints(asked_on=MORROW, **BY))
    past, taken = await _past(log_database.service), sum(told, Counter[str]())
    sums = Counter[str]()
    for recorded in past:
        sums[recorded.type] += getattr(recorded.event, "points", 0)
    for name in ("earned", "held", "released", "redeemed", "refunded", "transferred"):
        name = f"points-{name}"
        assert sums[name] == taken[name] > 0, "what was answered is in the log, and no more"
    assert sums["points-transferred"] == sums["points-received"]
    assert sum(recorded.type == "points-reversed" for recorded in past) == taken["reversed"] > 0
    assert taken["refused balance_too_low"] > 0, "they were after the same points"
    assert sums["points-expired"] > 0, "the month ended between them"
    for who in range(PEOPLE):
        _walked(past, who)
    _shown(past)


def _walked(past: Sequence[Recorded[Any]], who: int) -> None:
    """Nothing is below nothing on the way, a debt grows by a reversal only, and of the day that
    ended no more went on than the rules let."""
    state, lines, on = account.initial, 0, 0
    for recorded in past:
        if recorded.stream_id != stream(who):
            continue
        owed, event = state.debt, recorded.event
        state = account.evolve(state, event)
        assert min((lot.left for lot in state.lots.values()), default=0) >= 0
        assert state.debt <= owed or isinstance(event, PointsReversed)
        lines += moved(event).amount if isinstance(event, PointsEvent) else 0
        on += event.points if isinstance(event, PointsCarriedOver) else 0
    assert lines == sum(lot.left for lot in state.lots.values()) + state.held - state.debt
    assert on <= CARRY


def _shown(past: Sequence[Recorded[Any]]) -> None:
    rows = folded(points_accounts, past).rows
    entries = folded(point_entries, past).rows.values()
    for who in range(PEOPLE):
        state = account.fold(one.event for one in past if one.stream_id == stream(who))
        row = rows[stream(who)]
        for day in (EVE, MORROW):
            assert left_on(row, day).free(day) == settled(state, day, AT).free(day)
        lines = [one for one in entries if one.account_id == stream(who)]
        assert sum(one.held for one in lines) == row.held == state.held
        assert sum(one.debt for one in lines) == row.debt == state.debt


def _opened(who: int) -> Command:
    place: dict[str, Any] = {"kind": "person", "territory": "d"}
    return OpenPointsAccount(holder=holder(who), keeper=holder(who), **place, **BY)


async def _each(dsn: str, asked: Callable[[int], Command]) -> None:
    executor = Executor(dsn, LOG, unguarded)
    for who in range(PEOPLE):
        target, identity = Target(account, stream(who)), Identity(uuid4(), b"")
        await executor.execute(single(target, asked(who), identity))
    await executor.aclose()


async def _process(dsn: str, seed: int) -> Counter[str]:
    arguments = ("-m", "tests.points.drawing", dsn, str(seed), str(COMMANDS))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    return Counter(json.loads(told))


async def _past(dsn: str) -> list[Recorded[Any]]:
    opened = await open_pool(dsn, size=2)
    async with opened.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000_000)
    await opened.close()
    return [read.decode(EVENTS, row) for row in rows]
