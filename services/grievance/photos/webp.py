"""WebP without what it tells unseen (RFC 9649): the chunks that make the picture and its colours,
and nothing else. No pixel is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from struct import pack

from services.grievance.photos.refusal import NotAPicture, check_size, few

KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"})
MOVES, EXIF, XMP = 0x02, 0x08, 0x04
BEGINNING, SIGN = b"\x9d\x01\x2a", 0x2F


def cleaned(picture: bytes) -> bytes:
    """The same picture. Raises NotAPicture, also for one that moves."""
    kept, kinds = [], []
    for kind, body in few(_chunks(picture)):
        if kind in KEPT:
            said = _silent(body) if kind == b"VP8X" else body
            check_size(*_size(kind, said))
            kept.append(kind + pack("<I", len(said)) + said + b"\0" * (len(said) % 2))
            kinds.append(kind)
    if kinds.count(b"VP8 ") + kinds.count(b"VP8L") != 1 or b"VP8X" in kinds[1:]:
        raise NotAPicture("the WebP picture is broken")
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + pack("<I", len(body)) + body


def _silent(header: bytes) -> bytes:
    """The header of the extended format, which says no more that there is anything else."""
    if len(header) != 10:
        raise NotAPicture("the WebP picture is broken")
    if header[0] & MOVES:
        raise NotAPicture("pictures that move are not taken")
    return bytes([header[0] & ~(EXIF | XMP)]) + header[1:]


def _size(kind: bytes, body: bytes) -> tuple[int, int]:
    """Width and height as this chunk has them; of one that says nothing of it, 1 and 1."""
    if kind == b"VP8X":
        return 1 + _number(body[4:7]), 1 + _number(body[7:10])
    if kind == b"VP8 ":
        if body[3:6] != BEGINNING:
            raise NotAPicture("the WebP picture is broken")
        return _number(body[6:8]) & 0x3FFF, _number(body[8:10]) & 0x3FFF
    if kind == b"VP8L":
        if body[:1] != bytes([SIGN]):
            raise NotAPicture("the WebP picture is broken")
        bits = _number(body[1:5])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return 1, 1


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk with its kind, as far as the file says it goes. Raises NotAPicture."""
    end = 8 + _number(picture[4:8])
    if end > len(picture):
        raise NotAPicture("the WebP picture ends early")
    place = 12
    while place + 8 <= end:
        length = _number(picture[place + 4 : place + 8])
        if place + 8 + length > end:
            raise NotAPicture("the WebP picture ends early")
        yield picture[place : place + 4], picture[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
