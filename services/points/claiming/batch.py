"""Many claims approved at once: each is a command of its own, and each is answered."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.claiming.desk import ClaimDesk
from services.points.claiming.forms import Approval, Approvals
from services.points.service import PointsService
from shared.core.access import Thing
from shared.core.messages import Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem


async def approved(service: PointsService, form: Approvals, asking: Asking) -> dict[str, Any]:
    """What came of each. A retry gets the first answer of those that were approved, and tries the
    others again. Raises Forbidden for a role that approves none, KeyReused."""
    actor = asking.actor
    await service.map.fresh()
    ACCESS.check(actor, "approve_claims", Thing((actor.territory,)), service.map.within)
    desk = ClaimDesk(service)
    found = await asyncio.gather(*(_one(desk, one, asking) for one in form.claims))
    return {
        "items": [item for item, _ in found],
        "approved": sum(item["code"] is None for item, _ in found),
        "position": max(position for _, position in found),
    }


async def _one(desk: ClaimDesk, claim_id: UUID, asking: Asking) -> tuple[dict[str, Any], int]:
    whole = asking.identity
    command_id = derived(str(whole.command_id), str(claim_id))
    mine = Asking(asking.actor, Identity(command_id, whole.fingerprint))
    line: dict[str, Any] = {"claim": claim_id}
    try:
        answer = await desk.step(claim_id, Approval(), mine)
    except (Rejected, Problem) as no:
        return {**line, "version": None, "code": no.code, "detail": no.detail}, 0
    version = answer.versions[-1][1]
    return {**line, "version": version, "code": None, "detail": None}, answer.position
