"""Closed vocabularies of the territory service, as the glossary has them."""

from __future__ import annotations

from typing import Literal

# What the other one is to the person who says so.
Relation = Literal[
    "spouse", "parent", "child", "grandparent", "grandchild", "sibling", "guardian", "ward",
    "other_kin",
]  # fmt: skip
CareTag = Literal[
    "empty_nest", "left_behind_child", "hardship", "disabled", "living_alone", "veteran",
]  # fmt: skip
# What for a person may be called or visited.
Purpose = Literal["service_visit", "notice", "activity", "callback", "survey", "emergency"]
ResidentStatus = Literal["new", "living", "left", "merged", "erased"]
