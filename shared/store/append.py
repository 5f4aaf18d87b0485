"""Append: one call of one function for a whole group of commands, a verdict for each.

Under the log's lock a known command id is a duplicate, a wrong version is a conflict, and only the
winners go in, all in one transaction. A reader that has seen position N has seen everything up to
N that will ever exist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate, chain, islice
from operator import itemgetter
from typing import Any, Literal, NamedTuple
from uuid import UUID

from shared.core.canonical import Facts, digest
from shared.store.pool import Connection

APPEND = """
select last_before, recorded, duplicates, conflicts from append_events(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, $25)
"""

STALE = -1
FEW = 8
Verdict = Literal["appended", "duplicate", "conflict"]


class Check(NamedTuple):
    """The stream was decided on at this version; 0 is a stream that does not exist yet."""

    stream_id: UUID
    version: int


class Decided(NamedTuple):
    """A command with its events, ready to be appended to all its streams or to none.

    `cause` is the recorded_at of the event that caused it, where there is one.
    """

    command_id: UUID
    fingerprint: bytes
    checks: tuple[Check, ...]
    events: tuple[Facts, ...]
    cause: datetime | None = None


class Outcome(NamedTuple):
    """What became of one command; positions are 0 when it appended no event."""

    verdict: Verdict
    first_position: int
    last_position: int
    recorded_at: datetime


async def append(connection: Connection, log: str, group: Sequence[Decided]) -> list[Outcome]:
    """Append the group in order; one outcome per command, in the same order."""
    arguments = _Arguments(group)
    row = await connection.fetchrow(APPEND, log, *arguments.columns())
    assert row is not None
    duplicates, conflicts = set(row["duplicates"] or ()), set(row["conflicts"] or ())
    return list(_outcomes(group, row["last_before"], row["recorded"], duplicates, conflicts))


def _outcomes(
    group: Sequence[Decided],
    last: int,
    recorded: datetime,
    duplicates: set[int],
    conflicts: set[int],
) -> Iterator[Outcome]:
    for ordinal, decided in enumerate(group, start=1):
        if ordinal in duplicates:
            yield Outcome("duplicate", 0, 0, recorded)
        elif ordinal in conflicts:
            yield Outcome("conflict", 0, 0, recorded)
        elif decided.events:
            yield Outcome("appended", last + 1, last + len(decided.events), recorded)
            last += len(decided.events)
        else:
            yield Outcome("appended", 0, 0, recorded)


class _Arguments:
    """The group as the function's parallel arrays; commands and events are numbered from 1."""

    def __init__(self, group: Sequence[Decided]) -> None:
        self._group = group
        self._moved: dict[UUID, tuple[int, int]] = {}
        self._depths: dict[UUID, int] = {}
        self._firsts: list[int | None] = []
        self._lasts: list[int | None] = []
        self._checks: list[tuple[int, int, UUID, int]] = []
        self._events: list[tuple[Any, ...]] = []
        for ordinal, decided in enumerate(group, start=1):
            self._add(ordinal, decided)

    def _add(self, ordinal: int, decided: Decided) -> None:
        moved = [facts.stream_id for facts in decided.events]
        # counted one by one as long as they are few, which is dearer only when they are many
        count = moved.count if len(decided.checks) < FEW else Counter(moved).__getitem__
        for check in decided.checks:
            self._checks.append(self._check(ordinal, check, count(check.stream_id)))
        if not decided.events:
            self._firsts.append(None)
            self._lasts.append(None)
            return
        self._firsts.append(len(self._events) + 1)
        for facts in decided.events:
            depth = self._depths.get(facts.stream_id, 0) + 1
            self._depths[facts.stream_id] = depth
            place = len(self._events) + 1
            self._events.append((depth, ordinal, place, *facts[1:7], *facts[8:], digest(facts)))
        self._lasts.append(len(self._events))

    def _check(self, ordinal: int, check: Check, events: int) -> tuple[int, int, UUID, int]:
        stream_id, version = check
        after, moved = self._moved.get(stream_id, (0, version))
        if moved != version:  # decided on a state that this very group has moved on from
            return ordinal, 0, stream_id, STALE
        self._moved[stream_id] = (ordinal, version + events)
        return ordinal, after, stream_id, version

    def columns(self) -> Iterator[Any]:
        causes = [decided.cause for decided in self._group if decided.cause is not None]
        yield max(causes, default=None)
        if max(self._depths.values(), default=0) > 1:
            self._events.sort(key=itemgetter(0))  # stable: in order within a depth
        yield list(accumulate(Counter(event[0] for event in self._events).values()))
        yield [decided.command_id for decided in self._group]
        yield [decided.fingerprint for decided in self._group]
        yield self._firsts
        yield self._lasts
        checks = zip(*self._checks, strict=True) if self._checks else ((),) * 4
        events = zip(*self._events, strict=True) if self._events else ((),) * 15
        yield from chain(checks, islice(events, 1, None))
