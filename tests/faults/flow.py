"""How far the contracts of the log have come."""

from __future__ import annotations

import asyncpg

from shared.store.pool import TRANSIENT
from tests.faults.house import House

REACHED = """
select coalesce(min(position), 0) from cursor where subscription = 'case_lives' and topic <> ''
"""


async def reached(house: House) -> int:
    """The position up to which the dashboard has everything; 0 while nobody can say."""
    try:
        connection = await asyncpg.connect(house.postgres.dsn("dashboard"), timeout=5)
        try:
            position: int = await connection.fetchval(REACHED)
            return position
        finally:
            await connection.close(timeout=5)
    except TRANSIENT:
        return 0
