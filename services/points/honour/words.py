"""Closed vocabularies of honours, as the glossary has them."""

from __future__ import annotations

from typing import Literal

HonourStatus = Literal["new", "nominated", "noticed", "held", "declined", "withdrawn"]
Verdict = Literal["open", "upheld", "dismissed"]
DeclineReason = Literal[
    "merits_short", "objection_upheld", "not_entitled", "nominated_by_mistake", "own_wish"
]
WithdrawReason = Literal[
    "false_merits", "conduct", "granted_by_mistake", "no_longer_entitled", "own_wish"
]
