"""Reading another service's feed: what its topic lost, never had, or has long forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import NamedTuple

import httpx
import orjson

from shared.contracts import cloudevents
from shared.contracts.sent import Garbled, Sent
from shared.store.slices import Slice

CHUNK = 512 * 1024
TIMEOUT = httpx.Timeout(30.0, connect=5.0)
WHOLE = Slice()
LARGEST = 2**63 - 1


class FeedUnavailable(Exception):
    """The feed did not answer, or not whole; what it gave until then is good."""


class Piece(NamedTuple):
    """Everything of the slice past the last piece up to `through`; `at` is told with the last."""

    sent: list[Sent]
    through: int
    at: datetime | None = None


class FeedClient:
    """The feed at `url`, asked with the token that `token` gives."""

    def __init__(self, url: str, token: Callable[[], str]) -> None:
        self._url = f"{url}/contracts"
        self._token = token
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def head(self) -> int:
        """The last position of the log. Raises FeedUnavailable."""
        through = 0
        async for piece in self.read(LARGEST):
            through = piece.through
        return through

    async def read(
        self, after: int, until: int | None = None, part: Slice = WHOLE
    ) -> AsyncIterator[Piece]:
        """The contracts with after < position <= until, piece by piece in order of position.

        Raises FeedUnavailable, and whatever reading the token raises.
        """
        headers = {"authorization": f"Bearer {self._token()}"}
        try:
            params = _asked(after, until, part)
            stream = self._client.stream("GET", self._url, params=params, headers=headers)
            async with stream as answer:
                if answer.status_code != httpx.codes.OK:
                    raise FeedUnavailable(f"{self._url} answered {answer.status_code}")
                async for piece in _pieces(answer):
                    yield piece
        except (httpx.HTTPError, orjson.JSONDecodeError, Garbled) as fault:
            raise FeedUnavailable(f"{self._url}: {type(fault).__name__}") from fault


def _asked(after: int, until: int | None, part: Slice) -> dict[str, str | int]:
    asked: dict[str, str | int] = {"after": after}
    if until is not None:
        asked["until"] = until
    if part.partition is not None:
        asked["partition"], asked["partitions"] = part.partition
    if part.stream_id is not None:
        asked["stream"] = str(part.stream_id)
    return asked


async def _pieces(answer: httpx.Response) -> AsyncIterator[Piece]:
    rest = b""
    async for chunk in answer.aiter_bytes(CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if not lines:
            continue
        told = [orjson.loads(line) for line in lines]
        closing = told.pop() if "through" in told[-1] else None
        sent = [cloudevents.read_line(one) for one in told]
        if closing is None:
            yield Piece(sent, sent[-1].position)
        else:
            at = closing["at"] and datetime.fromisoformat(closing["at"])
            yield Piece(sent, closing["through"], at)
            return
    raise FeedUnavailable("the answer was cut off")
