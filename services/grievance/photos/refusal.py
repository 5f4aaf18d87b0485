"""Why a file is not taken as a photo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

# More than phones make, and no more than browsers show: a small file may stand for a huge picture.
MOST_PIXELS = 100_000_000
MOST_PARTS = 20_000


class NotAPicture(Exception):
    """The bytes are no picture of a kind we take, or a broken one; the message says which."""


def check_size(width: int, height: int) -> None:
    """Raises NotAPicture for a picture of no size, and for one that is too large."""
    if not width or not height:
        raise NotAPicture("the picture has no size")
    if width * height > MOST_PIXELS:
        raise NotAPicture("the picture has more than 100 million pixels")


def few(parts: Iterable[T]) -> Iterator[T]:
    """The same parts. Raises NotAPicture for a file that has nothing but parts."""
    for number, part in enumerate(parts):
        if number == MOST_PARTS:
            raise NotAPicture("the picture is made of too many parts")
        yield part
