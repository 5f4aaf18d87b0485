"""What petitioners do with their case: they say how it was, or want it taken up again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.grievance.case.commands import AnswerCallback, AskReopen
from services.grievance.case.decider import case
from services.grievance.petitioners.forms import Answers, Renewal
from services.grievance.petitioners.proof import Proven
from services.grievance.service import Grievance
from shared.core.messages import Actor
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer


async def step(service: Grievance, proven: Proven, form: Answers | Renewal, asking: Asking) -> bool:
    """Take the step; whether it was taken before, by the same request. Raises Rejected."""
    answer = await asking.first_or(_taken(service, proven, form, asking), service.executor)
    return answer.repeated


async def _taken(
    service: Grievance, proven: Proven, form: Answers | Renewal, asking: Asking
) -> Answer:
    petition = proven.petition
    sealed = dict(await service.sealer.seal(petition.event.petitioner, form.personal()))
    command = _command(form, service.reopen_days, proven.actor, sealed)
    target = Target(case, petition.stream_id)
    return await service.executor.execute(single(target, command, asking.identity))


def _command(
    form: Answers | Renewal, days: int, actor: Actor, sealed: dict[str, Any]
) -> AnswerCallback | AskReopen:
    now = datetime.now(UTC)
    if isinstance(form, Renewal):
        return AskReopen(at=now, actor=actor, days=days, **sealed)
    return AnswerCallback(
        at=now, actor=actor, resolved=form.resolved, satisfied=form.satisfied, **sealed
    )
