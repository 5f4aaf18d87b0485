"""Text that people wrote, as every store downstream can hold it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

# NUL and the other control characters but tab and line ends; halves of surrogate pairs.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def storable(text: str) -> str:
    """The same text. Raises ValueError when it holds a character no store can keep."""
    found = UNSTORABLE.search(text)
    if found:
        code = ord(found.group())
        raise ValueError(f"holds the character U+{code:04X} at {found.start()}, which is not text")
    return text


Word = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    AfterValidator(storable),
]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500, strip_whitespace=True),
    AfterValidator(storable),
]
Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100_000, strip_whitespace=True),
    AfterValidator(storable),
]
