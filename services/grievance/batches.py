"""One step for many cases: to each a command of its own, with a verdict of its own.

All go by one `Idempotency-Key`: a command is known by that and its case. So a batch that is sent
again repeats what was taken, and tries again what was refused.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from services.grievance.access import ACCESS
from services.grievance.desk import Desk
from services.grievance.forms import Batch, Chosen
from services.grievance.service import Grievance
from services.grievance.steps import STEPS
from shared.core.access import Thing
from shared.core.messages import Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, KeyReused
from shared.runtime.web import problems
from shared.runtime.web.answering import receipt_of
from shared.runtime.web.asking import Asking
from shared.runtime.web.forms import Form

OWN = ("unit", "outcome")


async def take(service: Grievance, batch: Batch, asking: Asking) -> list[dict[str, Any]]:
    """A verdict for each case, in the order given. Raises Forbidden for an actor who takes no such
    step anywhere, Rejected for a form that does not fit the step, KeyReused for a key that came
    with another batch."""
    within, actor = service.map.within, asking.actor
    ACCESS.check(actor, "take_batch", Thing(unit=actor.unit), within)
    form = _single(batch)
    asked = {one.id: _asking(asking, one) for one in batch.cases}
    known = await service.executor.answers([one.identity.command_id for one in asked.values()])
    if any(answer.fingerprint != asking.identity.fingerprint for answer in known.values()):
        raise KeyReused
    return await asyncio.gather(
        *(_verdict(service, batch, form, (one, asked[one.id])) for one in batch.cases)
    )


def _single(batch: Batch) -> Form:
    """The form of the step for one case."""
    form = STEPS[batch.step].form
    for name in OWN:
        given, wanted = getattr(batch, name) is not None, name in form.model_fields
        if given != wanted:
            detail = f"{batch.step} asks for it" if wanted else f"{batch.step} does not ask for it"
            raise Rejected("does_not_fit", detail, name)
    told = {name: getattr(batch, name) for name in form.model_fields}
    return form.model_validate(told)


def _asking(asking: Asking, chosen: Chosen) -> Asking:
    command_id = derived("batch", str(asking.identity.command_id), str(chosen.id))
    identity = Identity(command_id, asking.identity.fingerprint)
    return replace(asking, identity=identity, expected=chosen.version)


async def _verdict(
    service: Grievance, batch: Batch, form: Form, asked: tuple[Chosen, Asking]
) -> dict[str, Any]:
    chosen, asking = asked
    try:
        answer = await Desk(service).step(chosen.id, form, asking, STEPS[batch.step])
    except Exception as fault:
        problem = problems.of(fault)
        why = {"status": problem.status, "code": problem.code, "detail": problem.detail}
        return {"id": chosen.id, "receipt": None, "problem": why}
    return {"id": chosen.id, "receipt": receipt_of(answer), "problem": None}
