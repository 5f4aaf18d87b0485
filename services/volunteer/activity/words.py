"""Closed vocabularies of activities."""

from __future__ import annotations

from typing import Literal

ActivityStatus = Literal["new", "planned", "cancelled", "held"]
# 组团式, 主题式, 清单式.
Mode = Literal["team_based", "theme_based", "list_based"]
# The six deliveries first: policy, culture, health, blessing, safety, warmth.
Kind = Literal[
    "policy", "culture", "health", "blessing", "safety", "warmth", "patrol", "cleaning", "elders",
    "children", "festival", "training", "salon", "market", "other",
]  # fmt: skip
CancelReason = Literal["weather", "few_people", "emergency", "other_date"]
# How somebody was seen to come. Who notes oneself is only believed so far.
Arrival = Literal["site_code", "recorder", "photo", "own_word"]
# came: to the end; left: came, and went early; absent: did not come.
Attended = Literal["came", "left", "absent"]
