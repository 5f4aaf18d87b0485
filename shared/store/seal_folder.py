"""One life of a log as it was sealed, in a folder apart from its database: the tree, the latest
checkpoint, and all that were ever signed, day by day.

`checkpoint` is the latest; `checkpoints/2026-11-22` has those of that day (UTC), each followed by
an empty line; `cosigned/NAME` is the latest that the witness of that name has signed, too.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

from shared.core.checkpoint import Checkpoint, Origin
from shared.core.notes import Note
from shared.store.tree_files import TreeFiles

UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class SealFolder:
    """What is kept of one origin below `place`."""

    def __init__(self, place: Path, origin: Origin) -> None:
        self.origin = origin
        self._path = place / origin.log / str(origin.epoch)

    @contextmanager
    def held(self, work: str = "sealing") -> Iterator[bool]:
        """Whether this work is ours until the end of the context; one process at a time does it.
        The kernel lets go when it ends, however it ends."""
        self._path.mkdir(parents=True, exist_ok=True)
        with (self._path / f"{work}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @property
    def exists(self) -> bool:
        """Whether anything was ever sealed here."""
        return (self._path / "checkpoint").exists()

    def tree(self, *, writing: bool = False) -> TreeFiles:
        """The tree's files, to be used as a context."""
        return TreeFiles(self._path, writing=writing)

    def latest(self) -> Note | None:
        """The latest checkpoint as it was signed. Raises BadNote for a file that is none."""
        return _read(self._path / "checkpoint")

    def past(self) -> Iterator[Note]:
        """Every checkpoint in order, oldest first. Raises BadNote."""
        days = self._path / "checkpoints"
        for day in sorted(days.iterdir()) if days.exists() else ():
            yield from notes_of(day)

    def publish(self, note: Note) -> None:
        """Put this checkpoint on record; when it returns, it is on the disk."""
        sealed_at = Checkpoint.parse(note.text).sealed_at
        days = self._path / "checkpoints"
        days.mkdir(exist_ok=True)
        appended(days / sealed_at.date().isoformat(), note)
        replace(self._path / "checkpoint", str(note))

    def mend(self) -> None:
        """Undo what a crash left half-done: a checkpoint half-written, or written and not yet the
        latest. Raises BadNote."""
        days = sorted((self._path / "checkpoints").glob("*"))
        if not days:
            return
        told = days[-1].read_bytes()
        os.truncate(days[-1], _whole(told))
        last = max(notes_of(days[-1]), key=_size, default=None)
        now = self.latest()
        if last is not None and (now is None or _size(now) < _size(last)):
            replace(self._path / "checkpoint", str(last))

    def cosigned(self) -> list[Note]:
        """The latest checkpoint of each witness. Raises BadNote."""
        kept = self._path / "cosigned"
        names = sorted(kept.iterdir()) if kept.exists() else []
        notes = [_read(path) for path in names if path.suffix != ".new"]
        return [note for note in notes if note is not None]

    def witnessed(self, name: str, note: Note) -> None:
        """Keep the checkpoint that this witness has signed."""
        kept = self._path / "cosigned"
        kept.mkdir(parents=True, exist_ok=True)
        replace(kept / UNSAFE.sub("_", name), str(note))


def replace(path: Path, text: str) -> None:
    """Put a text in the place of a file, on the disk and at once: nobody reads half of it."""
    draft = path.with_name(
        f"{path.name}.{os.getpid()}-{get_ident()}.new"
    )  # others may write it, too
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(path: Path) -> Note | None:
    try:
        return Note.parse(path.read_bytes().decode("utf-8", errors="replace"))
    except FileNotFoundError:
        return None


def appended(path: Path, note: Note) -> None:
    """Add a note to a file of notes; when it returns, it is on the disk."""
    with path.open("ab") as file:
        file.write(f"{note}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def notes_of(path: Path) -> Iterator[Note]:
    """The notes of a file of notes, each ended by an empty line; none where there is no file. One
    that is just being written, or never was to its end, is not there yet. Raises BadNote.
    """
    if not path.exists():
        return
    part: list[str] = []
    gaps = 0
    with path.open(encoding="utf-8", newline="\n", errors="replace") as lines:
        for line in lines:
            gaps += line == "\n"
            if gaps == 2:
                yield Note.parse("".join(part))
                part, gaps = [], 0
            else:
                part.append(line)


def _whole(told: bytes) -> int:
    """The length of all notes in it that are whole: each has two empty lines, one at its end."""
    ends = [at + 2 for at in range(len(told) - 1) if told[at : at + 2] == b"\n\n"]
    return ends[len(ends) // 2 * 2 - 1] if len(ends) > 1 else 0


def _size(note: Note) -> int:
    return Checkpoint.parse(note.text).size
