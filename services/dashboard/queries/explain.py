"""The cases behind a figure: read from their rows and counted by the rules, not by the tally."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from services.dashboard.measures import days
from services.dashboard.measures.book import Measure
from services.dashboard.measures.counting import moves
from services.dashboard.projections.case_lives import CaseLifeRow, steps_of
from shared.store.pool import Connection

NAMES = ", ".join(field.name for field in fields(CaseLifeRow))
# $2: after the last day. $3: nothing of a case that was over before this can count.
CANDIDATES = f"""
select {NAMES} from case_lives
where {{places}} and raised_at < $2 and (closed_at is null or closed_at >= $3)
order by raised_at, case_id
"""
WHOLE, PART = "$1::text[] is null", "territory = any($1::text[])"
# So many are counted before others have their turn: some milliseconds.
TURN = 200

Mark = tuple[datetime, UUID]


@dataclass(frozen=True)
class Asked:
    """Which figure: a measure of these territories (None: all) on a day, or on so many up to it."""

    measure: Measure
    places: list[str] | None
    day: int
    window: int


@dataclass(frozen=True)
class Counted:
    """A case, and how often it counts: `counts` in the figure or its numerator, `of` in its
    denominator."""

    row: CaseLifeRow
    counts: int
    of: int | None


@dataclass(frozen=True)
class Explained:
    """A page of the cases, the one that was filed first at the top; what all of them add up to;
    whether more follow."""

    cases: list[Counted]
    counts: int
    of: int | None
    more: bool


async def read(
    connection: Connection, asked: Asked, after: Mark | None = None, limit: int = 50
) -> Explained:
    """The cases behind a figure past a mark; the sums are of all, whichever page is asked for."""
    page: list[Counted] = []
    counts, of, more = 0, 0, False
    async for one in _cases(connection, asked):
        counts += one.counts
        of += one.of or 0
        if after is None or (one.row.raised_at, one.row.case_id) > after:
            more = len(page) == limit
            page += [] if more else [one]
    return Explained(page, counts, None if asked.measure.among is None else of, more)


def count(row: CaseLifeRow, asked: Asked) -> Counted:
    """How often a case counts."""
    counts = of = 0
    since = asked.day - asked.window
    stock = asked.measure.kind == "stock"
    for day, movement, amount in moves(row.case_type, steps_of(row)):
        if day <= asked.day and (stock or day > since):
            counts += amount * asked.measure.counts.get(movement, 0)
            of += amount if movement == asked.measure.among else 0
    return Counted(row, counts, None if asked.measure.among is None else of)


async def _cases(connection: Connection, asked: Asked) -> AsyncIterator[Counted]:
    """Those that count, the one that was filed first before the others."""
    statement = CANDIDATES.format(places=WHOLE if asked.places is None else PART)
    # A response counts on the day after its case was filed, and perhaps closed.
    first = asked.day + 1 if asked.measure.kind == "stock" else asked.day - asked.window
    about: tuple[Any, ...] = (asked.places, days.begins(asked.day + 1), days.begins(first))
    async with connection.transaction():
        number = 0
        async for record in connection.cursor(statement, *about, prefetch=TURN):
            one = count(CaseLifeRow(*record), asked)
            if one.counts or one.of:
                yield one
            number += 1
            if number % TURN == 0:
                await asyncio.sleep(0)
