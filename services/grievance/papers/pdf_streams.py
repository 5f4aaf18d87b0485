"""The streams of a PDF, with what stands before each; those that are deflated, inflated.

Objects may be packed into streams, and what is packed twice, or by other means, nobody would find:
a file that packs its objects at all has to do it in the one way that every program writes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from services.grievance.papers.pdf_names import END_OF_NAME, name
from services.grievance.papers.refusal import NotAPaper

BEGIN = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
PACKED = re.compile(name("ObjStm", "XRef", "XRefStm") + END_OF_NAME)
HOLDS_OBJECTS = re.compile(name("ObjStm", "First") + END_OF_NAME)
# From the line on which an object begins: a dictionary in which no text is left open.
OBJECT = re.compile(rb"[\r\n][ \t]*\d+[ \t]+\d+[ \t]+obj\b")
WHOLE = re.compile(rb"\s*<<(?:[^()\\%]|\((?:[^()\\]|\\.)*\))*>>\s*", re.DOTALL)
AS_USUAL = re.compile(
    rb"\s*<<(?:\s*/(?:Type\s*/ObjStm|N\s+\d+|First\s+\d+|Length\s+\d+(?:\s+\d+\s+R)?"
    rb"|Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])|Extends\s+\d+\s+\d+\s+R))*\s*>>\s*"
)
LONGEST_HEAD = 16_384
STEP, PIECE, OVERLAP = 1 << 14, 1 << 20, 256
MOST_STREAMS, MOST_INFLATED = 20_000, 256 * PIECE


class Stream(NamedTuple):
    """Where its bytes begin, and what the file says of it before."""

    start: int
    head: bytes

    def inflated(self, paper: bytes) -> Iterator[bytes]:
        """What it holds, piece by piece, each after the end of the one before; up to where it
        cannot be read, nothing for one that is not deflated."""
        before = b""
        for part in self._parts(paper):
            yield before + part
            before = part[-OVERLAP:]

    def _parts(self, paper: bytes) -> Iterator[bytes]:
        inflate = zlib.decompressobj()
        for place in range(self.start, len(paper), STEP):
            step = paper[place : place + STEP]
            as_it_was = inflate.copy()
            try:
                while step and not inflate.eof:
                    yield inflate.decompress(step, PIECE)
                    step = inflate.unconsumed_tail
            except zlib.error:
                yield _until_fault(as_it_was, paper[place : place + STEP])
                return
            if inflate.eof:
                return


def _until_fault(inflate: zlib._Decompress, step: bytes) -> bytes:
    """What there is before the byte that is wrong: some readers show it."""
    found = []
    with suppress(zlib.error):
        for byte in step:
            found.append(inflate.decompress(bytes([byte])))
    return b"".join(found)


def packed(paper: bytes) -> bool:
    """Whether objects may be packed into streams."""
    return PACKED.search(paper) is not None


def streams(paper: bytes) -> Iterator[Stream]:
    """All streams. Raises NotAPaper for too many."""
    for count, found in enumerate(BEGIN.finditer(paper)):
        if count == MOST_STREAMS:
            raise NotAPaper("the PDF is made of too many parts")
        before = paper[max(0, found.start() - LONGEST_HEAD) : found.start()]
        objects = [one.end() for one in OBJECT.finditer(before)]
        yield Stream(found.end(), before[objects[-1] :] if objects else before)


def check_head(head: bytes) -> None:
    """Raises NotAPaper for a stream that may hold objects but not as usual."""
    if WHOLE.fullmatch(head) is None:
        raise NotAPaper("the PDF is written in an unusual way: print it to a new PDF")
    if HOLDS_OBJECTS.search(head) and AS_USUAL.fullmatch(head) is None:
        raise NotAPaper("the PDF packs its parts in an unusual way: print it to a new PDF")
