"""JPEG without what it tells unseen (ITU-T T.81, annex B): the tables and scans that make the
picture, its colour profile, which way is up, and nothing else. No pixel is decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from struct import error, pack, unpack_from
from typing import NamedTuple

from services.grievance.photos.refusal import NotAPicture, check_size, few

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
APP0, APP1, APP2, APP14, APP15, COM, SOS = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA
FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # what browsers show: baseline, extended, progressive
TABLES = frozenset({0xC4, 0xDB, 0xDD})  # Huffman, quantisation, restart interval
# In a scan an FF is followed by 00, by a restart marker, by another FF, or the scan is over.
OVER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
PIECE = 65_536
JFIF, EXIF, ICC, ADOBE = b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe"
ORIENTATION, SHORT = 0x0112, 3


class Segment(NamedTuple):
    """A marker with its parameters; of a scan, `data` follows these."""

    marker: int
    body: bytes
    data: bytes = b""

    @property
    def whole(self) -> bytes:
        """The segment as it stands in a file."""
        return (
            b"\xff" + bytes([self.marker]) + pack(">H", len(self.body) + 2) + self.body + self.data
        )


def cleaned(picture: bytes) -> bytes:
    """The same picture. Whatever stands after its end is dropped, too. Raises NotAPicture."""
    kept, noted, scans, frames = [], b"", 0, 0
    for one in few(_segments(picture)):
        if one.marker in FRAMES:
            _, height, width = unpack_from(">BHH", one.body.ljust(5, b"\0"))
            check_size(width, height)
            frames += 1
        if one.marker == APP1 and one.body.startswith(EXIF):
            noted = noted or one.body[len(EXIF) :]
        scans += one.marker == SOS
        told = _told(one)
        if told is not None:
            kept.append(told.whole)
    if frames != 1 or not scans:
        raise NotAPicture("the JPEG picture is broken")
    up = _orientation(noted)
    return b"".join([SOI, *([] if up == 1 else [_upright(up)]), *kept, EOI])


def _told(one: Segment) -> Segment | None:
    """What is kept of a segment; None for one that only says something. Raises NotAPicture."""
    marker, body = one.marker, one.body
    if marker in FRAMES or marker in TABLES or marker == SOS:
        return one
    if marker == APP0 and body.startswith(JFIF) and len(body) >= 14:
        return Segment(APP0, body[:12] + b"\0\0")  # without the small picture it may hold
    if marker == APP2 and body.startswith(ICC):
        return one
    if marker == APP14 and body.startswith(ADOBE) and len(body) == 12:
        return one  # how colours are stored
    if APP0 <= marker <= APP15 or marker == COM:
        return None
    raise NotAPicture("the JPEG picture is of a kind that browsers do not show")


def _segments(picture: bytes) -> Iterator[Segment]:
    """The segments up to the end of the picture. Raises NotAPicture when there is no end."""
    place = len(SOI)
    while picture[place : place + 1] == b"\xff":
        while picture[place + 1 : place + 2] == b"\xff":
            place += 1
        if picture[place : place + 2] == EOI:
            return
        marker, length = _head(picture, place)
        body = picture[place + 4 : place + 2 + length]
        place += 2 + length
        begin = place
        if marker == SOS:
            place = _over(picture, place)
        yield Segment(marker, body, picture[begin:place])
    raise NotAPicture("the JPEG picture is broken")


def _over(picture: bytes, place: int) -> int:
    """Where the scan that begins here is over. Looked for piece by piece: a search lets no other
    thread run, and a picture is large."""
    while place < len(picture):
        found = OVER.search(picture, place, place + PIECE + 1)
        if found:
            return found.start()
        place += PIECE
    return len(picture)


def _head(picture: bytes, place: int) -> tuple[int, int]:
    try:
        marker, length = unpack_from(">xBH", picture, place)
    except error:
        raise NotAPicture("the JPEG picture ends early") from None
    if length < 2 or place + 2 + length > len(picture):
        raise NotAPicture("the JPEG picture ends early")
    return marker, length


def _orientation(tiff: bytes) -> int:
    """Which way is up, 1 to 8, as the camera noted it (Exif 2.32, 4.6.4); 1 where it did not."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        [directory] = unpack_from(f"{order}I", tiff, 4)
        [entries] = unpack_from(f"{order}H", tiff, directory)
        for number in range(entries):
            tag, kind, _, value = unpack_from(f"{order}HHIH", tiff, directory + 2 + 12 * number)
            if (tag, kind) == (ORIENTATION, SHORT):
                return value if 1 <= value <= 8 else 1
    except error:
        pass
    return 1


def _upright(orientation: int) -> bytes:
    """An Exif segment that says which way is up, and nothing else."""
    directory = pack(">HHHIHHI", 1, ORIENTATION, SHORT, 1, orientation, 0, 0)
    return Segment(APP1, EXIF + b"MM\0*" + pack(">I", 8) + directory).whole
