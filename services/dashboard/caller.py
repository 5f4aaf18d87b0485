"""Who calls, and which service they have reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.dashboard.access import ACCESS
from services.dashboard.service import Dashboard
from shared.core.access import Reach
from shared.core.messages import Actor
from shared.runtime.web.requests import actor_of, check_said_once


@dataclass(frozen=True)
class Caller:
    """Who calls, and the service they have reached."""

    actor: Actor
    service: Dashboard

    async def reach(self, action: str, territory: str | None = None) -> str:
        """The territory that is asked for, or the caller's own. Raises Forbidden when they may not
        do this there."""
        await self.service.map.fresh()
        reach = ACCESS.reach(self.actor, action, Reach(territory), self.service.map.within)
        return reach.territory or self.actor.territory


async def _caller(request: Request) -> Caller:
    check_said_once(request)
    return Caller(actor_of(request, request.app.state.verifier), request.app.state.service)


Called = Annotated[Caller, Depends(_caller)]
