"""The feed: a service's contracts from its log, for whoever lacks some of what its topic carried.

NDJSON: one CloudEvent in structured mode a line, in order of position, then one closing line
`{"through": position, "at": time}`. Everything asked for up to `through` was sent, and the log is
known to be complete up to `at`. An answer without its closing line was cut off.

Whoever names the `epoch` in which they know the log is refused (409) when it is in another one: the
headers `linli-epoch` and `linli-fork` say in which, and up to where both are the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from shared.contracts import cloudevents
from shared.core.messages import Forbidden
from shared.ops.undisturbed import undisturbed
from shared.runtime.publishing.publication import Publication
from shared.runtime.web import documented
from shared.runtime.web.problems import Problem
from shared.runtime.web.requests import actor_of
from shared.store import epochs, quiet, read, slices
from shared.store.pool import Pool
from shared.store.slices import Slice

PAGE = 500  # so many become lines before others have their turn: some milliseconds
NDJSON = "application/x-ndjson"
LARGEST = 2**63 - 1
Position = Annotated[int, Field(ge=0, le=LARGEST)]


class Wanted(BaseModel):
    """Contracts with after < position <= until: all, those of one partition of so many, or those
    of one stream."""

    model_config = ConfigDict(extra="forbid")

    after: Position = 0
    until: Position | None = None
    partition: int | None = Field(default=None, ge=0, le=511)
    partitions: int | None = Field(default=None, ge=1, le=512)
    stream: UUID | None = None
    epoch: int | None = Field(default=None, ge=1, le=2**31 - 1)

    def slice(self) -> Slice:
        """The part of the log. Raises Problem (422)."""
        if self.partition is None:
            return Slice(stream_id=self.stream)
        if self.partitions is None or self.partition >= self.partitions:
            detail = "name `partitions` too, more of them than the number of the one wanted"
            raise Problem(422, "bad_partition", detail)
        return Slice((self.partition, self.partitions), self.stream)


def router(publication: Publication, pool_of: Callable[[Request], Pool]) -> APIRouter:
    """The route `/contracts` of a service's API, for actors with the role `service`."""
    made = APIRouter(responses=documented.problems(401, 403, 409, 422, 503))

    @made.get(
        "/contracts",
        operation_id="read_contracts",
        response_class=StreamingResponse,
        responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}}},
    )
    async def read_contracts(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
        """Contracts in order of position, one a line; the last line says how far they reach."""
        actor = actor_of(request, request.app.state.verifier)
        if "service" not in actor.roles:
            raise Forbidden("role_missing", "the feed is for services")
        feed = Feed(publication, pool_of(request), wanted.slice())
        epoch = await feed.epoch(wanted.epoch)
        until = min(await feed.head(), wanted.until if wanted.until is not None else LARGEST)
        return StreamingResponse(feed.lines(wanted.after, until, epoch), media_type=NDJSON)

    return made


class Feed:
    """One reading of the feed."""

    def __init__(self, publication: Publication, pool: Pool, part: Slice) -> None:
        self._publication = publication
        self._pool = pool
        self._part = part
        self._log = publication.source.log

    async def head(self) -> int:
        """The last position of the log."""
        async with self._pool.acquire(timeout=10) as connection:
            return await read.head(connection, self._log)

    async def epoch(self, known: int | None = None) -> int:
        """The epoch that the log is in. Raises Problem (409) where another one is `known`."""
        async with self._pool.acquire(timeout=10) as connection:
            lives = await epochs.all_of(connection, self._log)
        now = epochs.latest(lives)
        if known in (None, now):
            return now
        detail = f"the log is in epoch {now}, not in epoch {known}"
        told = {"linli-epoch": str(now), "linli-fork": str(epochs.shared(lives, known) or 0)}
        raise Problem(409, "another_epoch", detail, headers=told)

    async def lines(self, after: int, until: int, epoch: int) -> AsyncIterator[bytes]:
        """The answer, a page at a time."""
        rows = True
        with undisturbed():
            while rows and after < until:
                page = await self._page(after, until)
                rows = len(page) == PAGE
                if page:
                    after = page[-1]["position"]
                    sent = self._publication.of(page).sent
                    yield b"".join([cloudevents.line(one, self._log, epoch) for one in sent])
        closing = {"through": until, "at": await self._known_at(until)}
        yield orjson.dumps(closing, option=orjson.OPT_APPEND_NEWLINE)

    async def _page(self, after: int, until: int) -> Sequence[Any]:
        async with self._pool.acquire(timeout=10) as connection:
            return await slices.page(connection, self._log, (after, until), PAGE, self._part)

    async def _known_at(self, position: int) -> datetime | None:
        async with self._pool.acquire(timeout=10) as connection, connection.transaction():
            moment = await quiet.complete(connection, self._log, position)
            return moment or await slices.recorded_at(connection, self._log, position)
