"""Closed vocabularies of facilities, as the founding documents have them (S0 to S4)."""

from __future__ import annotations

from typing import Literal

FacilityKind = Literal[
    "service_station", "service_centre", "points_shop", "mediation_room", "deliberation_hall",
    "park", "square", "museum", "library", "culture_station", "elder_university", "elder_care",
    "youth_care", "veterans_home", "clinic", "market", "academy", "society", "image_hall",
    "corridor", "parking", "charging", "sports_ground", "information_station", "other",
]  # fmt: skip
# S4: one-stop window, deliberation hall, activity room, mediation corner, reading space.
Function = Literal[
    "one_stop_window", "deliberation", "activity_room", "mediation", "reading", "elder_care",
    "child_care", "health", "culture", "music", "dance", "calligraphy", "training", "sports",
    "party_life", "exhibition", "points_redemption", "information", "parking", "charging",
]  # fmt: skip
AssetKind = Literal[
    "mural", "lamp", "camera", "parking_space", "charging_pile", "lift", "pavilion", "bench",
    "fitness_equipment", "book", "other",
]  # fmt: skip
Status = Literal["none", "planned", "open", "closed"]
