"""What a petitioner takes home: a number to read out, and a code that shows it is theirs.

A code is eight characters of Crockford's base 32, 40 bits of chance. It is no password: it opens
one petition, tries at it are few, and whoever has it sees no contact details.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import datetime
from typing import NamedTuple

from services.grievance.case.events import PetitionRaised
from shared.core.envelope import Recorded
from shared.core.local_time import day_of

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
# What is read out or typed instead: letters that look like digits.
MEANT = str.maketrans("OIL", "011")
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.·]+")
NUMBER = re.compile("([0-9]{8})([1-9][0-9]{0,17})")


class Place(NamedTuple):
    """A petition's place: the day it went on record, in Beijing, and its position in the log."""

    day: str
    position: int


def new_code() -> str:
    """A code that nobody can guess, as it is kept."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """The code as people read it: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str:
    """The code that is meant, however it is written. Raises ValueError for what is none."""
    code = _plain(text).translate(MEANT)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise ValueError("a code is eight letters and digits, such as 7KQX-2M9P")
    return code


def place_of(petition: Recorded[PetitionRaised]) -> Place:
    """Where a petition is."""
    return Place(day_of(petition.recorded_at), petition.position)


def number_of(petition: Recorded[PetitionRaised]) -> str:
    """The number of a petition, such as `20261122-1042`."""
    return number_at(petition.recorded_at, petition.position)


def number_at(recorded_at: datetime, position: int) -> str:
    """The number of the petition that went on record then, at this position."""
    return f"{day_of(recorded_at).replace('-', '')}-{position}"


def read_number(text: str) -> Place | None:
    """The place that is meant, however the number is written; None for what is no number."""
    found = NUMBER.fullmatch(_plain(text))
    if found is None:
        return None
    day, position = found.groups()
    return Place(f"{day[:4]}-{day[4:6]}-{day[6:]}", int(position))


def _plain(text: str) -> str:
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
