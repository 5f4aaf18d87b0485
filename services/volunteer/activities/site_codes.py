"""The code on site: six digits that whoever is there can read, other ones every five minutes."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

WINDOW = timedelta(minutes=5)
DIGITS = 6


class SiteCodes:
    """Codes that nobody keeps: they follow from the activity, the time and a key derived from the
    root of the key store, in every process alike."""

    def __init__(self, root: bytes) -> None:
        self._key = hmac.digest(root, b"linli.site-code.v1", "sha256")

    def of(self, activity: UUID, moment: datetime) -> str:
        """The code of an activity at this moment."""
        return self._code(activity, _window(moment))

    def fits(self, activity: UUID, code: str, moment: datetime) -> bool:
        """Whether it is the code of this window or of the one before."""
        now = _window(moment)
        return any([compare_digest(self._code(activity, one), code) for one in (now, now - 1)])

    def _code(self, activity: UUID, window: int) -> str:
        raw = hmac.digest(self._key, activity.bytes + window.to_bytes(8, "big"), "sha256")
        return f"{int.from_bytes(raw[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def lasts_until(moment: datetime) -> datetime:
    """When another code is shown."""
    return datetime.fromtimestamp((_window(moment) + 1) * WINDOW.seconds, moment.tzinfo)


def _window(moment: datetime) -> int:
    return int(moment.timestamp()) // WINDOW.seconds
