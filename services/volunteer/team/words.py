"""Closed vocabularies of teams."""

from __future__ import annotations

from typing import Literal

TeamStatus = Literal["new", "active", "merged", "dissolved"]
TeamKind = Literal[
    "general", "women", "veterans", "youth", "elders", "party", "patrol", "medical", "culture",
    "environment", "trade",
]  # fmt: skip
