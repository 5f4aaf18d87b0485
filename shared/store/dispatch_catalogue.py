"""The service's own copy of the published dispatch catalogues."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shared.store.pool import Connection

VERSIONS = """
select version, starts_at, lead(starts_at) over (order by starts_at, version) as ends_at,
       categories, routes
from read.dispatch_catalogue order by starts_at, version
"""
IN_FORCE = """
select version from read.dispatch_catalogue where starts_at <= $1
order by starts_at desc, version desc limit 1
"""
CONTENT = """
select schema_version, payload, starts_at from read.dispatch_catalogue where version = $1
"""


async def versions(connection: Connection) -> list[Any]:
    """What was published when, and until when it counted."""
    return list(await connection.fetch(VERSIONS))


async def in_force(connection: Connection, moment: datetime) -> int | None:
    """The version that counted at that moment."""
    found: int | None = await connection.fetchval(IN_FORCE, moment)
    return found


async def content(connection: Connection, version: int) -> Any:
    """The row of one version."""
    return await connection.fetchrow(CONTENT, version)
