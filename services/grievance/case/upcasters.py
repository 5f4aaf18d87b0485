"""Old payloads of case events to the next shape, dict to dict."""

from __future__ import annotations

from shared.core.catalogue import Payload, Upcasters


def as_it_was(fields: Payload) -> Payload:
    """The older shape could not say what the next one may leave out."""
    return fields


UPCASTERS: Upcasters = {
    ("petition-raised", 1): as_it_was,
    ("petition-raised", 2): as_it_was,
    ("petition-raised", 3): as_it_was,
    ("petition-raised", 4): as_it_was,
    ("case-accepted", 1): as_it_was,
    ("case-declined", 1): as_it_was,
    ("case-dispatched", 1): as_it_was,
    ("order-signed", 1): as_it_was,
    ("reply-submitted", 1): as_it_was,
    ("reply-submitted", 2): as_it_was,
    ("order-bounced", 1): as_it_was,
    ("remit-decided", 1): as_it_was,
    ("progress-noted", 1): as_it_was,
    ("assist-given", 1): as_it_was,
    ("site-verified", 1): as_it_was,
    ("callback-recorded", 1): as_it_was,
    ("callback-recorded", 2): as_it_was,
    ("clue-verified", 1): as_it_was,
    ("case-closed", 1): as_it_was,
    ("case-reopened", 1): as_it_was,
}
