"""A log held against what was sealed of it: the hashes of its events make the tree anew, and every
checkpoint that was ever signed must have its root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from shared.core.checkpoint import Checkpoint
from shared.core.merkle import Frontier, leaf
from shared.core.notes import BadNote, Note, PublicKey
from shared.store.seal_folder import SealFolder
from shared.store.tree_files import Torn, TreeFiles
from shared.store.verify import Broken

SHORTER = "the log ends before what was sealed of it"
OTHERWISE = "it was sealed otherwise"


class AgainstSeals:
    """Takes the hashes of a log in order, from the first event on, or behind a tree that is known
    to be good; use as a context.

    `sealed` is how many of them a good checkpoint covers so far, `checkpoints` how many were met.
    """

    def __init__(
        self, folder: SealFolder, keys: Sequence[PublicKey], begun: Frontier | None = None
    ) -> None:
        self._folder = folder
        self._keys = keys
        self._signed = _in_order(folder)
        self._next: Checkpoint | None = None
        self._frontier = begun or Frontier()
        self._begun = self._frontier.size
        self._differs: int | None = None
        self._tree = folder.tree()
        self.size = self.sealed = self._begun
        self.checkpoints = 0

    def __enter__(self) -> AgainstSeals:
        self._tree.__enter__()
        return self

    def __exit__(self, *fault: object) -> None:
        self._tree.__exit__(None, None, None)

    def take(self, hashes: Sequence[bytes]) -> Broken | None:
        """The hashes of the next events; what does not hold."""
        leaves = [leaf(self.size + n, own) for n, own in enumerate(hashes, start=1)]
        try:
            while leaves:
                upcoming = self._upcoming()
                room = upcoming.size - self.size if upcoming else len(leaves)
                self._grow(leaves[:room])
                leaves = leaves[room:]
                if upcoming and upcoming.size == self.size and (broken := self._met(upcoming)):
                    return broken
        except BadNote as fault:
            return Broken(self.sealed + 1, f"the checkpoint behind it is not good: {fault}")
        return None

    def earliest(self, broken: Broken) -> Broken:
        """What was found broken, or what differs from its seal before it."""
        if self._differs is None or self._differs >= broken.position:
            return broken
        return Broken(self._differs, OTHERWISE)

    def end(self, head: int) -> Broken | None:
        """All was taken that was there at the start; the log ends at `head` by now. What it should
        have, by its checkpoints."""
        try:
            upcoming = self._upcoming()
        except BadNote as fault:
            return Broken(self.sealed + 1, f"the checkpoint behind it is not good: {fault}")
        if upcoming is not None and upcoming.size > head:
            return Broken(self._differs or head + 1, SHORTER)
        return None

    def _grow(self, leaves: Sequence[bytes]) -> None:
        if self._differs is None:
            self._differs = _first_other(self._tree, self.size, leaves)
        self._frontier.extend(leaves)
        self.size += len(leaves)

    def _met(self, checkpoint: Checkpoint) -> Broken | None:
        since, self._next = self.sealed, None
        self.checkpoints += 1
        if self._frontier.root() == checkpoint.root:
            self.sealed = checkpoint.size
            if self._differs is not None and self._differs <= self.sealed:
                reason = "the log holds; the file of its tree has another hash there"
                return Broken(self._differs, reason)
            return None
        if self._differs is not None:
            return Broken(self._differs, OTHERWISE)
        reason = (
            f"{OTHERWISE}, it or one up to {checkpoint.size}: the tree's files were changed too"
        )
        return Broken(since + 1, reason)

    def _upcoming(self) -> Checkpoint | None:
        """The next checkpoint of more events than were taken. Raises BadNote."""
        while self._next is None:
            note = next(self._signed, None)
            if note is None:
                return None
            found = self._good(note)
            if found.size < self._begun:
                continue
            if found.size > self.size:
                self._next = found
            elif found.size < self.size or found.root != self._frontier.root():
                raise BadNote("it does not follow from the one before it")
        return self._next

    def _good(self, note: Note) -> Checkpoint:
        found = Checkpoint.parse(note.text)
        if found.origin != self._folder.origin:
            raise BadNote("it is of another log or epoch")
        if not any([key.signed(note) for key in self._keys]):
            raise BadNote("no key that is trusted has signed it")
        return found


def _in_order(folder: SealFolder) -> Iterator[Note]:
    before: Note | None = None
    last: Note | None = None
    for note in folder.past():
        before, last = last, note
        yield note
    latest = folder.latest()
    if latest is None and before is not None:
        raise BadNote("the file `checkpoint` is gone")
    # whoever dies while it is put on record leaves the one before it as the latest
    if latest is not None and latest not in (before, last):
        yield latest


def _first_other(tree: TreeFiles, size: int, leaves: Sequence[bytes]) -> int | None:
    """The first position past `size` whose leaf is another one in the tree's files."""
    with suppress(Torn):
        kept = tree.stored(0, size, min(len(leaves), max(tree.size - size, 0)))
        for position, (own, other) in enumerate(zip(leaves, kept, strict=False), start=size + 1):
            if own != other:
                return position
    return None
