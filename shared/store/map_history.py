"""The service's own copy of the map's history, read on from a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.store.pool import Connection

FURTHER = """
select type, schema_version, payload, at, version from read.map_history
where version > $1 order by version
"""


async def further(connection: Connection, version: int) -> Sequence[Any]:
    """The rows past this version, in order."""
    return await connection.fetch(FURTHER, version)
