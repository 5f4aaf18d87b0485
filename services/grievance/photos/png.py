"""PNG without what it tells unseen (W3C PNG, third edition): the chunks that make the picture and
its colours, and nothing else. No pixel is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from zlib import crc32

from services.grievance.photos.refusal import NotAPicture, check_size, few

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"pHYs",
})  # fmt: skip
ANCILLARY = 0x20  # this bit of the first letter: the picture can be shown without it


def cleaned(picture: bytes) -> bytes:
    """The same picture; of one that moves, its first image. Raises NotAPicture."""
    kept, kinds = [SIGNATURE], []
    for kind, chunk in few(_chunks(picture)):
        if kind in KEPT:
            if crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
                raise NotAPicture("the PNG picture is broken")
            kept.append(chunk)
            kinds.append(kind)
        elif not kind[0] & ANCILLARY:
            raise NotAPicture("the PNG picture is of a kind that browsers do not show")
    if kinds[:1] != [b"IHDR"] or kinds.count(b"IHDR") != 1 or b"IDAT" not in kinds:
        raise NotAPicture("the PNG picture is broken")
    width, height = unpack_from(">II", kept[1].ljust(16, b"\0"), 8)
    check_size(width, height)
    return b"".join(kept)


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk with its kind, up to the end. Raises NotAPicture when there is no end."""
    place = len(SIGNATURE)
    while place + 12 <= len(picture):
        length = int.from_bytes(picture[place : place + 4], "big")
        kind, end = picture[place + 4 : place + 8], place + 12 + length
        if end > len(picture):
            break
        yield kind, picture[place:end]
        if kind == b"IEND":
            return
        place = end
    raise NotAPicture("the PNG picture ends early")
