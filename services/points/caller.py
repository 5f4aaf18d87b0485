"""Who calls, and which service they have reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.points.service import PointsService
from shared.core.messages import Actor
from shared.runtime.web.asking import Asking
from shared.runtime.web.requests import actor_of, check_said_once


@dataclass(frozen=True)
class Caller:
    """Who calls, and the service they have reached."""

    actor: Actor
    service: PointsService

    async def asks(self, request: Request, expected: int | None = None) -> Asking:
        """What identifies the command of this request. Raises Problem (400)."""
        return await Asking.of(request, self.actor, self.service.fingerprints, expected)


async def _caller(request: Request) -> Caller:
    check_said_once(request)
    state = request.app.state
    return Caller(actor_of(request, state.verifier), state.service)


async def _reached(request: Request) -> PointsService:
    check_said_once(request)
    service: PointsService = request.app.state.service
    return service


Called = Annotated[Caller, Depends(_caller)]
Reached = Annotated[PointsService, Depends(_reached)]
