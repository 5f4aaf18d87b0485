"""Where the seals of a log are, and whose signatures count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shared.core.checkpoint import Origin
from shared.core.notes import PublicKey
from shared.ops.settings import Seals
from shared.store import seal_keys
from shared.store.epochs import Epoch
from shared.store.seal_folder import SealFolder


def folder_of(place: Path, epoch: Epoch) -> SealFolder:
    """Where the seals of this life of a log are kept."""
    return SealFolder(place, Origin(epoch.log, epoch.log_id, epoch.number))


def trusted(known: Seals) -> Sequence[PublicKey]:
    """The keys whose checkpoints count: our own, and those that a chain of notes ties to them.

    Raises NoSealKey, BadNote.
    """
    own = [key.public for key in seal_keys.read_private(known.key_file)]
    return seal_keys.trusted(known.place, own)
