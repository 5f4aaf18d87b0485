"""Signed notes: a text, and below it signatures by name; as Go's checksum database and the logs of
certificates have them (C2SP signed-note, tlog-checkpoint, tlog-cosignature), so that others' tools
can read ours. Pure.

A signature line is `— NAME BASE64(key id, 4 bytes ‖ signature)`; the key id is
SHA-256(NAME ‖ "\\n" ‖ kind ‖ public key)[:4]. Kind 1 signs the text with Ed25519. Kind 4 signs
"cosignature/v1\\ntime T\\n" ‖ text, and its signature is T (8 bytes, seconds) before the 64 bytes.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.core.canonical import EPOCH

SIGNED, COSIGNED = 1, 4
KEY_BYTES, ID_BYTES, TIME_BYTES, SIGNATURE_BYTES = 32, 4, 8, 64
MARK = "— "


class BadNote(Exception):
    """It is not a signed note, or not one that this key signed; the message says which."""


class Line(NamedTuple):
    """One signature of a note: whose it claims to be, by which key, and its bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{MARK}{self.name} {b64encode(self.key_id + self.signature).decode()}"


@dataclass(frozen=True)
class PublicKey:
    """Who signs by this name. `kind` is SIGNED for a log, COSIGNED for a witness."""

    name: str
    raw: bytes
    kind: int = SIGNED

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line names the key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.raw).digest()[
            :ID_BYTES
        ]

    def __str__(self) -> str:
        """NAME+ID+KEY, as `parse` reads it."""
        told = b64encode(bytes([self.kind]) + self.raw).decode()
        return f"{self.name}+{self.key_id.hex()}+{told}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """The key of such a text. Raises BadNote."""
        try:
            name, key_id, told = text.strip().split("+", 2)
            raw = b64decode(told, validate=True)
        except ValueError as fault:
            raise BadNote("a public key is NAME+ID+BASE64") from fault
        known = cls(name, raw[1:], raw[0] if raw else 0)
        if known.kind not in (SIGNED, COSIGNED) or len(known.raw) != KEY_BYTES:
            raise BadNote("the public key is of an unknown kind")
        if known.key_id.hex() != key_id:
            raise BadNote("the public key is not the one that its id was made of")
        return known

    def signed(self, note: Note) -> datetime | bool:
        """Whether this key signed the note; of a cosignature, when. Raises BadNote for a line that
        names this key and was not made by it."""
        for line in note.lines:
            if (line.name, line.key_id) == (self.name, self.key_id):
                return self._check(note.text, line.signature)
        return False

    def _check(self, text: str, signature: bytes) -> datetime | bool:
        when, message = None, text.encode()
        if self.kind == COSIGNED:
            when = int.from_bytes(signature[:TIME_BYTES])
            message, signature = cosigned(text, when), signature[TIME_BYTES:]
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature as fault:
            raise BadNote(f"the signature of {self.name} does not fit the text") from fault
        return True if when is None else _moment(when)


@dataclass(frozen=True)
class SigningKey:
    """The private side of a key, of 32 bytes."""

    name: str
    raw: bytes
    kind: int = SIGNED

    @property
    def public(self) -> PublicKey:
        """The side that everyone may have."""
        own = Ed25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw()
        return PublicKey(self.name, own, self.kind)

    def sign(self, text: str, at: datetime) -> Line:
        """The line by which this key signs the text; a witness says when."""
        own = Ed25519PrivateKey.from_private_bytes(self.raw)
        if self.kind == SIGNED:
            signature = own.sign(text.encode())
        else:
            when = (at - EPOCH) // timedelta(seconds=1)
            signature = when.to_bytes(TIME_BYTES) + own.sign(cosigned(text, when))
        return Line(self.name, self.public.key_id, signature)


@dataclass(frozen=True)
class Note:
    """A text that ends in a newline, and its signatures."""

    text: str
    lines: tuple[Line, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.lines)

    def with_lines(self, lines: Iterable[Line]) -> Note:
        """The same text, signed by these, too."""
        return Note(self.text, tuple(dict.fromkeys((*self.lines, *lines))))

    @classmethod
    def parse(cls, whole: str) -> Note:
        """The note of such a text. Raises BadNote."""
        text, gap, signatures = whole.rpartition("\n\n")
        if not gap or not signatures.endswith("\n"):
            raise BadNote("a note is a text, an empty line, and signatures")
        return cls(text + "\n", tuple(_line(one) for one in signatures[:-1].split("\n")))


def cosigned(text: str, when: int) -> bytes:
    """What a witness signs, at so many seconds since 1970."""
    return f"cosignature/v1\ntime {when}\n{text}".encode()


def _line(text: str) -> Line:
    name, space, told = text.removeprefix(MARK).rpartition(" ")
    try:
        raw = b64decode(told, validate=True)
    except ValueError as fault:
        raise BadNote("a signature is not base64") from fault
    if not text.startswith(MARK) or not space or len(raw) < ID_BYTES + SIGNATURE_BYTES:
        raise BadNote("a signature line is `— NAME SIGNATURE`")
    line = Line(name, raw[:ID_BYTES], raw[ID_BYTES:])
    if str(line) != text:
        raise BadNote("a signature has one way to be written")
    return line


def _moment(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)
