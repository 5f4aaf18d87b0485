"""Vocabulary of redemptions."""

from __future__ import annotations

from typing import Literal

RedemptionStatus = Literal["new", "held", "fulfilled", "cancelled"]
# Why what was put aside is free again.
CancelReason = Literal["own_request", "not_fetched", "not_there", "recalled"]
# How it was known who fetched it: by the code, or by who they are.
Shown = Literal["code", "person"]
ReturnReason = Literal["faulty", "wrong_item", "not_wanted"]
