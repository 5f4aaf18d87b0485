"""The serial of a certificate: short, easy to read out, and one mistyped sign is noticed. Pure.

Eleven signs and one that checks them, of an alphabet of 31 without those that look alike. Each
place counts with a weight of its own; 31 is a prime, so one wrong sign, and any two that changed
places, never add up.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4


def serial_of(command_id: UUID) -> str:
    """The serial that follows from a command: every retry of it gets the same."""
    rest = int.from_bytes(sha256(b"certificate" + command_id.bytes).digest())
    signs = []
    for _ in range(LENGTH - 1):
        rest, place = divmod(rest, len(ALPHABET))
        signs.append(ALPHABET[place])
    body = "".join(signs)
    return body + ALPHABET[-_sum(body) % len(ALPHABET)]


def spelled(serial: str) -> str:
    """As it is printed: `7K3M-Q2XD-94FC`, in groups of four."""
    return "-".join(serial[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(text: str) -> str | None:
    """The serial that somebody typed, in groups or not; None where it cannot be one."""
    serial = "".join(one for one in text.upper() if one not in "- \t\u3000")
    if len(serial) != LENGTH or any(one not in ALPHABET for one in serial):
        return None
    return serial if _sum(serial) % len(ALPHABET) == 0 else None


def _sum(signs: str) -> int:
    """The check sign has the weight 1."""
    return sum(ALPHABET.index(one) * (LENGTH - at) for at, one in enumerate(signs))
