"""The Merkle tree of RFC 6962 over (position, hash): one root for all events up to a position,
short proofs that an event is under it and that a later root only added to it. Pure.

A leaf is 40 bytes, the position (8 bytes, big-endian) and the event's hash; its hash is
SHA-256(0 ‖ leaf), that of a node SHA-256(1 ‖ left ‖ right). Leaf i is the event at position i + 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from struct import Struct
from typing import Protocol

EMPTY = sha256(b"").digest()
LEVEL = 8  # heights from one kept row of a tree to the next
_PLACE = Struct(">xq").pack  # the prefix of a leaf, and the position


class Subtrees(Protocol):
    """Where the hashes of a tree are found."""

    def perfect(self, height: int, index: int) -> bytes:
        """The root of the leaves from index * 2**height on, 2**height of them."""


class BadProof(Exception):
    """The proof does not lead to the root."""


class Frontier:
    """The right edge of a growing tree: all that is needed to extend it and to know its root.

    Row n has the roots of every 256**n leaves; of each, `rows` holds those since the last 256 that
    made one of the row above.
    """

    def __init__(self, rows: Iterable[Sequence[bytes]] = ()) -> None:
        self._rows = [list(row) for row in rows]

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return sum(len(row) << LEVEL * level for level, row in enumerate(self._rows))

    def extend(self, leaves: Sequence[bytes]) -> list[list[bytes]]:
        """Add the hashes of the next leaves; what that adds to each row, from below."""
        added: list[list[bytes]] = []
        hashes = list(leaves)
        while hashes:
            added.append(hashes)
            hashes = self._filled(len(added) - 1, hashes)
        return added

    def root(self) -> bytes:
        """The root of all leaves so far."""
        top: bytes | None = None
        for row in self._rows:
            for peak in reversed(_peaks(row)):
                top = peak if top is None else node(peak, top)
        return EMPTY if top is None else top

    def _filled(self, level: int, hashes: Sequence[bytes]) -> list[bytes]:
        if level == len(self._rows):
            self._rows.append([])
        row = [*self._rows[level], *hashes]
        whole = len(row) >> LEVEL << LEVEL
        self._rows[level] = row[whole:]
        row = row[:whole]
        for _ in range(LEVEL):
            row = pairs(row)
        return row


def _peaks(row: Sequence[bytes]) -> list[bytes]:
    peaks = []
    for height, index in _perfect(0, len(row)):
        part = row[index << height : (index + 1) << height]
        while len(part) > 1:
            part = pairs(part)
        peaks.append(part[0])
    return peaks


def leaf(position: int, own: bytes) -> bytes:
    """The leaf hash of an event, by its position and its own hash."""
    return sha256(_PLACE(position) + own).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours of the same height."""
    return sha256(b"\x01" + left + right).digest()


def pairs(hashes: Sequence[bytes]) -> list[bytes]:
    """The next height over an even number of neighbours."""
    return [
        sha256(b"\x01" + left + right).digest()
        for left, right in zip(hashes[::2], hashes[1::2], strict=True)
    ]


def root(tree: Subtrees, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _over(tree, 0, size) if size else EMPTY


def inclusion(tree: Subtrees, index: int, size: int) -> list[bytes]:
    """The path from leaf `index` to the root of `size` leaves, from below: RFC 6962, 2.1.1.

    Raises ValueError for a leaf that the tree does not have.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    return [_over(tree, *part) for part in _path(index, 0, size)]


def consistency(tree: Subtrees, old: int, new: int) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with that of `old`: RFC 6962, 2.1.2.

    Raises ValueError for sizes that do not follow on each other.
    """
    if not 0 < old <= new:
        raise ValueError(f"no tree of {old} leaves grows into one of {new}")
    return [_over(tree, *part) for part in _between(old, 0, new, whole=True)]


def check_inclusion(
    hashed: bytes, index: int, size: int, path: Sequence[bytes], top: bytes
) -> None:
    """That the leaf hash is at `index` under the root `top` of `size` leaves. Raises BadProof."""
    if not 0 <= index < size:
        raise BadProof("the leaf lies outside the tree")
    here, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise BadProof("the path is too long")
        if here & 1 or here == last:
            hashed = node(sibling, hashed)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            hashed = node(hashed, sibling)
        here, last = here >> 1, last >> 1
    if last or hashed != top:
        raise BadProof("the path does not lead to the root")


def check_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """That the tree of `new` leaves begins with that of `old` leaves. Raises BadProof."""
    if not 0 < old <= new:
        raise BadProof("the sizes do not follow on each other")
    if old == new:
        if proof or old_root != new_root:
            raise BadProof("one size has two roots")
        return
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        raise BadProof("the proof is empty")
    if _climbed(old, new, steps) != (old_root, new_root):
        raise BadProof("the proof does not lead to both roots")


def _climbed(old: int, new: int, steps: Sequence[bytes]) -> tuple[bytes, bytes]:
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    then = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if here & 1 or here == last:
            then, now = node(step, then), node(step, now)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            now = node(now, step)
        here, last = here >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    return then, now


def _over(tree: Subtrees, low: int, high: int) -> bytes:
    """The root of the leaves low to high, where low begins a subtree as large as they are."""
    peaks = list(_perfect(low, high))
    height, index = peaks.pop()
    top = tree.perfect(height, index)
    for height, index in reversed(peaks):
        top = node(tree.perfect(height, index), top)
    return top


def _perfect(low: int, high: int) -> Iterator[tuple[int, int]]:
    while low < high:
        height = (high - low).bit_length() - 1
        yield height, low >> height
        low += 1 << height


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def _path(index: int, low: int, high: int) -> Iterable[tuple[int, int]]:
    if high - low == 1:
        return []
    middle = low + _split(high - low)
    if index < middle:
        return [*_path(index, low, middle), (middle, high)]
    return [*_path(index, middle, high), (low, middle)]


def _between(old: int, low: int, high: int, *, whole: bool) -> Iterable[tuple[int, int]]:
    if old == high:
        return [] if whole else [(low, high)]
    middle = low + _split(high - low)
    if old <= middle:
        return [*_between(old, low, middle, whole=whole), (middle, high)]
    return [*_between(old, middle, high, whole=False), (low, middle)]
