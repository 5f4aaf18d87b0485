"""What the seals of a log prove of one of its events, to be handed out; and how far they go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from shared.core.checkpoint import Checkpoint
from shared.core.merkle import check_inclusion, inclusion, leaf
from shared.core.notes import BadNote, Note, PublicKey
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.witnessing import witnesses
from shared.store import seal_keys
from shared.store.epochs import Epoch
from shared.store.seal_folder import SealFolder


@dataclass(frozen=True)
class Proof:
    """That an event is under the root of a checkpoint: the path from its leaf, from below; the
    checkpoint with those signatures only whose keys are here; notes that tie `keys`; the witnesses
    that signed it."""

    path: tuple[bytes, ...]
    checkpoint: Note
    keys: tuple[PublicKey, ...]
    rotations: tuple[Note, ...]
    witnesses: tuple[PublicKey, ...]


class Reached(NamedTuple):
    """So many events of the log were sealed, at that time (UTC); `by` is the witness that signed
    it, None for the log's own latest checkpoint."""

    size: int
    at: datetime
    by: str | None = None


def proof_of(known: Seals, epoch: Epoch, position: int, own: bytes) -> Proof | None:
    """The proof of the event at a position, which has this hash; None where it is not sealed yet.

    Taken is the latest checkpoint that a witness signed, if the event is under it, or else the
    latest of all. Raises BadProof where another event was sealed in its place, BadNote and Torn
    where the seals themselves are damaged.
    """
    folder, keys = folder_of(known.place, epoch), seal_keys.read_public(known.place / "keys")
    known_witnesses = _witnesses(known)
    note = _chosen(folder, position, known_witnesses)
    if note is None:
        return None
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin != folder.origin or not _signers(note, keys):
        raise BadNote("the checkpoint is of another log, or no key of the place has signed it")
    with folder.tree() as tree:
        path = inclusion(tree, position - 1, checkpoint.size)
    hashed = leaf(position, own)
    check_inclusion(hashed, position - 1, checkpoint.size, path, checkpoint.root)
    signers = _signers(note, known_witnesses)
    names = {(key.name, key.key_id) for key in (*keys, *signers)}
    lines = tuple(line for line in note.lines if (line.name, line.key_id) in names)
    ties = tuple(seal_keys.ties(known.place))
    return Proof(tuple(path), Note(note.text, lines), tuple(keys), ties, signers)


def reached(known: Seals, epoch: Epoch) -> list[Reached]:
    """How far the log is sealed, and how far each witness has signed that; nothing where nothing
    is. Raises BadNote."""
    folder = folder_of(known.place, epoch)
    latest = folder.latest()
    if latest is None:
        return []
    told = Checkpoint.parse(latest.text)
    found = [Reached(told.size, told.sealed_at)]
    for note in _cosigned(folder):
        for witness in _witnesses(known):
            with suppress(BadNote):
                when = witness.signed(note)
                if isinstance(when, datetime):
                    found.append(Reached(Checkpoint.parse(note.text).size, when, witness.name))
    return found


def _witnesses(known: Seals) -> Sequence[PublicKey]:
    """Whose cosignatures we know; nobody's in a process that does not have the file."""
    with suppress(FileNotFoundError):
        return [one.key for one in witnesses(known.witnesses)]
    return []


def _chosen(folder: SealFolder, position: int, witnesses: Sequence[PublicKey]) -> Note | None:
    signed = [note for note in _cosigned(folder) if _signers(note, witnesses)]
    latest = folder.latest()
    for notes in (signed, [latest] if latest else []):
        over = [note for note in notes if _size(note) >= position]
        if over:
            return max(over, key=_size)
    return None


def _cosigned(folder: SealFolder) -> Iterator[Note]:
    """What witnesses signed; one checkpoint with all that signed it is one note."""
    notes: dict[str, Note] = {}
    for note in folder.cosigned():
        notes[note.text] = notes.get(note.text, note).with_lines(note.lines)
    yield from notes.values()


def _signers(note: Note, keys: Sequence[PublicKey]) -> tuple[PublicKey, ...]:
    found = []
    for key in keys:
        with suppress(BadNote):
            if key.signed(note):
                found.append(key)
    return tuple(found)


def _size(note: Note) -> int:
    return Checkpoint.parse(note.text).size
