"""Closed vocabularies of the volunteer service, as the glossary has them."""

from __future__ import annotations

from typing import Literal

# Beijing's time bank has eight classes of service (CCTV, 2022-01-20); the names are ours.
Service = Literal[
    "companionship", "errands", "meals", "cleaning", "health", "learning", "safety", "environment",
    "culture", "governance",
]  # fmt: skip
# How it is known that somebody served, and how well that is known: the first is the best.
Evidence = Literal["site_code", "receiver", "photo", "recorder", "paper", "own_word"]
Grade = Literal["a", "b", "c"]
GRADES: dict[Evidence, Grade] = {
    "site_code": "a",
    "receiver": "a",
    "photo": "b",
    "recorder": "b",
    "paper": "c",
    "own_word": "c",
}
RecordStatus = Literal["logged", "approved", "rejected", "reversed"]
RejectReason = Literal["not_served", "wrong_time", "double", "no_evidence", "wrong_person"]
ReverseReason = Literal["false_hours", "mistake", "double", "own_request"]
# Who needs care, as the territory service tags them.
Care = Literal[
    "empty_nest", "left_behind_child", "hardship", "disabled", "living_alone", "veteran",
]  # fmt: skip
# What somebody is to somebody else, as the register of the territory service has it.
Relation = Literal[
    "spouse", "parent", "child", "grandparent", "grandchild", "sibling", "guardian", "ward",
    "other_kin",
]  # fmt: skip
# Who awards a star: the county, the city, the province.
Level = Literal["county", "city", "province"]
BarReason = Literal["false_hours", "own_back_entry", "traded_hours"]
AccountStatus = Literal["new", "open", "closed"]
HelpStatus = Literal[
    "new", "open", "matched", "accepted", "done", "disputed", "confirmed", "withdrawn", "lapsed",
]  # fmt: skip
# Who pays for help: the receiver's own account, or the pool of the territory.
Payer = Literal["account", "pool"]
ClearingStatus = Literal["open", "closed"]
# What comes back again and again.
SeriesKind = Literal[
    "clinic", "salon", "theme_day", "festival", "visit", "clean_up", "training", "patrol",
]  # fmt: skip
MoveReason = Literal["weather", "holiday", "staff", "place", "emergency"]
SeriesEnd = Literal["done", "not_needed", "not_possible", "replaced"]
# Who holds a duty post, how often it is due, and what it is judged by (双轨考核).
DutyRole = Literal["cadre", "pioneer", "patrol", "building_head"]
Cadence = Literal["weekly", "shifts"]
Track = Literal["performance", "masses"]
PledgeKind = Literal["pay_first", "inform", "supervise", "help_neighbours"]
DutyEnd = Literal["term_over", "moved", "own_request", "replaced"]
