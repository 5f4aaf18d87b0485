"""A paper as a PDF: the same paper is the same bytes. The font is one that every reader of PDF
brings along, so nothing is embedded; what it has no sign for is shown as a box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

FONT, BOX = "STSong-Light", "□"
# Signs of their own they are not, but orders to whoever draws; or marks on the sign before.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Mn", "Me"})
PLAIN = ParagraphStyle(
    "plain", fontName=FONT, fontSize=12, leading=21, wordWrap="CJK", spaceAfter=3 * mm
)
HEADING = ParagraphStyle("heading", PLAIN, fontSize=13, spaceBefore=4 * mm, spaceAfter=1 * mm)
TOP = ParagraphStyle("top", PLAIN, fontSize=22, leading=34, alignment=TA_CENTER, spaceAfter=8 * mm)
SIGNED = ParagraphStyle("signed", PLAIN, alignment=TA_RIGHT, spaceAfter=0)
SMALL = ParagraphStyle("small", PLAIN, fontSize=9, leading=14, spaceBefore=10 * mm)

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pages(flow: Iterable[Flowable], title: str, foot: str) -> bytes:
    """Pages of A4 with what flows over them; each has at its foot this text and its number."""
    made = BytesIO()
    sheet = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm, topMargin=25 * mm,
        bottomMargin=25 * mm, invariant=1, title=title, lang="zh-CN",
    )  # fmt: skip

    def below(canvas: Any, page: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 14 * mm, f"{foot}　第 {page.page} 页")

    sheet.build([*flow], onFirstPage=below, onLaterPages=below)
    return made.getvalue()


def shown(text: str) -> str:
    """The text in signs that the font has; a box for each it has not."""
    return "".join(_sign(one) for one in text)


def _sign(one: str) -> str:
    if one.isascii() and one.isprintable():
        return one
    if unicodedata.category(one) in UNSEEN:
        return " " if one == "\t" else ""
    try:
        return one if len(one.encode("gbk")) == 2 else BOX
    except UnicodeEncodeError:
        return BOX


def told(text: str, style: ParagraphStyle = PLAIN) -> Iterator[Paragraph]:
    """A paragraph for each line; nothing in a text is an order to whoever sets it."""
    for line in text.splitlines():
        if said := shown(line).strip():
            yield Paragraph(escape(said), style)
