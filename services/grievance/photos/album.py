"""Where photos are kept: sealed files, each with a key of its own that is not there.

A file is named by the SHA-256 of its sealed bytes. What was uploaded waits; what a petition names
is kept. The key goes to whoever uploaded it, and from there, sealed with the petitioner's own key,
into the petition: until then nobody else can open the file, and once the person is erased, nobody.
"""

from __future__ import annotations

import os
import shutil
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, KEY, NAME = 12, 32, 32
BOUND = b"linli.photo.v1"
WAITS = timedelta(days=1)
ROOM = 1 << 30  # bytes that are left free on the disk


class NoSuchPhoto(Exception):
    """There is no such file any more, or this is not its key."""


class NoRoom(Exception):
    """The disk is nearly full."""


class Ticket(NamedTuple):
    """Which file, and the key that opens it."""

    file: str
    key: bytes

    @property
    def text(self) -> str:
        """One word, for a form to name."""
        return urlsafe_b64encode(bytes.fromhex(self.file) + self.key).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Ticket:
        """The inverse of `text`, for a word of the right length and signs."""
        raw = urlsafe_b64decode(f"{text}==")
        return cls(raw[:NAME].hex(), raw[NAME:])


class Album:
    """The photos in one folder, which all processes of the service share. Every call blocks."""

    def __init__(self, folder: Path) -> None:
        self._waiting = folder / "waiting"
        self._kept = folder / "kept"

    def put(self, picture: bytes) -> Ticket:
        """Seal a picture and let it wait for its petition. Raises NoRoom."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._waiting).free < ROOM:
            raise NoRoom
        key, nonce = AESGCM.generate_key(8 * KEY), os.urandom(NONCE)
        sealed = nonce + AESGCM(key).encrypt(nonce, picture, BOUND)
        ticket = Ticket(sha256(sealed).hexdigest(), key)
        draft = self._waiting / f"{ticket.file}.new"
        with draft.open("xb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        _move(draft, self._waiting / ticket.file)
        return ticket

    def keep(self, ticket: Ticket) -> None:
        """A petition names it: it waits no longer, and stays. Doing it again changes nothing.

        Raises NoSuchPhoto for one that waited too long, and for the wrong key.
        """
        place = self._place(ticket.file)
        place.parent.mkdir(parents=True, exist_ok=True)
        _opened(self._found(ticket.file), ticket)
        try:
            _move(self._waiting / ticket.file, place)
        except FileNotFoundError:
            if not place.exists():
                raise NoSuchPhoto from None

    def open(self, ticket: Ticket) -> bytes:
        """The picture. Raises NoSuchPhoto."""
        return _opened(self._found(ticket.file), ticket)

    def sweep(self, now: datetime) -> int:
        """Remove what has waited for longer than WAITS; how many there were."""
        gone = 0
        for file in [*self._waiting.iterdir()] if self._waiting.exists() else []:
            with suppress(FileNotFoundError):  # a petition has just named it
                if file.stat().st_mtime < (now - WAITS).timestamp():
                    file.unlink()
                    gone += 1
        return gone

    def _place(self, file: str) -> Path:
        return self._kept / file[:2] / file

    def _found(self, file: str) -> bytes:
        for place in (self._place(file), self._waiting / file, self._place(file)):
            try:
                return place.read_bytes()
            except FileNotFoundError:
                continue
        raise NoSuchPhoto


def _opened(sealed: bytes, ticket: Ticket) -> bytes:
    try:
        return AESGCM(ticket.key).decrypt(sealed[:NONCE], sealed[NONCE:], BOUND)
    except (InvalidTag, ValueError):
        raise NoSuchPhoto from None


def _move(old: Path, new: Path) -> None:
    """Give a file its name so that it has it after a crash, too."""
    old.rename(new)
    folder = os.open(new.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
