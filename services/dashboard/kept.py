"""Answers that are kept as long as what they were made from stands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 1_000


class Kept(Generic[T]):
    """The latest MOST answers. Whoever asks for what is being made already waits for that."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: dict[Hashable, tuple[Hashable, asyncio.Future[T]]] = {}

    async def get(self, key: Hashable, stamp: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """The answer to this question that was made under this stamp; made now where there is
        none. Raises what `make` raises, and then keeps nothing."""
        found = self._answers.pop(key, None)
        if found is None or found[0] != stamp or _failed(found[1]):
            found = (stamp, asyncio.ensure_future(make()))
        self._answers[key] = found  # the latest stand last
        while len(self._answers) > self._most:
            del self._answers[next(iter(self._answers))]
        return await asyncio.shield(found[1])


def _failed(answer: asyncio.Future[T]) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
