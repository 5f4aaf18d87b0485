"""The Merkle tree of a log in a folder, apart from its database: `hashes.0` has the hash of every
leaf, `hashes.1` the root of every 256 of those, `hashes.2` of every 65,536, and so on; 32 bytes
each, in order. Whoever may write to the database need not be able to write here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from shared.core.merkle import LEVEL, Frontier, pairs

HASH = 32


class Torn(Exception):
    """A file of the tree is shorter than what was signed; the message names it."""


class TreeFiles:
    """The hashes of a tree: read by many, extended by one. Use as a context."""

    def __init__(self, folder: Path, *, writing: bool = False) -> None:
        self._folder = folder
        self._flags = os.O_RDWR | os.O_CREAT if writing else os.O_RDONLY
        self._open: list[int] = []
        self.frontier = Frontier()

    def __enter__(self) -> TreeFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for descriptor in self._open:
            os.close(descriptor)
        self._open = []

    def perfect(self, height: int, index: int) -> bytes:
        """See Subtrees. Raises Torn for leaves that are not here."""
        level, rest = divmod(height, LEVEL)
        hashes = self.stored(level, index << rest, 1 << rest)
        while len(hashes) > 1:
            hashes = pairs(hashes)
        return hashes[0]

    def stored(self, level: int, first: int, count: int) -> list[bytes]:
        """`count` hashes of a file from `first` on. Raises Torn where there are fewer."""
        told = os.pread(self._file(level), count * HASH, first * HASH)
        if len(told) < count * HASH:
            raise Torn(f"{self._path(level)} ends before its hash {first + count - 1}")
        return cut(told)

    @property
    def size(self) -> int:
        """How many leaves are here, signed or not."""
        return os.fstat(self._file(0)).st_size // HASH

    def begin(self, size: int) -> None:
        """Drop what was written behind `size` leaves and never signed; extend from there."""
        self.frontier = self.frontier_at(size)
        level = 0
        while self._path(level).exists():
            os.ftruncate(self._file(level), size * HASH)
            level, size = level + 1, size >> LEVEL

    def frontier_at(self, size: int) -> Frontier:
        """The right edge of the first `size` leaves. Raises Torn where there are fewer."""
        rows: list[list[bytes]] = []
        while size:
            whole = size >> LEVEL
            first = whole << LEVEL
            rows.append(self.stored(len(rows), first, size - first))
            size = whole
        return Frontier(rows)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append the hashes of the next leaves, and those of all subtrees that they fill."""
        for level, hashes in enumerate(self.frontier.extend(leaves)):
            _append(self._file(level), b"".join(hashes))

    def settle(self) -> None:
        """Return when all of it is on the disk."""
        for descriptor in self._open:
            os.fsync(descriptor)

    def _path(self, level: int) -> Path:
        return self._folder / f"hashes.{level}"

    def _file(self, level: int) -> int:
        while len(self._open) <= level:
            self._open.append(self._opened(self._path(len(self._open))))
        return self._open[level]

    def _opened(self, path: Path) -> int:
        try:
            return os.open(path, self._flags, 0o644)
        except FileNotFoundError:
            raise Torn(f"{path} is not there") from None


def cut(told: bytes) -> list[bytes]:
    """Hashes out of a row of bytes."""
    return [told[at : at + HASH] for at in range(0, len(told), HASH)]


def _append(descriptor: int, told: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_END)
    while told:
        told = told[os.write(descriptor, told) :]
