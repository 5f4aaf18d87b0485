"""Closed vocabularies of the dashboard: what others call things, as far as it shows them."""

from __future__ import annotations

from typing import Literal

# Where a case can stand once it is on the register.
Status = Literal[
    "filed", "accepted", "not_accepted", "dispatched", "bounced", "signed", "replied", "callback",
    "redo", "shelved", "closed", "reopened",
]  # fmt: skip
