"""What a picture is, by its bytes and not by what it is called, and how it is cleaned."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.grievance.photos import jpeg, png, webp
from services.grievance.photos.refusal import NotAPicture

CLEANED: Mapping[str, Callable[[bytes], bytes]] = {
    "image/jpeg": jpeg.cleaned,
    "image/png": png.cleaned,
    "image/webp": webp.cleaned,
}


def kind_of(picture: bytes) -> str:
    """Its media type. Raises NotAPicture."""
    if picture.startswith(jpeg.SOI):
        return "image/jpeg"
    if picture.startswith(png.SIGNATURE):
        return "image/png"
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    raise NotAPicture("this is no JPEG, PNG or WebP picture")


def cleaned(picture: bytes) -> bytes:
    """The same picture without place, time, device, words or small copies. Raises NotAPicture."""
    return CLEANED[kind_of(picture)](picture)
