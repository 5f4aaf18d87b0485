"""A checkpoint: how many events a log has, and the root over them, as a text to be signed. Pure.

Four lines or more, each ended by a newline: origin, size, root in base64, and `sealed TIME`; a log
that was restored or promoted and lost its tail adds `fork POSITION`, the last position that it
shares with the epoch before. The origin is `linli/LOG/ID/EPOCH`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.core.notes import BadNote

ROOT_BYTES = 32


@dataclass(frozen=True)
class Origin:
    """Which life of which log: its name, the id that it was born with, its epoch."""

    log: str
    log_id: UUID
    epoch: int

    def __str__(self) -> str:
        return f"linli/{self.log}/{self.log_id}/{self.epoch}"

    @classmethod
    def parse(cls, text: str) -> Origin:
        """The origin of such a text. Raises BadNote."""
        try:
            linli, log, log_id, epoch = text.split("/")
            known = cls(log, UUID(log_id), int(epoch))
        except ValueError as fault:
            raise BadNote("an origin is linli/LOG/ID/EPOCH") from fault
        if linli != "linli" or str(known) != text:
            raise BadNote("an origin is linli/LOG/ID/EPOCH")
        return known


@dataclass(frozen=True)
class Checkpoint:
    """All events at positions 1 to `size`, under one root, as the log had them at `sealed_at`."""

    origin: Origin
    size: int
    root: bytes
    sealed_at: datetime
    fork: int = 0

    def __str__(self) -> str:
        told = [str(self.origin), str(self.size), b64encode(self.root).decode()]
        told.append(f"sealed {self.sealed_at.isoformat()}")
        if self.fork:
            told.append(f"fork {self.fork}")
        return "".join(f"{line}\n" for line in told)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint of such a text, and of no other. Raises BadNote."""
        lines = text.split("\n")
        try:
            origin, size, root, sealed, *rest = lines
            more = dict([line.split(" ", 1) for line in (sealed, *rest[:-1])])
            at = datetime.fromisoformat(more["sealed"])
            told = b64decode(root, validate=True), at, int(more.get("fork", "0"))
            known = cls(Origin.parse(origin), int(size), *told)
        except (ValueError, KeyError) as fault:
            raise BadNote(
                "a checkpoint is origin, size, root and the time it was sealed"
            ) from fault
        sound = len(known.root) == ROOT_BYTES and at.tzinfo is not None
        if not sound or min(known.size, known.fork) < 0 or str(known) != text:
            raise BadNote("the checkpoint is not written as checkpoints are")
        return known
