"""Who calls, and which service they have reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.grievance.service import Grievance
from shared.core.messages import ANONYMOUS, Actor
from shared.runtime.web.asking import Asking
from shared.runtime.web.requests import actor_if_any, actor_of, check_said_once


@dataclass(frozen=True)
class Caller:
    """Who calls, and the service they have reached."""

    actor: Actor
    service: Grievance

    async def asks(self, request: Request, expected: int | None = None) -> Asking:
        """What identifies the command of this request. Raises Problem (400)."""
        return await Asking.of(request, self.actor, self.service.fingerprints, expected)


async def _caller(request: Request) -> Caller:
    check_said_once(request)
    state = request.app.state
    return Caller(actor_of(request, state.verifier), state.service)


Called = Annotated[Caller, Depends(_caller)]


async def _visitor(request: Request) -> Caller:
    """With a token or without: here everyone is a resident, whatever else they are."""
    service = await _reached(request)
    known = actor_if_any(request, request.app.state.verifier)
    name, territory = (known.id, known.territory) if known else (ANONYMOUS, "")
    return Caller(Actor(id=name, roles=frozenset({"resident"}), territory=territory), service)


async def _reached(request: Request) -> Grievance:
    check_said_once(request)
    service: Grievance = request.app.state.service
    return service


Visitor = Annotated[Caller, Depends(_visitor)]
Reached = Annotated[Grievance, Depends(_reached)]
