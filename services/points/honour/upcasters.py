"""Old payloads of events about honours to the next shape, dict to dict. None has changed yet."""

from __future__ import annotations

from shared.core.catalogue import Upcasters

UPCASTERS: Upcasters = {}
