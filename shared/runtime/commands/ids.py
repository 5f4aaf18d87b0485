"""Ids: new ones in order of time, and such as follow from what they name."""

from __future__ import annotations

import hashlib
import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new id (RFC 9562, version 7): neighbours in time are neighbours in the index."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | (0x7 << 76) | ((random >> 68) << 64)
    return UUID(int=value | (0b10 << 62) | (random & ((1 << 62) - 1)))


def derived(*parts: str) -> UUID:
    """The id that follows from these words: the same words, the same id (RFC 9562, version 8)."""
    raw = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:16], "big")
    return UUID(int=raw & ~(0xF << 76) & ~(0b11 << 62) | (0x8 << 76) | (0b10 << 62))
