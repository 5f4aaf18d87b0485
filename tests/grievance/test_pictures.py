"""Photos are cleaned of all that is not the picture, and every byte of the picture stays."""

from __future__ import annotations

from struct import pack
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grievance.photos import refusal
from services.grievance.photos.jpeg import PIECE
from services.grievance.photos.pictures import cleaned, kind_of
from services.grievance.photos.refusal import NotAPicture
from tests.grievance.pictures import (
    BASELINE,
    LOSSLESS,
    LOSSY,
    PROGRESSIVE,
    SECRET,
    chunk,
    exif,
    jpeg_with,
    piece,
    png_with,
    segment,
    webp_with,
)

ICC = b"ICC_PROFILE\0\x01\x01" + b"profile"
ADOBE = b"Adobe\0\x64\0\0\0\0\x01"
SIGNATURE, REST = png_with()[:8], png_with()[8:]
HEADER, PIXELS, END = REST[:25], REST[25:-12], REST[-12:]
PLAIN = {
    "baseline": BASELINE, "progressive": PROGRESSIVE, "png": png_with(), "lossy": LOSSY,
    "lossless": LOSSLESS,
}  # fmt: skip
TELLING = {
    "exif": jpeg_with(segment(0xE1, exif(1))),
    "xmp": jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)),
    "comment": jpeg_with(segment(0xFE, SECRET)),
    "every application": jpeg_with(*(segment(0xE0 + n, SECRET) for n in range(16))),
    "small copy": jpeg_with(segment(0xE0, b"JFXX\0\x10" + SECRET)),
    "preview": jpeg_with(segment(0xE2, b"MPF\0" + SECRET)),
    "not a profile": jpeg_with(segment(0xEE, b"Adobe" + SECRET)),
    "in a progressive one": jpeg_with(segment(0xE1, exif(1)), picture=PROGRESSIVE),
    "after a jpeg": BASELINE + SECRET,
    "second picture": BASELINE + jpeg_with(segment(0xE1, exif(1))),
    "text": png_with(chunk(b"tEXt", SECRET)),
    "packed text": png_with(chunk(b"zTXt", SECRET)),
    "words": png_with(chunk(b"iTXt", SECRET)),
    "png exif": png_with(chunk(b"eXIf", exif(1))),
    "time": png_with(chunk(b"tIME", SECRET)),
    "unknown": png_with(chunk(b"seCr", SECRET)),
    "after a png": png_with() + SECRET,
    "webp exif": webp_with(piece(b"EXIF", exif(1))),
    "webp xmp": webp_with(piece(b"XMP ", SECRET)),
    "webp unknown": webp_with(piece(b"secr", SECRET), picture=LOSSLESS),
    "after a webp": LOSSY + SECRET,
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_picture_that_tells_nothing_stays_as_it_is(name: str) -> None:
    assert cleaned(PLAIN[name]) == PLAIN[name]


@pytest.mark.parametrize("name", TELLING)
def test_what_is_not_the_picture_is_taken_out(name: str) -> None:
    assert SECRET in TELLING[name]
    clean = cleaned(TELLING[name])
    assert SECRET not in clean
    assert b"Exif" not in clean
    assert cleaned(clean) == clean
    assert kind_of(clean) == kind_of(TELLING[name])


def test_of_a_jpeg_all_that_makes_the_picture_stays_byte_by_byte() -> None:
    for picture in (BASELINE, PROGRESSIVE):
        assert cleaned(jpeg_with(segment(0xE1, exif(1)), picture=picture) + SECRET) == picture
        colours = jpeg_with(segment(0xE2, ICC), segment(0xEE, ADOBE), picture=picture)
        assert cleaned(colours) == colours


@pytest.mark.parametrize("more", range(-3, 4))
def test_a_scan_ends_where_it_ends_wherever_that_is(more: int) -> None:
    scan = BASELINE.index(b"\xff\xda") + 2 + 8
    long = BASELINE[:-2] + bytes(PIECE - (len(BASELINE) - 2 - scan) + more)
    assert cleaned(long + b"\xff\xd9" + SECRET) == long + b"\xff\xd9"
    told = segment(0xFE, SECRET)
    assert cleaned(long + told + b"\xff\xd9") == long + b"\xff\xd9"


def test_the_small_picture_of_a_jfif_header_is_cut_off() -> None:
    header = b"JFIF\0\x01\x01\0\0\x01\0\x01"
    whole = BASELINE[:2] + segment(0xE0, header + b"\x02\x02" + SECRET) + BASELINE[20:]
    assert cleaned(whole) == BASELINE


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("up", range(2, 9))
def test_which_way_is_up_stays_and_nothing_else_of_what_the_camera_noted(
    up: int, order: str
) -> None:
    told = segment(0xE1, exif(up, order))
    clean = cleaned(jpeg_with(told))
    noted = b"Exif\0\0MM\0*" + pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, up, 0, 0)
    assert clean == BASELINE[:2] + segment(0xE1, noted) + BASELINE[2:]
    assert cleaned(clean) == clean


NONSENSE = (
    exif(0), exif(9), b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", exif(6)[:30],
    b"Exif\0\0XX" + SECRET,
)  # fmt: skip


@pytest.mark.parametrize("noted", NONSENSE)
def test_a_camera_that_noted_nonsense_is_not_asked(noted: bytes) -> None:
    assert cleaned(jpeg_with(segment(0xE1, noted))) == BASELINE


def test_a_webp_says_no_more_that_it_tells_anything() -> None:
    clean = cleaned(webp_with(piece(b"EXIF", exif(1)), piece(b"XMP ", SECRET), flags=0x1C))
    assert clean == webp_with(flags=0x10)


@pytest.mark.parametrize("name", PLAIN)
def test_a_picture_that_was_cut_off_is_refused(name: str) -> None:
    whole = PLAIN[name]
    for length in range(len(whole)):
        with pytest.raises(NotAPicture):
            cleaned(whole[:length])


@pytest.mark.parametrize(
    "other",
    [
        b"", b"GIF89a" + bytes(50), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7",
        b"\0\0\0\x18ftypheic" + bytes(50), b"RIFF\x10\0\0\0WAVE" + bytes(50), b"\xff\xd8\xff\xd9",
        png_with(chunk(b"CRIT", b"x")), png_with()[:8] + chunk(b"IEND", b""),
        png_with().replace(b"IDAT", b"IDAX"), webp_with(flags=0x02), webp_with(picture=LOSSY[:12]),
        jpeg_with(segment(0xC3, bytes(6))), jpeg_with(segment(0xC0, bytes([8, 0, 8, 0, 16]))),
        SIGNATURE + HEADER + END, SIGNATURE + HEADER + HEADER + PIXELS + END,
        SIGNATURE + PIXELS + HEADER + END, SIGNATURE + PIXELS + END,
        png_with(width=0), png_with(width=20_000, height=20_000),
    ],
)  # fmt: skip
def test_what_is_no_picture_that_browsers_show_is_refused(other: bytes) -> None:
    with pytest.raises(NotAPicture) as refused:
        cleaned(other)
    assert str(refused.value)


def test_a_file_of_nothing_but_parts_is_refused_soon() -> None:
    parts = segment(0xFE, b"") * 2_000_000
    began = perf_counter()
    with pytest.raises(NotAPicture, match="too many parts"):
        cleaned(jpeg_with(parts))
    assert perf_counter() - began < 1
    assert refusal.MOST_PARTS < 2_000_000


@given(
    picture=st.sampled_from([*PLAIN.values(), *TELLING.values()]),
    place=st.integers(0, 600),
    put=st.binary(max_size=9),
    skipped=st.integers(0, 9),
)
def test_whatever_is_broken_in_a_picture_is_refused_or_cleaned_for_good(
    picture: bytes, place: int, put: bytes, skipped: int
) -> None:
    broken = picture[:place] + put + picture[place + skipped :]
    try:
        clean = cleaned(broken)
    except NotAPicture:
        return
    assert cleaned(clean) == clean


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_first_ones_of_a_picture_are_refused_or_cleaned(rest: bytes) -> None:
    for first in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\0\0\0WEBPVP8 "):
        try:
            clean = cleaned(first + rest)
        except NotAPicture:
            continue
        assert cleaned(clean) == clean
