"""The code by which somebody fetches what they chose: eight digits that follow from the redemption
and a key derived from the root of the key store. Nobody keeps them; the log has what a code is
known by, from which only the key leads to the code."""

from __future__ import annotations

import hmac
from uuid import UUID

DIGITS = 8


class PickupCodes:
    """Codes, the same in every process."""

    def __init__(self, root: bytes) -> None:
        self._codes = hmac.digest(root, b"linli.pickup-code.v1", "sha256")
        self._digests = hmac.digest(root, b"linli.pickup-digest.v1", "sha256")

    def of(self, redemption: UUID) -> str:
        """The code of a redemption."""
        raw = hmac.digest(self._codes, redemption.bytes, "sha256")
        return f"{int.from_bytes(raw[:8], 'big') % 10**DIGITS:0{DIGITS}}"

    def digest(self, code: str) -> str:
        """What a code is known by."""
        return hmac.digest(self._digests, code.encode(), "sha256")[:16].hex()
