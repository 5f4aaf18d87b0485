"""Another master key takes over: every key of a store is wrapped anew, a page at a time.

May be stopped at any point, however hard, and called again. Keys are read, made and destroyed
meanwhile. Afterwards the master keys before it open nothing in this database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.store import masters
from shared.store.anew import write_anew
from shared.store.masters import KNOWN, Ring, WrongMaster
from shared.store.pool import Connection

PAGE = 1_000
# Locked in the order in which `KeyStore.destroy` locks them.
NEXT = """
select subject, wrapped, generation from subject_key
where subject > $1 and generation < $2 and wrapped is not null
order by subject limit $3 for update
"""
MOVE = """
update subject_key k set wrapped = n.wrapped, generation = $3
from unnest($1::uuid[], $2::bytea[]) n(subject, wrapped) where k.subject = n.subject
"""
FORGET = "update master_key set root = null where generation < $1 and root is not null"
WHOLE = "update master_key set whole_at = now() where generation = $1 and whole_at is null"
COUNTS = """
select generation, count(*) from subject_key where wrapped is not null group by generation
"""
NOBODY = UUID(int=0)
ANEW = 3_600.0  # seconds: so long writing a table anew may take

Tell = Callable[[int], None]


@dataclass(frozen=True)
class Generation:
    """A master key of a store: how many keys it wraps, and since when it wraps all of them."""

    number: int
    mark: bytes | None
    made_at: datetime
    whole_at: datetime | None
    keys: int


async def generations(connection: Connection) -> list[Generation]:
    """The master keys that this store has had, the present one last."""
    counts: dict[int, int] = dict(await connection.fetch(COUNTS))
    return [
        Generation(
            row["generation"],
            row["mark"],
            row["made_at"],
            row["whole_at"],
            counts.get(row["generation"], 0),
        )
        for row in await connection.fetch(KNOWN)
    ]


async def rewrap(connection: Connection, known: Sequence[bytes], tell: Tell) -> int:
    """Let the first of these master keys wrap everything; how many keys it had not. `tell` hears
    how many there were so far. Raises WrongMaster, also for one that was replaced before."""
    ring = await masters.ring(connection, known)
    await masters.add(connection, known[0], ring.root)
    ring = await masters.ring(connection, known)
    present = (await connection.fetch(KNOWN))[-1]
    if present["mark"] != masters.mark(known[0]):
        raise WrongMaster("the first master key was replaced before; put a new one in its place")
    moved, last = 0, NOBODY
    while present["whole_at"] is None and (page := await _page(connection, ring, last)):
        last = page[-1]
        moved += len(page)
        tell(moved)
    if present["whole_at"] is None:
        await _settle(connection, ring.present)
    return moved


async def _page(connection: Connection, ring: Ring, after: UUID) -> list[UUID]:
    """Wrap the next keys anew; whose they are."""
    async with connection.transaction():
        rows = await connection.fetch(NEXT, after, ring.present, PAGE)
        wrapped = [
            ring.wrap(subject, ring.unwrap(subject, generation, old))
            for subject, old, generation in rows
        ]
        subjects = [row["subject"] for row in rows]
        await connection.execute(MOVE, subjects, wrapped, ring.present)
    return subjects


async def _settle(connection: Connection, present: int) -> None:
    """Nothing that an earlier master key opens is left in the files of the tables."""
    await _write_anew(connection, "subject_key")
    await connection.execute(FORGET, present)
    await _write_anew(connection, "master_key")
    await connection.execute(WHOLE, present)


async def _write_anew(connection: Connection, table: str) -> None:
    while not await write_anew(connection, table, patience=ANEW, within=ANEW):
        pass
