"""The feed of a log over HTTP in this process: a server that can go down, and cut its answers."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from deploy.local.ports import ADDRESS, free_ports
from shared.contracts.sent import Sent
from shared.runtime.following.feed_client import FeedClient, Piece
from shared.runtime.publishing import feed as serving
from shared.runtime.publishing.publication import Publication
from shared.runtime.web import problems
from shared.runtime.web.http import App, Guard, Receive, Scope, Send
from shared.runtime.web.tokens import Verifier
from shared.store.pool import Pool
from tests.shared.toy.carried import outgoing

SECONDS = 10


class _Server(uvicorn.Server):
    """Says when it answers; the signals of the process are not its own."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Served:
    """The feed of a publication, on a port of its own that it keeps.

    An answer is torn off after `limit` bytes, if there is a limit. `asked` counts the
    requests.
    """

    def __init__(self, publication: Publication, pool: Pool, verifier: Verifier) -> None:
        self.limit: int | None = None
        self.asked = 0
        self._port = free_ports(1)[0]
        self._app = self._torn(_api(publication, pool, verifier))
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The base of its API, whether it is up or not."""
        return f"http://{ADDRESS}:{self._port}"

    async def up(self) -> None:
        """Return when it answers."""
        self._server = _Server(
            uvicorn.Config(
                self._app, ADDRESS, self._port, http="httptools", lifespan="off",
                log_config=None, access_log=False, timeout_graceful_shutdown=1,
            )
        )  # fmt: skip
        self._task = asyncio.create_task(self._server.serve())
        await asyncio.wait_for(self._server.answers.wait(), SECONDS)

    async def down(self) -> None:
        """Refuse connections from now on; nothing happens when it is down."""
        if self._server is None or self._task is None:
            return
        self._server.should_exit = True
        await asyncio.wait_for(self._task, SECONDS)
        self._server = self._task = None

    def _torn(self, app: App) -> App:
        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            self.asked += 1
            left = sys.maxsize if self.limit is None else self.limit

            async def sent(message: MutableMapping[str, Any]) -> None:
                nonlocal left
                body = message.get("body", b"")
                if left > 0:  # an answer that is never finished closes its connection
                    torn = {"body": body[:left], "more_body": True} if len(body) > left else {}
                    await send({**message, **torn})
                left -= len(body)

            await app(scope, receive, sent)

        return served


def _api(publication: Publication, pool: Pool, verifier: Verifier) -> App:
    app = FastAPI(docs_url=None, redoc_url=None)
    app.state.verifier = verifier
    app.include_router(serving.router(publication, lambda _: pool))
    problems.install(app)
    app.add_middleware(Guard, service="purses")
    return app


async def pieces(feed: FeedClient, *about: Any, **part: Any) -> list[Piece]:
    """The answer to this question."""
    return [piece async for piece in feed.read(*about, **part)]


async def told(feed: FeedClient, *about: Any, **part: Any) -> list[Sent]:
    """The contracts of the answer."""
    return [sent for piece in await pieces(feed, *about, **part) for sent in piece.sent]


async def published(pool: Pool, publication: Publication) -> list[Sent]:
    """What the relay would send of the whole log, in order of position."""
    sent = [message.sent for _, message in await outgoing(pool, publication) if message.sent]
    return sorted(sent, key=lambda one: one.position)
