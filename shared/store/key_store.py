"""One key per person, wrapped by the master key, in a database of its own.

Destroying a key makes everything sealed with it unreadable, here and in every backup of the log.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from shared.store import masters
from shared.store.anew import write_anew
from shared.store.masters import NONCE as NONCE
from shared.store.masters import Masters, Ring
from shared.store.pool import Connection, Pool

# Nothing is made by a master that is not the present one any more.
CREATE = """
insert into subject_key (subject, wrapped, generation)
select subject, wrapped, $3 from unnest($1::uuid[], $2::bytea[]) fresh(subject, wrapped)
where $3 = (select max(generation) from master_key)
on conflict (subject) do nothing
"""
KEYS = "select subject, wrapped, generation from subject_key where subject = any($1::uuid[])"
# Vacuuming keeps it, restoring does not.
TABLE = "select 'subject_key'::regclass::oid::bigint"
# A generation below 0 says that the bytes of the key may still be in the files.
DESTROY = """
insert into subject_key (subject, wrapped, erased_at, generation)
select id, null, now(), 0 from unnest($1::uuid[]) s(id)
on conflict (subject) do update set wrapped = null, erased_at = now(), generation = -1
where subject_key.wrapped is not null
"""
LEFT = "select subject from subject_key where generation < 0"
GONE = "update subject_key set generation = 0 where subject = any($1::uuid[])"
PATIENCE = 1.0  # seconds


class Erased(Exception):
    """The person was erased: nothing of theirs can be sealed or read again."""


class KeyStore:
    """Keys by subject. None of them is cached, so a destroyed key is gone at once for everyone.

    `known` reads the master keys, again whenever the store has one that was not there before:
    another master may take over while this runs. Everything raises WrongMaster.
    """

    def __init__(self, pool: Pool, known: Masters) -> None:
        self._pool = pool
        self._known = known
        self._ring: Ring | None = None

    async def root(self) -> bytes:
        """32 bytes to derive other keys from; whichever master key is the present one, the same."""
        async with self._pool.acquire(timeout=10) as connection:
            return (self._ring or await self._learn(connection)).root

    async def find(self, subjects: Iterable[UUID]) -> Mapping[UUID, bytes | None]:
        """The keys of those who have one; None for the erased."""
        async with self._pool.acquire(timeout=10) as connection:
            return await self._find(connection, list(subjects))

    async def create(self, subjects: Sequence[UUID]) -> Mapping[UUID, bytes | None]:
        """The keys of all of them, made where there was none; None for the erased."""
        fresh = sorted(set(subjects))
        async with self._pool.acquire(timeout=10) as connection:
            ring = self._ring or await self._learn(connection)
            while True:
                wrapped = [ring.wrap(subject, os.urandom(32)) for subject in fresh]
                await connection.execute(CREATE, fresh, wrapped, ring.present)
                found = await self._find(connection, fresh)
                if len(found) == len(fresh):
                    return found
                ring = await self._learn(connection)

    async def life(self) -> int:
        """A number that is another one after the store was restored from a backup."""
        async with self._pool.acquire(timeout=10) as connection:
            found: int = await connection.fetchval(TABLE)
        return found

    async def destroy(self, subjects: Sequence[UUID]) -> None:
        """Destroy the keys; doing it again changes nothing. What is left of them in the files goes
        as `clean` says."""
        if not subjects:
            return
        async with self._pool.acquire(timeout=10) as connection:
            await connection.execute(DESTROY, sorted(set(subjects)))
        await self.clean()

    async def clean(self, patience: float = PATIENCE) -> bool:
        """Write the table anew, if it was not since a key was destroyed. False where that has to
        wait for others for longer than `patience` seconds: to be called again."""
        async with self._pool.acquire(timeout=10) as connection:
            left = [row["subject"] for row in await connection.fetch(LEFT)]
            if left and not await write_anew(connection, "subject_key", patience=patience):
                return False
            if left:
                await connection.execute(GONE, left)
        return True

    async def _find(
        self, connection: Connection, subjects: Sequence[UUID]
    ) -> dict[UUID, bytes | None]:
        rows = await connection.fetch(KEYS, subjects)
        ring = self._ring or await self._learn(connection)
        if any(row["wrapped"] and row["generation"] not in ring.boxes for row in rows):
            ring = await self._learn(connection)
        return {
            subject: None if wrapped is None else ring.unwrap(subject, generation, wrapped)
            for subject, wrapped, generation in rows
        }

    async def _learn(self, connection: Connection) -> Ring:
        """Read the master keys anew, and keep those that may just have gone: a row that was read
        a moment ago may still need them."""
        learnt = await masters.ring(connection, self._known())
        before = self._ring.boxes if self._ring else {}
        self._ring = replace(learnt, boxes={**before, **learnt.boxes})
        return self._ring
