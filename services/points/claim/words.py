"""Closed vocabularies of claims, as the glossary has them."""

from __future__ import annotations

from typing import Literal

ClaimStatus = Literal["new", "waiting", "approved", "rejected", "withdrawn"]
# Why a claim was not approved.
Refusal = Literal["not_done", "no_evidence", "double", "other_reason", "wrong_day", "wrong_person"]
