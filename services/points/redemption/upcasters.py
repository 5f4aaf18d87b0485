"""Old payloads of events about redemptions to the next shape. None has changed yet."""

from __future__ import annotations

from shared.core.catalogue import Upcasters

UPCASTERS: Upcasters = {}
