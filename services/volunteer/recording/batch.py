"""Many records approved at once: each is a command of its own, and each is answered."""

from __future__ import annotations

import asyncio
from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.recording.desk import RecordDesk
from services.volunteer.recording.forms import Approval, Approvals, Named
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


async def approved(service: Volunteers, form: Approvals, asking: Asking) -> dict[str, Any]:
    """What came of each. A retry gets the first answer of those that were approved, and tries the
    others again. Raises Forbidden for a role that approves none, KeyReused."""
    actor = asking.actor
    ACCESS.check(actor, "approve_many", Thing((actor.territory,)), service.map.within)
    desk = RecordDesk(service)
    found = await asyncio.gather(*(_one(desk, one, asking) for one in form.records))
    return {
        "items": [item for item, _ in found],
        "approved": sum(item["code"] is None for item, _ in found),
        "position": max(position for _, position in found),
    }


async def _one(desk: RecordDesk, named: Named, asking: Asking) -> tuple[dict[str, Any], int]:
    mine = Asking(asking.actor, _identity(named, asking.identity))
    line: dict[str, Any] = {"person": named.person, "record": named.record}
    try:
        answer: Answer = await desk.step(named.person, named.record, Approval(), mine)
    except (Rejected, Problem) as no:
        return {**line, "version": None, "code": no.code, "detail": no.detail}, 0
    version = answer.versions[-1][1]
    return {**line, "version": version, "code": None, "detail": None}, answer.position


def _identity(named: Named, whole: Identity) -> Identity:
    command_id = derived(str(whole.command_id), str(named.person), str(named.record))
    return Identity(command_id, whole.fingerprint)
