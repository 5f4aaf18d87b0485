"""What keeps sealed files by their names: the small interface, and how it fails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from shared.runtime.web.problems import Problem

# No sealed file is larger: whatever a store answers, no more than this is read into memory.
LARGEST = 32 * 1_048_576


class Found(NamedTuple):
    """A file as it is kept, and since when."""

    content: bytes
    since: datetime


class Listed(NamedTuple):
    """The name of a file, and since when it is kept."""

    name: str
    since: datetime


class StoreAway(Problem):
    """The store does not answer, or not in time. Nothing was done by halves: ask again."""

    def __init__(self) -> None:
        detail = "files cannot be reached at the moment; send the same request again"
        super().__init__(503, "files_away", detail, headers={"retry-after": "10"})


class NoRoom(Problem):
    """The disk is nearly full."""

    def __init__(self) -> None:
        detail = "there is no room for files at the moment; go on without them"
        super().__init__(503, "no_room", detail, headers={"retry-after": "600"})


class Store(Protocol):
    """Files by name, such as `kept/ab/abcd`. Everything raises StoreAway."""

    async def put(self, name: str, content: bytes) -> None:
        """Keep a file; it is there as a whole or not at all. Raises NoRoom."""

    async def get(self, name: str) -> Found | None:
        """The file of this name; None where there is none, or one larger than LARGEST."""

    async def move(self, old: str, new: str) -> None:
        """Give a file another name. Nothing happens where it is not there (any more)."""

    async def remove(self, names: Sequence[str]) -> None:
        """Remove these, those that are there."""

    def under(self, folder: str) -> AsyncIterator[Listed]:
        """The files whose names begin with this folder's."""
