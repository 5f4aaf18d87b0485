"""Reading another service's feed: what its topic lost, never had, or has long forgotten."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import httpx
import orjson

from shared.contracts import cloudevents_reading
from shared.contracts.sent import Garbled, Sent
from shared.core.births import FIRST, Fork
from shared.store.slices import Slice

CHUNK = 256 * 1024  # so much is read before others have their turn: some milliseconds
PIECE = 4_000
TIMEOUT = httpx.Timeout(30.0, connect=5.0)
WHOLE = Slice()
LARGEST = 2**63 - 1


class FeedUnavailable(Exception):
    """The feed did not answer, or not whole; what it gave until then is good."""


class OtherEpoch(FeedUnavailable):
    """The log is in `to.epoch`, not in the one that is `known`: what stands past `to.fork` is not
    what it was. Earlier than what is known: it was restored, and nobody has raised its epoch."""

    def __init__(self, known: int, to: Fork) -> None:
        super().__init__(f"the log is in epoch {to.epoch}, not in epoch {known}")
        self.known = known
        self.to = to


class Piece(NamedTuple):
    """Everything of the slice past the last piece up to `through`; `at` is told with the last.
    `epoch` is the one that it was asked for."""

    sent: list[Sent]
    through: int
    at: datetime | None = None
    epoch: int = FIRST


class FeedClient:
    """The feed at `url`, asked with the token that `token` gives."""

    def __init__(self, url: str, token: Callable[[], str]) -> None:
        self._url = f"{url}/contracts"
        self._token = token
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def head(self, epoch: int | None = None) -> int:
        """The last position of the log. Raises FeedUnavailable, and OtherEpoch as `read` does."""
        through = 0
        async for piece in self.read(LARGEST, epoch=epoch):
            through = piece.through
        return through

    async def read(
        self,
        after: int,
        until: int | None = None,
        part: Slice = WHOLE,
        *,
        epoch: int | None = None,
    ) -> AsyncGenerator[Piece, None]:
        """The contracts with after < position <= until, piece by piece in order of position.

        Raises FeedUnavailable, OtherEpoch before anything is told where the log is not in this
        `epoch`, and whatever reading the token raises.
        """
        headers = {"authorization": f"Bearer {self._token()}"}
        try:
            params = _asked(after, until, part) | ({"epoch": epoch} if epoch else {})
            stream = self._client.stream("GET", self._url, params=params, headers=headers)
            async with stream as answer:
                if epoch is not None and answer.status_code == httpx.codes.CONFLICT:
                    raise OtherEpoch(epoch, _fork(answer))
                if answer.status_code != httpx.codes.OK:
                    raise FeedUnavailable(f"{self._url} answered {answer.status_code}")
                async for piece in _pieces(answer):
                    yield piece._replace(epoch=epoch or FIRST)
        except (httpx.HTTPError, Garbled) as fault:
            raise FeedUnavailable(f"{self._url}: {type(fault).__name__}") from fault


def _fork(answer: httpx.Response) -> Fork:
    """Where the life that the log is in forked from the one asked for. Raises Garbled."""
    try:
        return Fork(int(answer.headers["linli-epoch"]), int(answer.headers["linli-fork"]))
    except (KeyError, ValueError) as fault:
        raise Garbled("the answer names no epoch") from fault


def _asked(after: int, until: int | None, part: Slice) -> dict[str, str | int]:
    asked: dict[str, str | int] = {"after": after}
    if until is not None:
        asked["until"] = until
    if part.partition is not None:
        asked["partition"], asked["partitions"] = part.partition
    if part.stream_id is not None:
        asked["stream"] = str(part.stream_id)
    return asked


async def _pieces(answer: httpx.Response) -> AsyncGenerator[Piece, None]:
    rest, sent, torn = b"", list[Sent](), None
    try:
        async for chunk in answer.aiter_bytes(CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            if not lines:
                continue
            piece, last = _piece(lines)
            sent += piece.sent
            if last or len(sent) >= PIECE:
                yield piece._replace(sent=sent)
                sent = []
            if last:
                return
    except httpx.HTTPError as fault:
        torn = fault
    if sent:
        yield Piece(sent, sent[-1].position)
    raise FeedUnavailable("the answer was cut off") from torn


def _piece(lines: Sequence[bytes]) -> tuple[Piece, bool]:
    """What the lines say, and whether the closing one is among them. Raises Garbled."""
    try:
        told = [orjson.loads(line) for line in lines]
        closing = told.pop() if "through" in told[-1] else None
        sent = [cloudevents_reading.read_line(one) for one in told]
        if closing is None:
            return Piece(sent, sent[-1].position), False
        at = closing["at"] and datetime.fromisoformat(closing["at"])
        return Piece(sent, int(closing["through"]), at), True
    except (KeyError, ValueError, TypeError) as fault:
        raise Garbled(f"the answer cannot be read: {type(fault).__name__}") from fault
