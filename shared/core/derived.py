"""Ids that follow from what they name."""

from __future__ import annotations

import hashlib
from uuid import UUID


def derived(*parts: str) -> UUID:
    """The id that follows from these words: the same words, the same id (RFC 9562, version 8)."""
    raw = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:16], "big")
    return UUID(int=raw & ~(0xF << 76) & ~(0b11 << 62) | (0x8 << 76) | (0b10 << 62))
