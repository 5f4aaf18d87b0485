"""Old payloads of campaign events to the next shape, dict to dict."""

from __future__ import annotations

from shared.core.catalogue import Upcasters

UPCASTERS: Upcasters = {}
