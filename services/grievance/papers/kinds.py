"""What a file of evidence is, by its bytes, how large it may be, and how it is cleaned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from services.grievance.case.papers import PaperKind
from services.grievance.papers import pdf
from services.grievance.papers.refusal import NotAPaper
from services.grievance.photos import pictures
from services.grievance.photos.refusal import NotAPicture

PDF: PaperKind = "application/pdf"
LARGEST_PAPER, LARGEST_PICTURE = 20 * 1_048_576, 10 * 1_048_576


class Taken(NamedTuple):
    """How a kind is taken: up to so many bytes, cleaned so."""

    largest: int
    cleaned: Callable[[bytes], bytes]


TAKEN: Mapping[PaperKind, Taken] = {
    PDF: Taken(LARGEST_PAPER, pdf.cleaned),
    **{
        cast("PaperKind", kind): Taken(LARGEST_PICTURE, cleaned)
        for kind, cleaned in pictures.CLEANED.items()
    },
}


def kind_of(content: bytes) -> PaperKind:
    """Its media type. Raises NotAPaper."""
    if content.startswith(b"%PDF-"):
        return PDF
    try:
        return cast("PaperKind", pictures.kind_of(content))
    except NotAPicture as fault:
        raise NotAPaper("this is no PDF and no picture") from fault


def cleaned(content: bytes, kind: PaperKind) -> bytes:
    """The same without what it tells unseen. Raises NotAPaper, also for one of another kind."""
    if kind_of(content) != kind:
        raise NotAPaper(f"this is no {kind}")
    try:
        return TAKEN[kind].cleaned(content)
    except NotAPicture as fault:
        raise NotAPaper(str(fault)) from fault
