"""A case from the log to one file, the way every export takes: checked, proved, opened, packed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from services.grievance.access import ACCESS
from services.grievance.evidence.history import Page, history
from services.grievance.evidence.opened import Shown, Value, values
from services.grievance.evidence.spelling import Names
from services.grievance.log import LOG
from services.grievance.looking.noting import Sight
from services.grievance.petitioners.slip import number_at
from services.grievance.queries.units import names
from services.grievance.service import Grievance
from shared.core.checkpoint import Checkpoint
from shared.core.messages import Actor
from shared.runtime.seals.awaiting import proved, unsound
from shared.runtime.seals.document import document
from shared.runtime.seals.evidence import Proof
from shared.runtime.seals.packing import packed
from shared.runtime.web.problems import Problem


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
        raise unsound(chain.broken.position, chain.broken.reason)
    if not rows:
        raise Problem(404, "no_such_case", f"there is no case {case_id} that you may see")
    wanted = [] if redacted else values(rows, ACCESS.hidden(actor))
    proof = await proved(service.pool, LOG, service.seals, (rows[-1]["position"], rows[-1]["hash"]))
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
