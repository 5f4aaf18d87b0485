"""How far a case is sealed, for whoever looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from services.grievance.log import LOG
from services.grievance.service import Grievance
from shared.core.notes import BadNote
from shared.runtime.seals.evidence import Reached, reached
from shared.store import epochs


async def seal_of(service: Grievance, rows: Sequence[Any]) -> dict[str, Any] | None:
    """How many of these rows the seals go up to, and those of each witness; None where nothing is
    sealed here. Seals that cannot be read go up to none: a round of checks tells the operator."""
    if service.seals is None:
        return None
    async with service.pool.acquire(timeout=10) as connection:
        lives = await epochs.all_of(connection, LOG)
    try:
        found = await asyncio.to_thread(reached, service.seals, lives[-1]) if lives else []
    except BadNote:
        found = []
    own = [_told(one, rows) for one in found if one.by is None]
    by = [_told(one, rows) | {"name": one.by} for one in found if one.by is not None]
    return (own[0] if own else {"events": 0, "at": None}) | {"witnesses": by}


def _told(one: Reached, rows: Sequence[Any]) -> dict[str, Any]:
    return {"events": sum(row["position"] <= one.size for row in rows), "at": one.at}
