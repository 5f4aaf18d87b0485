"""The read models of hours and time: what their users are told, and what each keeps whatever
happens on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.account.decider import account
from services.volunteer.account.events import (
    ExcessHonoured,
    TimeDeposited,
    TimeDonated,
    TimeReversed,
)
from services.volunteer.account.record_events import (
    AccountOpened,
    HoursApproved,
    HoursLogged,
    HoursReversed,
)
from services.volunteer.account.stream import account_of
from services.volunteer.log import EVENTS, LOG
from services.volunteer.pool.decider import pool
from services.volunteer.pool.events import PoolCredited, PoolDrawn
from services.volunteer.pool.stream import stream_of
from services.volunteer.projections.service_records import service_records
from services.volunteer.projections.time_accounts import time_accounts
from services.volunteer.projections.time_entries import time_entries
from services.volunteer.projections.time_pools import TimePoolRow, time_pools
from shared.core.messages import Command, Event
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.store.pool import open_pool
from shared.testkit.databases import TestDatabase
from shared.testkit.projections import Told, history, holds
from tests.volunteer.deciding import KNOWN, person
from tests.volunteer.test_ledger import STEPS, Both

AT = datetime(2026, 5, 1, tzinfo=UTC)
ANN, STREAM, HELP = person(1), account_of(person(1)), UUID(int=7)
POOL = stream_of("d")
ABOUT: dict[str, Any] = {"day": "2026-04-30", "territory": "d", "service": "meals"}
OPENED = AccountOpened(at=AT, person=ANN, territory="home")
LOGGED = HoursLogged(
    at=AT, person=ANN, minutes=90, evidence="own_word", recorder="leader", **ABOUT
)  # fmt: skip
APPROVED = HoursApproved(
    at=AT, person=ANN, record=2, minutes=90, approver="boss", total=90, **ABOUT
)
SAVED = TimeDeposited(at=AT, record=2, minutes=60, repaid=0)
EXCESS = ExcessHonoured(at=AT, record=2, minutes=30)
REVERSED = HoursReversed(
    at=AT, person=ANN, record=2, minutes=90, reason="mistake", total=0, **ABOUT
)
DONATED = TimeDonated(at=AT, pool="d", minutes=20)
TAKEN = TimeReversed(at=AT, record=2, minutes=60, owed=20)
LIFE: tuple[Event, ...] = (OPENED, LOGGED, APPROVED, SAVED, EXCESS)
LINE = ("d", "", "2026-04", "meals")


def test_a_record_waits_counts_and_counts_no_more() -> None:
    told = Told(service_records)
    waiting = told(*history(LOG, (STREAM, LIFE[:2])))
    [row] = waiting.held.rows.values()
    assert (row.record, row.position, row.status, row.grade) == (2, 2, "logged", "c")
    waiting.counts({LINE: {"records": 0, "minutes": 0, "waiting": 1, "reversed": 0}})
    counted = told(*history(LOG, (STREAM, LIFE)))
    counted.counts({LINE: {"records": 1, "minutes": 90, "waiting": 0, "reversed": 0}})
    over = told(*history(LOG, (STREAM, [*LIFE, REVERSED])))
    over.counts({LINE: {"records": 0, "minutes": 0, "waiting": 0, "reversed": 1}})


def test_an_account_has_what_came_and_owes_what_was_spent_before_it_went() -> None:
    told = Told(time_accounts)
    saved = told(*history(LOG, (STREAM, LIFE)))
    [row] = saved.held.rows.values()
    assert (row.served, row.balance, row.debt, row.served_on) == (90, 60, 0, "2026-04-30")
    figures = {"accounts": 1, "served": 90, "balance": 60, "held": 0, "debt": 0}
    saved.counts({("home",): figures})
    [row] = told(*history(LOG, (STREAM, [*LIFE, DONATED, REVERSED, TAKEN]))).held.rows.values()
    assert (row.served, row.balance, row.debt) == (0, 0, 20)


def test_a_line_says_what_came_what_was_honoured_and_how_it_changed() -> None:
    rows = Told(time_entries)(*history(LOG, (STREAM, [*LIFE, DONATED, REVERSED, TAKEN]))).held.rows
    lines = sorted(rows.values(), key=lambda row: row.position)
    assert [(one.kind, one.amount, one.honoured, one.free, one.debt) for one in lines] == [
        ("time-deposited", 60, 0, 60, 0),
        ("excess-honoured", 0, 30, 0, 0),
        ("time-donated", -20, 0, -20, 0),
        ("time-reversed", -60, 0, -40, 20),
    ]
    assert [one.about for one in lines] == ["2", "2", "d", "2"]


def test_a_pool_has_what_was_given_less_what_was_drawn() -> None:
    given = PoolCredited(at=AT, territory="d", giver=ANN, minutes=50)
    drawn = PoolDrawn(
        at=AT, territory="d", help=HELP, minutes=20, receiver=ANN, helper=ANN, served="d"
    )
    Told(time_pools)(*history(LOG, (POOL, [given, given, drawn]))).rows(
        TimePoolRow(POOL, "d", 80, 100, 20, 2, 1, AT)
    )


@pytest.mark.postgres
@pytest.mark.anyio
@pytest.mark.parametrize(
    "model", [service_records, time_accounts, time_entries, time_pools], ids=lambda one: one.name
)
async def test_it_keeps_what_every_read_model_keeps(log_database: TestDatabase, model: Any) -> None:
    both = Both(3)
    for _ in range(STEPS):
        both.step()
    await _written(log_database.service, both.decided.log)
    opened = await open_pool(log_database.service, size=4)
    await holds(opened, model, LOG, EVENTS)
    await opened.close()


async def _written(dsn: str, log: Any) -> None:
    executor, random = Executor(dsn, LOG, unguarded), Random(0)
    for stream, events in log:
        decider: Any = pool if stream == POOL else account
        identity = Identity(UUID(int=random.getrandbits(128)), b"")
        target = Target(decider, stream)
        told = partial(_told, events)
        await executor.execute(Submission(identity, Command(**KNOWN), (target,), told))
    await executor.aclose()


def _told(events: Sequence[Event], _: Sequence[Any]) -> list[Sequence[Event]]:
    return [events]
