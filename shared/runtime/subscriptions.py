"""What a service subscribes to, as its operator sees it: to be looked at, replayed, rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shared.runtime.projections.origins import Origin
from shared.runtime.projections.rebuilding import Rebuilt
from shared.store import parked, refused
from shared.store.parked import Parked
from shared.store.pool import Pool
from shared.store.refused import Refused

Progress = Callable[[int], None]


class Subscription(Protocol):
    """Anything that reads events and may have to park some."""

    async def replay(self, stream_id: UUID) -> int:
        """Take what is parked of a stream again; how many of its events still wait."""


class ReadModelOf(Subscription, Protocol):
    """A subscription that keeps a read model."""

    async def origin(self) -> Origin:
        """The model and where its events come from, in the present epoch of their log."""

    async def rebuild(self, *, accept: bool, progress: Progress) -> Rebuilt:
        """Build it anew beside the live one and flip. Raises Different unless `accept`."""


@dataclass(frozen=True)
class Subscriptions:
    """All of one service, by name; those that keep a read model can be rebuilt."""

    pool: Pool
    members: Mapping[str, Subscription]
    models: Mapping[str, ReadModelOf]

    async def parked(self, stream_id: UUID | None = None) -> list[Parked]:
        """What waits, stream by stream."""
        async with self.pool.acquire(timeout=10) as connection:
            return await parked.of(connection, None, stream_id)

    async def refused(self) -> list[Refused]:
        """What policies asked for and rules turned down."""
        async with self.pool.acquire(timeout=10) as connection:
            return await refused.of(connection)
