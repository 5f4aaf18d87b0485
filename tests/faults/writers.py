"""Writers in a process of their own, some of whose transactions are slow, aborted or killed.

`python -m tests.faults.writers DSN LOG SEED EVENTS` runs four writers that put EVENTS events on
record between them, and prints how many they did. Half of their streams are shared by everyone.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from uuid import UUID

from shared.runtime.commands.committer import Committer
from shared.store.append import Decided, Outcome, append
from shared.store.pool import TRANSIENT, Connection, connect
from tests.shared.toy.appending import puts

WRITERS = 4
SHARED = tuple(UUID(int=n) for n in range(1, 21))
VERSIONS = """
select k.id, coalesce(max(e.version), 0) from unnest($1::uuid[]) k(id)
left join event e on e.stream_id = k.id group by k.id
"""
Write = Callable[[Sequence[Decided]], Awaitable[Sequence[Outcome]]]


class Aborted(Exception):
    """This transaction is rolled back on purpose."""


class OneByOne:
    """Appends in transactions of its own; about one in six comes to grief, and is done again."""

    def __init__(self, dsn: str, log: str, random: Random) -> None:
        self._dsn = dsn
        self._log = log
        self._random = random
        self._connection: Connection | None = None

    async def write(self, group: Sequence[Decided]) -> Sequence[Outcome]:
        fate = self._random.choices(["none", "slow", "aborted", "killed"], [80, 5, 10, 5])[0]
        unknown = False
        while True:
            try:
                outcomes = await self._try(group, fate)
            except Aborted:
                fate = "none"
            except TRANSIENT:
                unknown |= fate != "killed"  # killed from outside, perhaps after the commit
                fate, self._connection = "none", None
            else:
                # What was rolled back has left nothing behind.
                assert unknown or all(o.verdict != "duplicate" for o in outcomes)
                return outcomes

    async def _try(self, group: Sequence[Decided], fate: str) -> Sequence[Outcome]:
        connection = self._connection = self._connection or await connect(self._dsn)
        async with connection.transaction():
            outcomes = await append(connection, self._log, group)
            if fate == "slow":
                await connection.execute("select pg_sleep($1)", self._random.uniform(0, 0.03))
            if fate == "aborted":
                raise Aborted
            if fate == "killed":
                await connection.execute("select pg_terminate_backend(pg_backend_pid())")
        return outcomes


class Writer:
    """Puts events on record, on streams of its own and on shared ones."""

    def __init__(self, write: Write, dsn: str, random: Random) -> None:
        self._write = write
        self._dsn = dsn
        self._random = random
        self._own = {UUID(int=random.getrandbits(128)): 0 for _ in range(10)}

    async def run(self, goal: int) -> int:
        """How many events were acknowledged, at least `goal`."""
        done = 0
        while done < goal:
            group = self._on_own_streams() + await self._on_shared_streams()
            outcomes = await self._write(group)
            for decided, outcome in zip(group, outcomes, strict=True):
                if outcome.verdict != "conflict":
                    done += len(decided.events)
                elif decided.checks[0].stream_id in self._own:
                    raise AssertionError("a conflict on a stream that nobody else writes to")
        return done

    def _on_own_streams(self) -> list[Decided]:
        group = []
        for stream_id in self._random.choices([*self._own], k=self._random.randrange(1, 12)):
            times = self._random.randrange(1, 4)
            group.append(puts(stream_id, self._own[stream_id], times))
            self._own[stream_id] += times
        return group

    async def _on_shared_streams(self) -> list[Decided]:
        wanted = self._random.sample(SHARED, self._random.randrange(4))
        while True:
            try:
                connection = await connect(self._dsn) if wanted else None
                if connection is None:
                    return []
                rows = await connection.fetch(VERSIONS, wanted)
                await connection.close()
            except TRANSIENT:
                continue
            return [puts(stream_id, version) for stream_id, version in rows]


async def _main(dsn: str, log: str, seed: int, events: int) -> int:
    random, committer = Random(seed), Committer(dsn, log)

    async def together(group: Sequence[Decided]) -> Sequence[Outcome]:
        return await asyncio.gather(*map(committer.commit, group))

    ways = [together] + [
        OneByOne(dsn, log, Random(random.random())).write for _ in range(1, WRITERS)
    ]
    writers = [Writer(way, dsn, Random(random.random())) for way in ways]
    done = await asyncio.gather(*(writer.run(events // WRITERS) for writer in writers))
    await committer.aclose()
    return sum(done)


if __name__ == "__main__":
    dsn, log, seed, events = sys.argv[1:]
    print(asyncio.run(_main(dsn, log, int(seed), int(events))))  # noqa: T201 - it is the answer
