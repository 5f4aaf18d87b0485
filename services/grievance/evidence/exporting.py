"""A case from the log to one file, the way every export takes: checked, proved, opened, packed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from services.grievance.access import ACCESS
from services.grievance.evidence.document import document
from services.grievance.evidence.history import Page, history
from services.grievance.evidence.opened import Shown, Value, values
from services.grievance.evidence.packing import packed
from services.grievance.evidence.spelling import Names
from services.grievance.log import LOG
from services.grievance.looking.noting import Sight
from services.grievance.petitioners.slip import number_at
from services.grievance.queries.units import names
from services.grievance.service import Grievance
from shared.core.checkpoint import Checkpoint
from shared.core.merkle import BadProof
from shared.core.messages import Actor
from shared.core.notes import BadNote
from shared.ops.settings import Seals
from shared.runtime.seals.evidence import Proof, proof_of
from shared.runtime.web.problems import Problem
from shared.store import epochs
from shared.store.tree_files import Torn

PATIENCE = 12.0  # seconds: a log that grows is sealed every ten at most
PAUSE = 0.2


class Bundle(NamedTuple):
    """A file by its name."""

    name: str
    content: bytes


async def exported(service: Grievance, case_id: UUID, actor: Actor, *, redacted: bool) -> Bundle:
    """The evidence of a case, with what this actor may see of it opened, or with nothing.

    That it was handed out is on record before. Waits for the next checkpoint where the last event
    is not sealed yet. Raises Problem: 404 for no such case, 409 for one that does not hold, 503
    without seals, with seals that stand still, or where it cannot be put on record.
    """
    rows, chain = await service.archive.checked(case_id)
    if chain.broken is not None:
        raise _unsound(chain.broken.position, chain.broken.reason)
    if not rows:
        raise Problem(404, "no_such_case", f"there is no case {case_id} that you may see")
    wanted = [] if redacted else values(rows, ACCESS.hidden(actor))
    proof = await _proof(service, rows[-1]["position"], rows[-1]["hash"])
    found = await service.sealer.reveal(one.sealed for one in wanted)
    shown = [Shown(one, *it) for one, it in zip(wanted, found, strict=True) if it]
    erased = [one for one, it in zip(wanted, found, strict=True) if it is None]
    page = await _page(service, rows, proof, erased, redacted=redacted)
    contact = tuple(sorted({one.value.name for one in shown} & ACCESS.fields.keys()))
    sight = Sight(case_id, rows[-1]["territory"], "case", fields=contact)
    await service.looks.exported(actor, sight, redacted=redacted)
    async with service.opening:
        content = await asyncio.to_thread(_made, rows, shown, proof, page)
    return Bundle(f"evidence-{page.number}{'-redacted' if redacted else ''}.zip", content)


def _made(rows: Sequence[Any], shown: Sequence[Shown], proof: Proof, page: Page) -> bytes:
    return packed(document(rows, shown, proof), history(rows, shown, page))


async def _proof(service: Grievance, position: int, own: bytes) -> Proof:
    if service.seals is None:
        raise Problem(503, "no_seals", "nothing is sealed here: set LINLI_SEALS__PLACE")
    until = monotonic() + PATIENCE
    while True:
        proof = await _looked(service, service.seals, position, own)
        if proof is not None:
            return proof
        if monotonic() > until:
            detail = f"position {position} is not sealed yet; ask again in a few seconds"
            raise Problem(503, "not_sealed_yet", detail, headers={"retry-after": "5"})
        await asyncio.sleep(PAUSE)


async def _looked(service: Grievance, known: Seals, position: int, own: bytes) -> Proof | None:
    async with service.pool.acquire(timeout=10) as connection:
        lives = await epochs.all_of(connection, LOG)
    try:
        return await asyncio.to_thread(proof_of, known, lives[-1], position, own) if lives else None
    except BadProof as fault:
        raise _unsound(position, f"it was sealed otherwise: {fault}") from fault
    except (BadNote, Torn) as fault:
        detail = "the seals cannot be read; whoever runs this system can: linli verify"
        raise Problem(503, "seals_damaged", detail) from fault


def _unsound(position: int, reason: str) -> Problem:
    detail = f"nothing is handed out: position {position} of the log does not hold: {reason}"
    return Problem(409, "does_not_verify", detail)


async def _page(
    service: Grievance,
    rows: Sequence[Any],
    proof: Proof,
    erased: Sequence[Value],
    *,
    redacted: bool,
) -> Page:
    await service.map.fresh()
    payloads = [orjson.loads(row["payload"]) for row in rows]
    now, territories = datetime.now(UTC), service.map.atlas.territories
    places = {
        code: territories[code].name(now)
        for payload in payloads
        for code in (payload.get("territory"), payload.get("changes", {}).get("territory"))
        if code in territories
    }
    return Page(
        number=number_at(rows[0]["recorded_at"], rows[0]["position"]),
        redacted=redacted,
        names=Names(await names(service.pool, {one.get("unit") for one in payloads}), places),
        erased=frozenset((one.version, one.name) for one in erased),
        sealed_at=Checkpoint.parse(proof.checkpoint.text).sealed_at,
        witnesses=[key.name for key in proof.witnesses],
    )
