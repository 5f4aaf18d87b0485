"""Who calls, which service they have reached, and how it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Request
from starlette.responses import Response

from services.grievance.desk import Asking
from services.grievance.service import Grievance
from shared.core.messages import Actor
from shared.runtime.web.requests import actor_of, check_said_once, identity_of


@dataclass(frozen=True)
class Caller:
    """Who calls, and the service they have reached."""

    actor: Actor
    service: Grievance

    async def asks(self, request: Request, expected: int | None = None) -> Asking:
        """What identifies the command of this request. Raises Problem (400)."""
        fingerprints = self.service.fingerprints
        return Asking(self.actor, await identity_of(request, self.actor, fingerprints), expected)


async def _caller(request: Request) -> Caller:
    check_said_once(request)
    state = request.app.state
    return Caller(actor_of(request, state.verifier), state.service)


Called = Annotated[Caller, Depends(_caller)]


def answer_with(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    content = orjson.dumps(body, default=_plain)
    return Response(content, status, headers, media_type="application/json")


def _plain(value: object) -> str:
    if isinstance(value, UUID):  # the driver's own subclass
        return str(value)
    raise TypeError(type(value).__name__)
