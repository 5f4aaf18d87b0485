"""Closed vocabulary of erasure."""

from __future__ import annotations

from typing import Literal

# Reasons are chosen, not written: a written one could name a person in the clear.
ErasureReason = Literal["own_request", "retention", "unlawful", "court_order"]
