"""Old payloads of case events to the next shape, dict to dict."""

from __future__ import annotations

from shared.core.catalogue import Payload, Upcasters


def raised_1(fields: Payload) -> Payload:
    """Version 1 of `petition-raised` could not say what version 2 may leave out."""
    return fields


UPCASTERS: Upcasters = {("petition-raised", 1): raised_1}
