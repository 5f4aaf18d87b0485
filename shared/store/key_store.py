"""One key per person, wrapped by the master key, in a database of its own.

Destroying a key makes everything sealed with it unreadable, here and in every backup of the log.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.store.pool import Connection, Pool

CREATE = """
insert into subject_key (subject, wrapped) select * from unnest($1::uuid[], $2::bytea[])
on conflict (subject) do nothing
"""
KEYS = "select subject, wrapped from subject_key where subject = any($1::uuid[])"
DESTROY = """
insert into subject_key (subject, wrapped, erased_at)
select id, null, now() from unnest($1::uuid[]) s(id)
on conflict (subject) do update set wrapped = null, erased_at = now()
where subject_key.wrapped is not null
"""
NONCE = 12


class Erased(Exception):
    """The person was erased: nothing of theirs can be sealed or read again."""


class KeyStore:
    """Keys by subject. Nothing is cached, so a destroyed key is gone at once for everyone."""

    def __init__(self, pool: Pool, master: bytes) -> None:
        self._pool = pool
        self._master = AESGCM(master)

    async def find(self, subjects: Iterable[UUID]) -> Mapping[UUID, bytes | None]:
        """The keys of those who have one; None for the erased."""
        async with self._pool.acquire(timeout=10) as connection:
            return await self._find(connection, list(subjects))

    async def create(self, subjects: Sequence[UUID]) -> Mapping[UUID, bytes | None]:
        """The keys of all of them, made where there was none; None for the erased."""
        fresh = sorted(set(subjects))
        wrapped = [self._wrap(subject, os.urandom(32)) for subject in fresh]
        async with self._pool.acquire(timeout=10) as connection:
            await connection.execute(CREATE, fresh, wrapped)
            return await self._find(connection, fresh)

    async def destroy(self, subjects: Sequence[UUID]) -> None:
        """Destroy the keys, and the rows that held them; doing it again changes nothing."""
        if not subjects:
            return
        async with self._pool.acquire(timeout=10) as connection:
            done = await connection.execute(DESTROY, sorted(set(subjects)))
            if done != "INSERT 0 0":
                # Written anew: a plain vacuum leaves old bytes between the rows of a page.
                await connection.execute("vacuum full subject_key")

    async def _find(
        self, connection: Connection, subjects: Sequence[UUID]
    ) -> dict[UUID, bytes | None]:
        rows = await connection.fetch(KEYS, subjects)
        return {subject: self._unwrap(subject, wrapped) for subject, wrapped in rows}

    def _wrap(self, subject: UUID, key: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._master.encrypt(nonce, key, subject.bytes)

    def _unwrap(self, subject: UUID, wrapped: bytes | None) -> bytes | None:
        if wrapped is None:
            return None
        return self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], subject.bytes)
