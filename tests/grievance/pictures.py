"""Small pictures of 16 by 8 pixels, and what else cameras and programs write into their files."""

from __future__ import annotations

from base64 import b64decode
from struct import pack
from zlib import compress, crc32

SECRET = b"26.42N 111.6E on a phone of mine"
BASELINE = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ"
    "c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABcQAAMB"
    "AAAAAAAAAAAAAAAAAAADBWL/2gAIAQEAAD8AMqdkWqdk/9k="
)
# Progressive: several scans with tables between, restart markers within.
PROGRESSIVE = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKra"
    "rYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4"
    "+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wgARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
    "AAL/xAAVAQEBAAAAAAAAAAAAAAAAAAABAv/dAAQAAf/aAAwDAQACEAMQAAABiwn/xAAVEAEBAAAAAAAAAAAAAAAA"
    "AAAAEv/aAAgBAQABBQKX/9CX/8QAFhEBAQEAAAAAAAAAAAAAAAAAAgAB/9oACAEDAQE/AQtv/8QAFREBAQAAAAAA"
    "AAAAAAAAAAAAAQD/2gAIAQIBAT8BVv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEABj8Cf//Qf//EABUQAQEA"
    "AAAAAAAAAAAAAAAAAAAB/9oACAEBAAE/IY//0I//2gAMAwEAAgADAAAAEHf/xAAUEQEAAAAAAAAAAAAAAAAAAAAA"
    "/9oACAEDAQE/EA//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/EC//xAAVEAEBAAAAAAAAAAAAAAAAAAAA"
    "Yf/aAAgBAQABPxCb/9Cb/9k="
)
LOSSY = b64decode(
    "UklGRjoAAABXRUJQVlA4IC4AAACQAQCdASoQAAgAB0CWJbACdACx/aAA/s18TPNf1XhwzeI8nV2iAJGFO+830wAA"
)
LOSSLESS = b64decode("UklGRiwAAABXRUJQVlA4TB8AAAAvD8ABALmM6H/sIgrf/4CQgDDF/6OSPhADGBOAVG0HAA==")


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG file."""
    return b"\xff" + bytes([marker]) + pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = ">") -> bytes:
    """What a camera notes: a description, which way is up, where it was."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    entries = [(0x010E, 2, len(SECRET), 200), (0x0112, 3, 1, orientation), (0x8825, 4, 1, 100)]
    fields = [
        pack(f"{order}HHIHH", tag, kind, count, value, 0)
        if kind == 3
        else pack(f"{order}HHII", tag, kind, count, value)
        for tag, kind, count, value in entries
    ]
    directory = pack(f"{order}IH", 8, len(fields)) + b"".join(fields) + bytes(4)
    return b"Exif\0\0" + mark + directory + SECRET


def jpeg_with(*segments: bytes, picture: bytes = BASELINE) -> bytes:
    """A JPEG picture with these segments after its first."""
    first = 2 + 18
    return picture[:first] + b"".join(segments) + picture[first:]


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file."""
    return pack(">I", len(body)) + kind + body + pack(">I", crc32(kind + body))


def png_with(*chunks: bytes, width: int = 16, height: int = 8) -> bytes:
    """A PNG picture with these chunks before its pixels."""
    rows = b"".join(b"\0" + bytes(range(16)) for _ in range(8))
    header = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", compress(rows))
    return b"".join([b"\x89PNG\r\n\x1a\n", header, *chunks, pixels, chunk(b"IEND", b"")])


def piece(kind: bytes, body: bytes) -> bytes:
    """A chunk of a WebP file."""
    return kind + pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp_with(*pieces: bytes, flags: int = 0x0C, picture: bytes = LOSSY) -> bytes:
    """A WebP picture of the extended kind with these pieces after its pixels."""
    header = piece(b"VP8X", bytes([flags, 0, 0, 0]) + pack("<I", 15)[:3] + pack("<I", 7)[:3])
    body = b"WEBP" + header + picture[12:] + b"".join(pieces)
    return b"RIFF" + pack("<I", len(body)) + body
