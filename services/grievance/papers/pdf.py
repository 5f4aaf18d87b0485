"""PDF (ISO 32000), cleaned in place and looked through for what is more than pages. Nothing is
drawn or decoded but deflated streams, and no byte is moved: what goes is overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable

from services.grievance.papers import pdf_streams
from services.grievance.papers.pdf_names import END_OF_NAME, name
from services.grievance.papers.refusal import NotAPaper

HEADER = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[ \r\n]")
EOF = b"%%EOF"
XREF_AT = re.compile(rb"startxref\s+(\d{1,10})\s+\Z")
XREF = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
# What acts, what brings files or forms along, what cannot be read or may not be changed.
REFUSED = {
    "runs a program or a script": ("JavaScript", "Launch", "Rendition", "RichMedia", "Movie"),
    "has files in it": ("EmbeddedFile", "EmbeddedFiles", "FileAttachment", "GoToE"),
    "sends or fetches something": ("SubmitForm", "ImportData", "GoToR", "XFA"),
    "is encrypted: save it without a password": ("Encrypt",),
    "is signed, and cleaning would break that: print it to a new PDF": ("ByteRange",),
}
ACTS = re.compile(name("OpenAction", "AA") + END_OF_NAME + rb"(?!\s*\[)")
LINKS = re.compile(name("URI") + END_OF_NAME)
INFO = re.compile(name("Info") + END_OF_NAME + rb"\s*(?:(\d+)\s+(\d+)\s+R\b)?")
METADATA = re.compile(name("Metadata") + END_OF_NAME)
# What cameras and programs note in a JPEG picture, with the two bytes of its length before.
MOST_TOLD, LONGEST_TOLD = 100, 65_536
NOTED = re.compile(rb"\xff\xe1(..)(?:Exif\0\0|http://ns\.adobe\.com/)", re.DOTALL)


def cleaned(paper: bytes) -> bytes:
    """The same pages without author, title, times and programs, and without what stands after the
    end. Raises NotAPaper."""
    whole = bytearray(_ended(paper))
    _blank_info(whole)
    _blank_metadata(whole)
    _blank_pictures(whole)
    _check(bytes(whole))
    return bytes(whole)


def _ended(paper: bytes) -> bytes:
    """The paper up to its end. Raises NotAPaper for one without."""
    if HEADER.match(paper) is None:
        raise NotAPaper("this is no PDF")
    end = paper.rfind(EOF)
    told = XREF_AT.search(paper, max(0, end - 64), end) if end > 0 else None
    if told is None or XREF.match(paper, int(told[1])) is None:
        raise NotAPaper("the PDF is broken, or a part of it is missing")
    return paper[: end + len(EOF)] + b"\n"


def _check(paper: bytes) -> None:
    """Raises NotAPaper for what is more than pages."""
    refused = {why: re.compile(name(*names) + END_OF_NAME) for why, names in REFUSED.items()}
    acts, links = False, False

    def look(part: bytes) -> None:
        nonlocal acts, links
        for why, pattern in refused.items():
            if pattern.search(part):
                raise NotAPaper(f"the PDF {why}")
        acts = acts or ACTS.search(part) is not None
        links = links or LINKS.search(part) is not None

    look(paper)
    _inflate(paper, look)
    if acts and links:
        raise NotAPaper("the PDF opens a link by itself")


def _inflate(paper: bytes, look: Callable[[bytes], None]) -> None:
    packed, size = pdf_streams.packed(paper), 0
    for stream in pdf_streams.streams(paper):
        if packed:
            pdf_streams.check_head(stream.head)
        for part in stream.inflated(paper):
            size += len(part)
            if size > pdf_streams.MOST_INFLATED:
                raise NotAPaper("there is too much in the PDF")
            look(part)


def _blank_info(paper: bytearray) -> None:
    """Empty the objects that say who made it, when and with what. Raises NotAPaper where they are
    packed with others."""
    refs = {found.groups() for found in INFO.finditer(bytes(paper))}
    if any(None in ref for ref in refs) or len(refs) > MOST_TOLD:
        raise NotAPaper("the PDF is broken: it says in the wrong place who made it")
    for number, generation in refs:
        objects = _objects(bytes(paper), int(number), int(generation))
        if not objects:
            raise NotAPaper(
                "who made the PDF is packed so that it cannot be taken out: print it to a new PDF"
            )
        for start, end in objects:
            paper[start:end] = b" <<>> ".ljust(end - start)[: end - start]


def _objects(paper: bytes, number: int, generation: int) -> list[tuple[int, int]]:
    """Where all versions of an object are."""
    begun = re.compile(rf"(?<!\d){number}\s{{1,9}}{generation}\s{{1,9}}obj\b".encode())
    places = []
    for count, found in enumerate(begun.finditer(paper)):
        end = paper.find(b"endobj", found.end(), found.end() + LONGEST_TOLD)
        if count == MOST_TOLD or end < 0:
            raise NotAPaper("the PDF is broken, or a part of it is missing")
        places.append((found.end(), end))
    return places


def _blank_metadata(paper: bytearray) -> None:
    """Empty the streams of metadata (XMP). Raises NotAPaper for one without end."""
    whole, until = bytes(paper), 0
    for stream in pdf_streams.streams(whole):
        if stream.start < until or METADATA.search(stream.head) is None:
            continue
        until = whole.find(b"endstream", stream.start)
        if until < 0:
            raise NotAPaper("the PDF is broken, or a part of it is missing")
        paper[stream.start : until] = b" " * (until - stream.start)


def _blank_pictures(paper: bytearray) -> None:
    """Empty what photos on the pages say of place, time and device."""
    for found in NOTED.finditer(bytes(paper)):
        start, length = found.start() + 4, int.from_bytes(found[1], "big") - 2
        length = min(max(length, 0), len(paper) - start)
        paper[start : start + length] = bytes(length)
