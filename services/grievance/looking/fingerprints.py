"""Fingerprints of what is searched for: nobody reads in the access log what somebody typed, but
who has the words finds who searched for them."""

from __future__ import annotations

import re
import unicodedata

from shared.runtime.web.requests import Fingerprints

BYTES = 16
MOST = 12
LONGEST = 15  # digits of a number (ITU-T E.164)
PHONE = re.compile(r"(?:\+|00)?[0-9][0-9()\- ]{4,30}")
HOME = re.compile(r"^(?:00)?86(?=1[0-9]{10}$)")


def fingerprints(keyed: Fingerprints, text: str) -> tuple[str, ...]:
    """One of each word in the order written, in hexadecimal digits; wide and capital letters are as
    narrow and small ones. A telephone number is one word, however it is parted, with 86 before it
    or without."""
    found = dict.fromkeys(_words(text))
    return tuple(keyed.of(f"searched {word}".encode()).hex()[: BYTES * 2] for word in found)[:MOST]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    numbers = [one for found in PHONE.finditer(plain) for one in _numbers(found.group())]
    return [*numbers, *PHONE.sub(" ", plain).split()]


def _numbers(written: str) -> list[str]:
    """What is too long for one number is several."""
    parts = [written] if len(re.sub(r"\D", "", written)) <= LONGEST else written.split()
    return [HOME.sub("", digits) for part in parts if (digits := re.sub(r"\D", "", part))]
