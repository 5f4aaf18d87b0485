"""What a witness has signed, in a folder of its own: the last checkpoint of each origin, all of
them in order, and what it was asked to sign and refused because the log had been changed."""

from __future__ import annotations

import re
from pathlib import Path

from shared.core.checkpoint import Checkpoint
from shared.core.notes import Note
from shared.core.witnessed import Seen
from shared.store.seal_folder import appended, notes_of, replace

UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class Memory:
    """The folder of one witness."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for part in ("latest", "signed", "conflicts"):
            (folder / part).mkdir(parents=True, exist_ok=True)

    def seen(self, origin: str) -> Seen | None:
        """What was signed last of this origin. Raises BadNote for a file that was changed."""
        path = self._folder / "latest" / _named(origin)
        if not path.exists():
            return None
        point = Checkpoint.parse(Note.parse(path.read_text(encoding="utf-8")).text)
        return Seen(point.size, point.root)

    def keep(self, origin: str, note: Note) -> None:
        """Remember before it is signed; when it returns, it is on the disk."""
        appended(self._folder / "signed" / _named(origin), note)
        replace(self._folder / "latest" / _named(origin), str(note))

    def object(self, origin: str, note: Note) -> None:
        """Keep a checkpoint that does not follow from the one signed before: both together prove
        that the log was changed."""
        path = self._folder / "conflicts" / _named(origin)
        if note not in notes_of(path):
            appended(path, note)


def _named(origin: str) -> str:
    return UNSAFE.sub("_", origin)
