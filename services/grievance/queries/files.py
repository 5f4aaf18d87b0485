"""The files that cases name: of a person, and which of some there are."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shared.store.pool import Pool

NAMED = """
select distinct file from case_files, unnest(string_to_array(files, ',')) file
where string_to_array(files, ',') && $1::text[] and file = any($1::text[])
"""
THEIRS = """
select file from case_files, unnest(string_to_array(files, ',')) file
where petitioner = any($1::uuid[])
"""


class Files:
    """Reads of the files that cases name."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def named(self, files: Sequence[str]) -> frozenset[str]:
        """Those of these that a case names."""
        async with self._pool.acquire(timeout=10) as connection:
            return frozenset(row["file"] for row in await connection.fetch(NAMED, files))

    async def of(self, persons: Sequence[UUID]) -> list[str]:
        """All files of these persons' cases."""
        async with self._pool.acquire(timeout=10) as connection:
            return [row["file"] for row in await connection.fetch(THEIRS, persons)]
