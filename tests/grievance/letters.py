"""What stands in a letter: the text of its pages, as a reader of PDF would show it."""

from __future__ import annotations

import re
from base64 import a85decode
from zlib import decompress

STREAM = re.compile(rb"/ASCII85Decode /FlateDecode \].*?stream\n(.*?)~>endstream", re.DOTALL)
SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)


def text_of(letter: bytes) -> str:
    """All that is written on its pages, without breaks of lines."""
    pages = [decompress(a85decode(found[1])) for found in STREAM.finditer(letter)]
    return "".join(_read(found[1]) for page in pages for found in SHOWN.finditer(page))


def _read(written: bytes) -> str:
    return ESCAPED.sub(_meant, written).decode("utf-16-be")


def _meant(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 8)]) if len(escape[1]) == 3 else escape[1]
