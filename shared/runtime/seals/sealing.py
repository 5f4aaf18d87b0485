"""The sealer of a log: every few seconds the tree grows by what is new, and its root is signed.

What was signed once is never unsaid: a log that no longer fits its latest checkpoint is not sealed
on, and an alarm names the place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from shared.core.checkpoint import Checkpoint
from shared.core.merkle import leaf
from shared.core.notes import BadNote, Note, SigningKey
from shared.ops import metrics
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of, signing, trusted
from shared.store import epochs, read, seal_keys, seals
from shared.store.epochs import Epoch
from shared.store.pool import TRANSIENT, Connection, Pool
from shared.store.seal_folder import SealFolder
from shared.store.seal_keys import NoSealKey
from shared.store.tree_files import Torn, TreeFiles

PAGE = 20_000
PAUSE = 1.0
GONE = "more was sealed than the checkpoints say: some were taken away"
FAULTS = (*TRANSIENT, NoSealKey, BadNote, Torn)

Publish = Callable[[Note], Awaitable[None]]

log = structlog.get_logger()


class DoesNotFit(Exception):
    """The log is not what was sealed of it, first at `position`."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"position {position}: {reason}")
        self.position = position


class LogSealer:
    """Seals one log for as long as no other process does."""

    def __init__(self, pool: Pool, log_name: str, known: Seals, publish: Publish) -> None:
        self._pool = pool
        self._log = log_name
        self._known = known
        self._publish = publish

    async def run(self, stop: asyncio.Event) -> None:
        """Seal until told to stop; a fault is logged, and tried again."""
        while not stop.is_set():
            try:
                await self._in_turn(stop)
            except DoesNotFit as fault:
                metrics.UNSOUND.labels(self._log).set(fault.position)
                log.error("seals.unsound", log=self._log, at=fault.position, reason=str(fault))
            except FAULTS as fault:
                told = str(fault) if not isinstance(fault, TRANSIENT) else type(fault).__name__
                log.warning("seals.interrupted", log=self._log, fault=told)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE)

    async def _in_turn(self, stop: asyncio.Event) -> None:
        async with self._pool.acquire(timeout=10) as connection:
            epoch = await epochs.begin(connection, self._log)
        folder = folder_of(self._known.place, epoch)
        with folder.held() as ours:
            if not ours:
                return
            folder.mend()
            with folder.tree(writing=True) as tree:
                sealing = Sealing(self._pool, epoch, folder, tree, self._known)
                await sealing.begin()
                await self._seal(sealing, stop)

    async def _seal(self, sealing: Sealing, stop: asyncio.Event) -> None:
        while not stop.is_set():
            note = await sealing.next()
            if note is not None:
                await self._publish(note)
                metrics.SEALED.labels(self._log).set(sealing.size)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._known.every)


class Sealing:
    """The growing tree of one life of a log."""

    def __init__(
        self, pool: Pool, epoch: Epoch, folder: SealFolder, tree: TreeFiles, known: Seals
    ) -> None:
        self._pool = pool
        self._epoch = epoch
        self._folder = folder
        self._tree = tree
        self._known = known
        self._keys: list[str] = []
        self.size = 0

    async def begin(self) -> None:
        """Go on behind the latest checkpoint, or at the start. Raises DoesNotFit, BadNote, Torn."""
        note = self._folder.latest()
        async with self._pool.acquire(timeout=10) as connection:
            held = await seals.held(connection, self._epoch)
            if note is None:
                if held:
                    raise BadNote(GONE)
                self._tree.begin(0)
                await self._up_to_the_fork(connection)
                return
            last = self._checked(note)
            if last.size < held:
                raise BadNote(GONE)
            self._tree.begin(last.size)
            if self._tree.frontier.root() != last.root:
                raise Torn("the files of the tree do not have the root that was signed")
            await self._fits(connection, last.size)
        own = [key.public for key in signing(self._known)]
        self._keys = [str(key) for key in own if key.signed(note)]
        self.size = last.size

    async def next(self) -> Note | None:
        """Seal what is new; None where nothing is, and no new key asks for a signature."""
        keys = signing(self._known)
        names = [str(key.public) for key in keys]
        async with self._pool.acquire(timeout=10) as connection:
            size = await self._grow(connection)
            if size == self.size and (names == self._keys or not size):
                return None
            at = await seals.hold(connection, self._epoch, self.size)
        if at is None:
            raise BadNote(GONE)
        origin, fork = self._folder.origin, self._epoch.fork
        text = str(Checkpoint(origin, size, self._tree.frontier.root(), at, fork))
        note = Note(text, tuple(key.sign(text, at) for key in keys))
        await asyncio.to_thread(self._keep, note, keys, at)
        self.size, self._keys = size, names
        return note

    def _keep(self, note: Note, keys: list[SigningKey], at: datetime) -> None:
        self._tree.settle()
        seal_keys.remember(self._known.place, keys)
        if len(keys) > 1 and [str(key.public) for key in keys] != self._keys:
            seal_keys.tie(self._known.place, keys, at)
        self._folder.publish(note)

    async def _grow(self, connection: Connection, until: int | None = None) -> int:
        """Take what is new into the tree; its size then."""
        size = self._tree.frontier.size
        while until is None or size < until:
            limit = PAGE if until is None else min(PAGE, until - size)
            found = await seals.unsealed(connection, self._epoch.log, size, limit)
            if not found.hashes:
                break
            if found.position != size + len(found.hashes):
                raise DoesNotFit(size + 1, "an event past it is missing")
            self._tree.extend([leaf(n, own) for n, own in enumerate(found.hashes, size + 1)])
            size = found.position
        return size

    async def _fits(self, connection: Connection, size: int) -> None:
        """The last sealed event is still what it was; what lies before it is checked in rounds."""
        own = await seals.hash_at(connection, self._epoch.log, size)
        if own is None:
            last = await read.head(connection, self._epoch.log)
            raise DoesNotFit(last + 1, "the log ends before what was sealed of it")
        if [leaf(size, own)] != self._tree.stored(0, size - 1, 1):
            raise DoesNotFit(size, "it was sealed otherwise")

    async def _up_to_the_fork(self, connection: Connection) -> None:
        """A later life begins with the tree of the one before, up to the fork."""
        if self._epoch.number == 1 or not self._epoch.fork:
            return
        await self._grow(connection, self._epoch.fork)
        before = folder_of(self._known.place, self._epoch._replace(number=self._epoch.number - 1))
        if not before.exists:
            return
        with before.tree() as tree:
            if tree.frontier_at(self._epoch.fork).root() != self._tree.frontier.root():
                raise DoesNotFit(self._epoch.fork, "the lives of the log differ before their fork")

    def _checked(self, note: Note) -> Checkpoint:
        last = Checkpoint.parse(note.text)
        good = any([key.signed(note) for key in trusted(self._known)])
        if last.origin != self._folder.origin or not good:
            raise BadNote("the latest checkpoint is of another log, or not signed by our keys")
        return last
