"""Ids: new ones in order of time, and such as follow from what they name."""

from __future__ import annotations

import os
import time
from uuid import UUID

from shared.core.derived import derived as derived


def uuid7() -> UUID:
    """A new id (RFC 9562, version 7): neighbours in time are neighbours in the index."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds << 80) | (0x7 << 76) | ((random >> 68) << 64)
    return UUID(int=value | (0b10 << 62) | (random & ((1 << 62) - 1)))
