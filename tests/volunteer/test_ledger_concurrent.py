"""Several processes draw on the same accounts and the same pool at once, on a real log."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.account.commands import OpenAccount
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import BringInTime
from services.volunteer.log import EVENTS, LOG
from services.volunteer.pool.decider import pool
from services.volunteer.pool.stream import stream_of
from services.volunteer.projections.time_entries import moved
from shared.core.envelope import Recorded
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Target, single
from shared.store import read
from shared.store.pool import open_pool
from shared.testkit.databases import TestDatabase
from tests.volunteer.deciding import KNOWN, person
from tests.volunteer.withdrawing import PEOPLE, _id

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ROOT = Path(__file__).parents[2]
PROCESSES, COMMANDS, BEGINNING = 4, 120, 400
LEDGER = ("time-", "account-bequeathed", "account-inherited", "excess")


@pytest.mark.timeout(240)
async def test_no_minute_is_lost_or_made_and_nobody_falls_below_nothing(
    log_database: TestDatabase,
) -> None:
    await _begin(log_database.service)
    told = await asyncio.gather(*(_process(log_database.service, n) for n in range(PROCESSES)))
    past = await _past(log_database.service)
    sums = Counter[str]()
    for recorded in past:
        sums[recorded.type] += getattr(recorded.event, "minutes", 0)
    taken = sum(told, Counter[str]())
    for name in ("time-redeemed", "time-gifted", "time-donated", "pool-drawn"):
        assert sums[name] == taken[name] > 0, "what was answered is in the log, and no more"
    assert sums["hours-approved"] == taken["approved"]
    assert taken["refused balance_too_low"] > 0, "they were after the same minutes"
    assert sums["time-gifted"] == sums["time-received"]
    assert sums["time-donated"] == sums["pool-credited"]
    left = sum(_walked(past, account_of(person(who))) for who in range(PEOPLE))
    pooled = pool.fold(one.event for one in past if one.stream_id == stream_of("d")).balance
    spent = sums["time-redeemed"] + sums["pool-drawn"]
    made = sums["time-brought-in"] + sums["time-deposited"] - sums["time-reversed"]
    assert left + pooled + spent == made


def _walked(past: Sequence[Recorded[Any]], stream: UUID) -> int:
    """What an account has in all at its end. Nothing is below nothing on the way there, and a debt
    grows by a reversal only."""
    state, lines = account.initial, 0
    for recorded in past:
        if recorded.stream_id != stream:
            continue
        owed = state.debt
        state = account.evolve(state, recorded.event)
        assert state.balance >= 0
        assert min(state.held.values(), default=1) > 0
        assert state.debt <= owed or recorded.type == "time-reversed"
        if recorded.type.startswith(LEDGER):
            lines += moved(recorded.event)[0]
    assert lines == state.saved - state.debt
    return lines


async def _begin(dsn: str) -> None:
    executor = Executor(dsn, LOG, unguarded)
    for who in range(PEOPLE):
        target = Target(account, account_of(person(who)))
        opened = OpenAccount(person=person(who), territory="d", **KNOWN)
        given = BringInTime(person=person(who), home="d", minutes=BEGINNING, source="old", **KNOWN)
        await executor.execute(single(target, opened, _id()))
        await executor.execute(single(target, given, _id()))
    await executor.aclose()


async def _process(dsn: str, seed: int) -> Counter[str]:
    arguments = ("-m", "tests.volunteer.withdrawing", dsn, str(seed), str(COMMANDS))
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
