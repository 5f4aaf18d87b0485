"""What petitioners do with their case: they say how it was, want it taken up again, or withdraw."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.grievance.case.commands import AnswerCallback, AskReopen, AskWithdrawal
from services.grievance.case.decider import case
from services.grievance.petitioners.forms import Answers, Renewal, Step
from services.grievance.petitioners.proof import Proven
from services.grievance.rules.book import RuleBook
from services.grievance.service import Grievance
from shared.core.messages import Actor
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer


async def step(service: Grievance, proven: Proven, form: Step, asking: Asking) -> bool:
    """Take the step; whether it was taken before, by the same request. Raises Rejected."""
    answer = await asking.first_or(_taken(service, proven, form, asking), service.executor)
    return answer.repeated


async def _taken(service: Grievance, proven: Proven, form: Step, asking: Asking) -> Answer:
    petition = proven.petition
    sealed = dict(await service.sealer.seal(petition.event.petitioner, form.personal()))
    await service.map.fresh()
    await service.rules.fresh()
    book = service.book(petition.event.territory)
    command = _command(form, book, proven.actor, sealed)
    target = Target(case, petition.stream_id)
    return await service.executor.execute(single(target, command, asking.identity))


def _command(
    form: Step, book: RuleBook, actor: Actor, sealed: dict[str, Any]
) -> AnswerCallback | AskReopen | AskWithdrawal:
    about: dict[str, Any] = {"at": datetime.now(UTC), "actor": actor, "book": book, **sealed}
    if isinstance(form, Renewal):
        return AskReopen(**about)
    if isinstance(form, Answers):
        return AnswerCallback(resolved=form.resolved, satisfied=form.satisfied, **about)
    return AskWithdrawal(**about)
