"""Where the seals of a log are, and whose signatures count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shared.core.checkpoint import Origin
from shared.core.notes import PublicKey, SigningKey
from shared.ops.settings import Seals
from shared.store import seal_keys
from shared.store.epochs import Epoch
from shared.store.seal_folder import SealFolder
from shared.store.seal_keys import NoSealKey


def folder_of(place: Path, epoch: Epoch) -> SealFolder:
    """Where the seals of this life of a log are kept."""
    return SealFolder(place, Origin(epoch.log, epoch.log_id, epoch.number))


def trusted(known: Seals) -> Sequence[PublicKey]:
    """The keys whose checkpoints count: our own, and those that a chain of notes ties to them.

    A process that has no private key takes the latest public one of the place for ours. Raises
    NoSealKey, BadNote.
    """
    own = [key.public for key in signing(known)] if known.key_file else []
    return seal_keys.trusted(known.place, own)


def signing(known: Seals) -> list[SigningKey]:
    """Our private keys, newest first. Raises NoSealKey."""
    if known.key_file is None:
        raise NoSealKey("set LINLI_SEALS__KEY_FILE to the file of the key that signs checkpoints")
    return seal_keys.read_private(known.key_file)
