"""One read model of a service's own log, as its operator handles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.runtime import applying
from shared.runtime.applying import Entry
from shared.runtime.folding import Model
from shared.runtime.projecting import entry_of
from shared.store import beside, read
from shared.store.pool import Connection, Pool


@dataclass(frozen=True)
class LogFed:
    """A subscription of `model` to the service's own log."""

    pool: Pool
    log: str
    catalogue: Catalogue[Any]
    model: Model

    async def replay(self, stream_id: UUID) -> int:
        """Take the parked events of a stream again; how many of them still wait."""
        async with self.pool.acquire(timeout=10) as connection, connection.transaction():
            await beside.hold(connection, self.model, self.log)
            entries = await self._stream(connection, stream_id)
            return await applying.replay(connection, self.model, self.log, stream_id, entries)

    async def _stream(self, connection: Connection, stream_id: UUID) -> Mapping[int, Entry]:
        rows = await read.stream(connection, stream_id)
        return {row["position"]: entry_of(self.catalogue, row) for row in rows}
