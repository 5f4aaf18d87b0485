"""Long answers that nobody waits for any more."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import Request

from shared.runtime.web.problems import Problem

T = TypeVar("T")
ASKED_EVERY = 1.0  # seconds


async def while_waited_for(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to; it is cancelled when the client is gone. Raises what the work
    raises."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait((task,), timeout=ASKED_EVERY))[0]:
            if await request.is_disconnected():
                raise Problem(499, "client_gone", "nobody waits for this any more")
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait((task,))
