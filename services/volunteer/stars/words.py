"""Closed vocabularies of stars, as the glossary has them."""

from __future__ import annotations

from typing import Literal

# Of an application: there is none, it waits, it is on public notice.
StarStatus = Literal["none", "applied", "noticed"]
RefuseStarReason = Literal[
    "hours_short", "objection_upheld", "conduct", "papers_missing", "withdrew"
]
RevokeReason = Literal["false_hours", "hours_reversed", "conduct", "awarded_by_mistake", "own_wish"]
