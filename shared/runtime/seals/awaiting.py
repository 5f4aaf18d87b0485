"""The proof of an event for whoever asks for it now; the next checkpoint is waited for."""

from __future__ import annotations

import asyncio
from time import monotonic

from shared.core.merkle import BadProof
from shared.core.notes import BadNote
from shared.ops.settings import Seals
from shared.runtime.seals.evidence import Proof, proof_of
from shared.runtime.web.problems import Problem
from shared.store import epochs
from shared.store.pool import Pool
from shared.store.tree_files import Torn

PATIENCE = 12.0  # seconds: a log that grows is sealed every ten at most
PAUSE = 0.2


async def proved(pool: Pool, log: str, known: Seals | None, event: tuple[int, bytes]) -> Proof:
    """The proof of the event at this position, which has this hash; waits for the next checkpoint
    where it is not sealed yet. Raises Problem: 409 for one that was sealed otherwise, 503 without
    seals, or with seals that stand still or cannot be read."""
    if known is None:
        raise Problem(503, "no_seals", "nothing is sealed here: set LINLI_SEALS__PLACE")
    until = monotonic() + PATIENCE
    while True:
        proof = await sealed(pool, log, known, event)
        if proof is not None:
            return proof
        if monotonic() > until:
            detail = f"position {event[0]} is not sealed yet; ask again in a few seconds"
            raise Problem(503, "not_sealed_yet", detail, headers={"retry-after": "5"})
        await asyncio.sleep(PAUSE)


async def sealed(pool: Pool, log: str, known: Seals, event: tuple[int, bytes]) -> Proof | None:
    """The same as of now; None where it is not sealed yet. Raises Problem (409, 503)."""
    position, own = event
    async with pool.acquire(timeout=10) as connection:
        lives = await epochs.all_of(connection, log)
    try:
        return await asyncio.to_thread(proof_of, known, lives[-1], position, own) if lives else None
    except BadProof as fault:
        raise unsound(position, f"it was sealed otherwise: {fault}") from fault
    except (BadNote, Torn) as fault:
        detail = "the seals cannot be read; whoever runs this system can: linli verify"
        raise Problem(503, "seals_damaged", detail) from fault


def unsound(position: int, reason: str) -> Problem:
    """The refusal to hand out what does not hold."""
    detail = f"nothing is handed out: position {position} of the log does not hold: {reason}"
    return Problem(409, "does_not_verify", detail)
