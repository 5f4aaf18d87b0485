"""A certificate as a PDF: the same certificate is the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from services.volunteer.certifying import words
from services.volunteer.certifying.serials import spelled
from shared.papers.drawing import HEADING, PLAIN, SMALL, TOP, pages, told

QR = 34 * mm
SHORT = 16  # signs of the hash that a link carries: enough that nobody finds another


@dataclass(frozen=True)
class Paper:
    """What a certificate says. `name` is None where none was stated, `site` empty where the pages
    have no address."""

    serial: str
    name: str | None
    person: str
    since: str
    until: str
    minutes: int
    records: int
    community: str
    issued_on: str
    position: int
    hash: str
    site: str = ""


def drawn(paper: Paper) -> bytes:
    """The certificate, on a page of A4."""
    serial = spelled(paper.serial)
    return pages(_flow(paper, serial), f"{words.TITLE} {serial}", serial)


def link_of(paper: Paper) -> str:
    """Where the page says whether this paper is genuine, with what it says; empty without site."""
    if not paper.site:
        return ""
    asked = urlencode({"minutes": paper.minutes, "hash": paper.hash[:SHORT]})
    return f"{paper.site}/certificates/{spelled(paper.serial)}?{asked}"


def _flow(paper: Paper, serial: str) -> Iterator[Flowable]:
    yield from told(words.TITLE, TOP)
    yield from told(words.TITLE_EN)
    for label, text in (
        (words.SERIAL, serial),
        (words.NAME, paper.name or words.NO_NAME),
        *(() if paper.name else ((words.PERSON, paper.person),)),
        (words.PERIOD, f"{paper.since} — {paper.until}"),
        (words.HOURS, words.spelled(paper.minutes)),
        (words.RECORDS, str(paper.records)),
        (words.COMMUNITY, paper.community),
        (words.ISSUED, paper.issued_on),
    ):
        yield from told(f"{label}：{text}")
    yield from told(words.CHECK, HEADING)
    yield from told(words.TYPE_IT)
    yield from told(words.TYPE_IT_EN)
    yield from told(f"{paper.site}/certificates" if paper.site else words.NO_SITE, PLAIN)
    if link := link_of(paper):
        yield _code(link)
    yield from told(f"{words.PLACE}：{paper.position}", SMALL)
    yield from told(f"{words.HASH}：{paper.hash}", SMALL)
    yield from told(words.TRUE_AT.format(paper.position), SMALL)


def _code(link: str) -> Drawing:
    """A code for a camera, that leads there."""
    code = QrCodeWidget(link, barWidth=QR, barHeight=QR, barLevel="M")
    drawing = Drawing(QR, QR)
    drawing.add(code)
    return drawing
