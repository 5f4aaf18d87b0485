"""Verify: hash everything again, in order, and name the first place that does not hold."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from shared.core.canonical import GENESIS
from shared.store import read
from shared.store.copied import Copied, copied, events
from shared.store.pool import Connection

PAGE = 5_000
REMEMBERED = 200_000
MOMENT = """
select (extract(epoch from recorded_at) * 1000000)::bigint from event
where log = $1 and position = $2
"""
BEFORE = """
select e.position, e.hash from unnest($1::uuid[], $2::int[]) with ordinality w(stream, version, n)
left join event e on e.stream_id = w.stream and e.version = w.version
order by w.n
"""
UNANSWERED = """
select min(e.position) from event e left join command c on c.id = e.command_id
where e.log = $1 and e.position > $2 and e.position <= $3
  and (c.first_position is null or e.position not between c.first_position and c.last_position)
"""
MISSING = "the event at this position is missing"
TOO_EARLY = "recorded before the event ahead of it"
NO_DIGEST = "the event is not what its digest was made of"
NO_LINK = "its hash does not follow from the hash before it"
NO_COMMAND = "no command answers for it"

Version = tuple[bytes, int]
Before = tuple[int, int, bytes]  # version, position and hash of the event before, in its stream


class Broken(NamedTuple):
    """The first position that does not hold, and why."""

    position: int
    reason: str


class Verified(NamedTuple):
    """How far the log has been checked; `broken` ends it. `hashes` has those of the events since
    the answer before."""

    position: int
    broken: Broken | None = None
    hashes: Sequence[bytes] = ()


async def verify(
    connection: Connection, log: str, after: int = 0, until: int | None = None
) -> AsyncGenerator[Verified, None]:
    """Check the log page by page, in bounded memory, past `after` up to `until`, or else to where
    it ends now, or to its first broken place.

    Found: a changed, removed, added or moved event, but for events cut off at the very end and for
    what was written anew with all that follows, which only checkpoints kept elsewhere can show.
    """
    last: int = until if until is not None else await read.head(connection, log)
    moment: int | None = await connection.fetchval(MOMENT, log, after)
    walk = _Walk(connection, log, after, moment or 0)
    while walk.position < last:
        checked = await walk.page(min(walk.position + PAGE, last))
        yield checked
        if checked.broken is not None:
            return


class _Walk:
    """Where a check stands: position and time of the last event, the latest of each stream."""

    def __init__(self, connection: Connection, log: str, position: int, moment: int) -> None:
        self._connection = connection
        self._log = log
        self.position = position
        self._moment = moment
        self._latest: dict[bytes, Before] = {}

    async def page(self, until: int) -> Verified:
        """Check the events up to `until`."""
        told = await copied(self._connection, self._log, self.position, until)
        page = list(events(told, self._log))
        found = await self._looked_up(page)
        unanswered = await self._connection.fetchval(UNANSWERED, self._log, self.position, until)
        hashes: list[bytes] = []
        for event in page:
            reason = self._fault(event, found)
            if reason is None and event.position == unanswered:
                reason = NO_COMMAND
            if reason is not None:
                place = min(event.position, self.position + 1)
                return Verified(self.position, Broken(place, reason), hashes)
            hashes.append(event.hash)
            self.position, self._moment = event.position, event.recorded
        if self.position < until:
            return Verified(self.position, Broken(self.position + 1, MISSING), hashes)
        return Verified(self.position, None, hashes)

    async def _looked_up(self, page: Sequence[Copied]) -> dict[Version, Before]:
        """The events before those whose stream was not met of late."""
        if len(self._latest) > REMEMBERED:
            self._latest.clear()
        met: dict[bytes, int] = {}
        wanted: list[Version] = []
        for _, stream, version, *_ in page:
            if version > 1 and (met.get(stream) or self._version(stream)) != version - 1:
                wanted.append((stream, version - 1))
            met[stream] = version
        if not wanted:
            return {}
        streams = [UUID(bytes=stream) for stream, _ in wanted]
        rows = await self._connection.fetch(BEFORE, streams, [version for _, version in wanted])
        return {
            key: (key[1], row["position"], row["hash"])
            for key, row in zip(wanted, rows, strict=True)
            if row["position"] is not None
        }

    def _version(self, stream: bytes) -> int:
        before = self._latest.get(stream)
        return before[0] if before else 0

    def _fault(self, event: Copied, found: dict[Version, Before]) -> str | None:
        _, stream, version, digest, own, place, position, recorded = event
        if position != self.position + 1:
            return MISSING
        if recorded < self._moment:
            return TOO_EARLY
        previous = GENESIS
        if version > 1:
            before = self._latest.get(stream)
            if before is None or before[0] != version - 1:
                before = found.get((stream, version - 1))
            if before is None or before[1] > position:
                return f"version {version - 1} of its stream is missing or comes later"
            previous = before[2]
        if sha256(event.facts).digest() != digest:
            return NO_DIGEST
        if sha256(previous + digest + place).digest() != own:
            return NO_LINK
        self._latest[stream] = version, position, own
        return None
