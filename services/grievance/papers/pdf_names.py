"""Names in a PDF: each letter may be written as itself or by its number, as `#4A`."""

from __future__ import annotations

END_OF_NAME = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"


def name(*words: str) -> bytes:
    """A pattern for these names, however they are written."""
    spelled = (b"".join(_letter(letter) for letter in word) for word in words)
    return b"/(?:" + b"|".join(spelled) + b")"


def _letter(letter: str) -> bytes:
    number = "".join(
        f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{ord(letter):02x}"
    )
    return f"(?:{letter}|#{number})".encode()
