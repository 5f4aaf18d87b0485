"""What stands before every route: a limit on bodies, a clock, headers that keep answers private,
and a problem for every fault."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

from shared.ops import metrics
from shared.runtime.web import problems

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 1_048_576
PRIVATE = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]


class Guard:
    """ASGI middleware. A body over BODY_LIMIT bytes is refused with 413 before it is read whole;
    `larger` has the routes that take more, by path, in bytes.

    A fault ends here as a problem: servers log what reaches them, with all that it quotes.
    """

    def __init__(self, app: App, *, service: str, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._service = service
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 0, 0
        limit = self._larger.get(scope["path"].removeprefix(scope.get("root_path", "")), BODY_LIMIT)

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise HTTPException(413, f"send at most {limit} bytes")
            return message

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *PRIVATE]
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except Exception as fault:
            if status:  # half an answer is sent already
                raise
            await problems.of(fault).response()(scope, receive, noted)
        finally:
            labels = (self._service, scope["method"], str(status or 500))
            metrics.REQUESTS.labels(*labels).observe(time.perf_counter() - began)
