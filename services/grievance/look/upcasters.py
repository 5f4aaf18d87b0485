"""Old payloads of looks to the next shape, dict to dict: there are none yet."""

from __future__ import annotations

from shared.core.catalogue import Upcasters

UPCASTERS: Upcasters = {}
