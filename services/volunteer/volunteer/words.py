"""Closed vocabularies of volunteers."""

from __future__ import annotations

from typing import Literal

VolunteerStatus = Literal["new", "active", "ended"]
Skill = Literal[
    "medicine", "nursing", "law", "teaching", "repair", "driving", "cooking", "haircutting",
    "languages", "computers", "music", "counselling", "first_aid", "gardening",
]  # fmt: skip
EndReason = Literal["own_wish", "moved_away", "health", "died", "registered_twice"]
