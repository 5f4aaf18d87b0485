"""The keys that sign checkpoints: private ones in one file, newest first; public ones, with what
ties each to the one before it, beside the checkpoints."""

from __future__ import annotations

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from shared.core.notes import KEY_BYTES, SIGNED, BadNote, Note, PublicKey, SigningKey
from shared.store.seal_folder import appended, notes_of, replace

KEYS, ROTATIONS = "keys", "rotations"
TIED = "linli/keys"


class NoSealKey(Exception):
    """The file has no usable key; the message says why."""


def made(name: str, kind: int = SIGNED) -> SigningKey:
    """A new key of this name."""
    return SigningKey(name, secrets.token_bytes(KEY_BYTES), kind)


def read_private(path: Path) -> list[SigningKey]:
    """The keys of the file, newest first, at least one. Raises NoSealKey."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        keys = [_private(one) for one in lines if one.strip()]
    except OSError as fault:
        raise NoSealKey(f"cannot read the seal key {path}: {fault.strerror}") from fault
    if not keys:
        raise NoSealKey(f"the seal key {path} is empty")
    return keys


def line(key: SigningKey) -> str:
    """The key as its file has it."""
    return f"{key.name} {b64encode(bytes([key.kind]) + key.raw).decode()}"


def write_private(path: Path, keys: Sequence[SigningKey]) -> None:
    """Put these in the place of what the file had; readable by its owner only."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{line(key)}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_public(path: Path) -> list[PublicKey]:
    """The public keys of a file, a line each; none where there is no file. Raises BadNote."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    return [PublicKey.parse(one) for one in lines if one.strip()]


def remember(place: Path, keys: Sequence[SigningKey]) -> None:
    """Add the public sides of these to the keys of `place`; no key ever leaves it."""
    known = read_public(place / KEYS)
    fresh = [key.public for key in reversed(keys) if key.public not in known]
    if fresh:
        replace(place / KEYS, "".join(f"{key}\n" for key in (*known, *fresh)))


def tie(place: Path, keys: Sequence[SigningKey], at: datetime) -> None:
    """Keep a note that names these keys and that each of them signed: whoever trusts one of them
    may trust the others. The text names them, so nobody can add a key to a note of ours."""
    text = "".join(f"{line}\n" for line in (TIED, *(key.public for key in keys)))
    note = Note(text, tuple(key.sign(text, at) for key in keys))
    if note not in ties(place):
        appended(place / ROTATIONS, note)


def ties(place: Path) -> list[Note]:
    """Every note that ties keys to each other, oldest first. Raises BadNote."""
    return list(notes_of(place / ROTATIONS))


def trusted(place: Path, first: Sequence[PublicKey]) -> list[PublicKey]:
    """The keys of `place` that a chain of notes ties to one of the `first`, those included.

    Without any of the first, the latest key of `place` stands for them. Raises BadNote.
    """
    good = list(first) or read_public(place / KEYS)[-1:]
    notes = ties(place)
    grown = -1
    while grown != len(good):
        grown = len(good)
        for note in notes:
            if any(key.signed(note) for key in good):
                good += [key for key in _named(note) if key not in good]
    return good


def _named(note: Note) -> list[PublicKey]:
    first, *keys = note.text.splitlines()
    if first != TIED:
        raise BadNote("a note that ties keys names them")
    return [PublicKey.parse(one) for one in keys]


def _private(told: str) -> SigningKey:
    name, _, told = told.partition(" ")
    try:
        raw = b64decode(told.strip(), validate=True)
    except ValueError as fault:
        raise NoSealKey("a seal key is NAME BASE64") from fault
    if not name or len(raw) != 1 + KEY_BYTES:
        raise NoSealKey("a seal key is NAME BASE64")
    return SigningKey(name, raw[1:], raw[0])
