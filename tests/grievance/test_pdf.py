"""PDF: what says who made it goes, what is more than pages is refused, and nothing is moved."""

from __future__ import annotations

from io import BytesIO
from zlib import compress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from services.grievance.papers import pdf_streams
from services.grievance.papers.pdf import cleaned
from services.grievance.papers.refusal import NotAPaper
from tests.grievance.papers import AUTHOR, PLAIN, pdf, stream
from tests.grievance.pictures import BASELINE, SECRET, exif, jpeg_with, segment

SCRIPT = b"<</S /JavaScript /JS (app.alert\\(1\\))>>"
PACKED = b"/Type /ObjStm /N 1 /First 4 "
XREF = stream(b"\0" * 12, b"/Type /XRef /W [1 1 1] ")


def test_who_made_it_is_taken_out_and_every_page_stays_where_it_was() -> None:
    assert AUTHOR in PLAIN
    clean = cleaned(PLAIN)
    assert len(clean) == len(PLAIN)
    assert AUTHOR not in clean
    assert b"Producer" not in clean
    changed = [place for place in range(len(clean)) if clean[place] != PLAIN[place]]
    begin = PLAIN.index(b"3 0 obj")
    assert begin < min(changed)
    assert max(changed) < PLAIN.index(b"endobj", begin)
    assert cleaned(clean) == clean


def test_metadata_and_what_photos_say_are_taken_out() -> None:
    xmp = b"<x:xmpmeta><dc:creator>" + AUTHOR + b"</dc:creator></x:xmpmeta>"
    picture = jpeg_with(segment(0xE1, exif(1)))
    told = b"/Type /XObject /Subtype /Image /Filter /DCTDecode "
    for deflated in (True, False):
        made = pdf(
            stream(xmp, b"/Type /Metadata /Subtype /XML ", deflated),
            stream(picture, told, deflated=False),
        )
        clean = cleaned(made)
        assert len(clean) == len(made)
        assert xmp not in clean
        assert compress(xmp) not in clean
        assert SECRET not in clean
        assert BASELINE[100:] in clean


def test_what_stands_after_the_end_is_dropped() -> None:
    assert cleaned(PLAIN + b"PK\x03\x04 an archive") == cleaned(PLAIN)


def test_what_a_program_has_written_is_taken() -> None:
    written = BytesIO()
    canvas = Canvas(written)
    canvas.setAuthor(AUTHOR.decode())
    canvas.drawString(72, 72, "Hello")
    canvas.linkURL("https://example.org", (0, 0, 10, 10))
    canvas.save()
    assert AUTHOR not in cleaned(written.getvalue())
    packed = pdf(stream(b"5 0 <</Type /Font>>", PACKED), XREF)
    assert AUTHOR not in cleaned(packed)
    assert cleaned(pdf(catalog=b"/OpenAction [1 0 R /Fit] /X <</S /URI>>"))


@pytest.mark.parametrize(
    "words",
    [
        b"/S /JavaScript", b"/S/J#61vaScript", b"/S /#4A#61v#61Script", b"/S /Launch",
        b"/Type /EmbeddedFile", b"/EmbeddedFiles 5 0 R", b"/S /SubmitForm", b"/XFA 5 0 R",
        b"/S /GoToR", b"/Subtype /RichMedia", b"/Encrypt 5 0 R", b"/ByteRange [0 1 2 3]",
        b"/OpenAction <</S /URI /URI (https://example.org)>>", b"/AA 5 0 R /X <</S /URI>>",
    ],
)  # fmt: skip
def test_what_is_more_than_pages_is_refused_wherever_it_stands(words: bytes) -> None:
    told = b"<<" + words + b">>"
    for made in (
        pdf(told),
        pdf(catalog=words),
        pdf(stream(b"7 0 " + told, PACKED), XREF),
        pdf(stream(bytes(pdf_streams.PIECE - 8) + told)),
        pdf(stream(told, b"/Length 0 ")),
    ):
        with pytest.raises(NotAPaper):
            cleaned(made)


def test_a_script_before_a_fault_in_a_stream_is_found() -> None:
    broken = compress(SCRIPT + bytes(4_000))[:-10] + b"\xff" * 40
    with pytest.raises(NotAPaper, match="script"):
        cleaned(pdf(b"<</Filter /FlateDecode>>\nstream\n" + broken + b"\nendstream"))


@pytest.mark.parametrize(
    "told",
    [
        b"/Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode /X ",
        b"/N 1 /First 4 /Filter [/ASCII85Decode /FlateDecode] /X ",
        b"/N 1 /F#69rst 4 /DecodeParms <</Predictor 12>> ",
        b"/N 1 /First 4 /X (\n9 0 obj <<) ",
        b"/N 1 /First 4 % \n9 0 obj << (\n",
    ],
)
def test_objects_that_are_packed_in_an_unusual_way_are_refused(told: bytes) -> None:
    with pytest.raises(NotAPaper, match="unusual"):
        cleaned(pdf(stream(b"5 0 <<>>", told), XREF))


def test_what_cannot_be_cleaned_is_refused() -> None:
    with pytest.raises(NotAPaper, match="cannot be taken out"):
        cleaned(pdf(stream(b"9 0 <</Author (Z)>>", PACKED), info="9 0 R"))
    with pytest.raises(NotAPaper, match="wrong place"):
        cleaned(pdf(info="<</Author (Z)>>"))


@pytest.mark.parametrize(
    "broken",
    [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-9.9\n" + PLAIN[9:], b"\n" + PLAIN, b"<html>",
     PLAIN[:-20], PLAIN[: len(PLAIN) // 2], PLAIN.replace(b"startxref\n", b"startxref\n9"),
     PLAIN.replace(b"startxref", b"startxxxx")],
)  # fmt: skip
def test_what_is_broken_or_cut_off_is_refused(broken: bytes) -> None:
    with pytest.raises(NotAPaper):
        cleaned(broken)


def test_what_unpacks_to_more_than_anyone_reads_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_streams, "MOST_INFLATED", 3 << 20)
    monkeypatch.setattr(pdf_streams, "MOST_STREAMS", 30)
    assert cleaned(pdf(stream(bytes(1 << 20))))
    with pytest.raises(NotAPaper, match="too much"):
        cleaned(pdf(*[stream(bytes(1 << 20))] * 4))
    with pytest.raises(NotAPaper, match="too many"):
        cleaned(pdf(*[stream(b"x")] * 31))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_sent_is_taken_or_refused(data: st.DataObject) -> None:
    made = bytearray(pdf(stream(b"5 0 <</Type /Font>>", PACKED), XREF))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(made) - 1))
        made[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    try:
        clean = cleaned(bytes(made))
    except NotAPaper:
        return
    assert len(clean) <= len(made) + 1
