"""Rules as a process knows them: read from their stream in the service's own log, kept in memory,
and folded further by what is new whenever they are asked for: one short query by an index, shared
by all who ask while the one before it is under way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic
from uuid import UUID

from shared.core.decider import Decider
from shared.core.envelope import Recorded
from shared.core.versions import Published, R, Shelf
from shared.runtime.commands.grouped import Grouped
from shared.store import read
from shared.store.pool import Pool


class VersionsCopy(Generic[R]):
    """All rules of a stream that were published, after the `first`, which everybody begins with,
    and which of them are in force where."""

    def __init__(
        self, pool: Pool, decider: Decider[Any, Published[R], Any], stream: UUID, first: R
    ) -> None:
        self._pool = pool
        self._decider = decider
        self._stream = stream
        self._first = first
        self._published = decider.initial
        self._shelf = Shelf((first,))
        self._signed: dict[str, dict[str, Any]] = {}
        self._version = 0
        self._reads = Grouped(self._read)

    @property
    def published(self) -> Published[R]:
        """What was published and withdrawn, as it was last read."""
        return self._published

    @property
    def shelf(self) -> Shelf[R]:
        """The rules there are, as they were last read."""
        return self._shelf

    def signed(self, version: str) -> Mapping[str, Any]:
        """Who published these rules when, and who withdrew them, as it was last read; nothing for
        those that everybody begins with."""
        return self._signed.get(version, {})

    async def fresh(self) -> Shelf[R]:
        """The rules, with every one that was published or withdrawn before this was asked, in
        whatever process. No read model is waited for."""
        await self._reads(None)
        return self._shelf

    async def aclose(self) -> None:
        """Take no more questions."""
        await self._reads.aclose()

    async def _read(self, asked: Sequence[None]) -> Sequence[None]:
        """What all who ask wait for. Only one is under way at a time."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, self._stream, self._version)
        published = self._published
        for row in rows:
            recorded = read.decode(self._decider.events, row)
            before, published = published, self._decider.evolve(published, recorded.event)
            self._sign(recorded, before, published)
        if rows:
            self._published, self._version = published, rows[-1]["version"]
            self._shelf = Shelf((self._first, *published.standing))
        return asked

    def _sign(self, recorded: Recorded[Any], before: Published[R], after: Published[R]) -> None:
        by, at = recorded.actor, recorded.occurred_at
        for rules in after.versions[len(before.versions) :]:
            self._signed[rules.version] = {"published_at": at, "published_by": by}
        for version in after.withdrawn - before.withdrawn:
            self._signed[version] |= {"withdrawn_at": at, "withdrawn_by": by}
