"""Closed vocabularies of casework, as the glossary has them."""

from __future__ import annotations

from typing import Literal

Channel = Literal[
    "hotline", "petition_letter", "petition_visit", "online", "app", "grid_report", "station",
    "courtyard", "deliberation_hall", "household_survey", "building_stall", "patrol", "whistle",
    "partner", "cadre_checkin", "referral_110", "leader_mailbox",
]  # fmt: skip
CaseType = Literal[
    "consult", "help", "complaint", "report", "suggest", "praise", "petition", "dispute", "repair",
    "clue",
]  # fmt: skip
Urgency = Literal["critical", "urgent", "normal", "complex"]
Outcome = Literal[
    "solved", "partly_solved", "explained", "referred", "shelved", "invalid", "unreasonable",
    "withdrawn", "duplicate",
]  # fmt: skip
DeclineReason = Literal["outside_remit", "in_litigation", "already_decided", "not_a_demand"]
# Reasons are chosen, not written: a written one could name a person in the clear.
CorrectionReason = Literal["entry_error", "source_error", "new_facts", "reclassified"]
Status = Literal[
    "new", "filed", "accepted", "not_accepted", "dispatched", "signed", "replied", "callback",
    "closed", "reopened",
]  # fmt: skip
OVER: frozenset[Status] = frozenset({"closed", "not_accepted"})
# Where an open case waits: its status, or `reached` once its callback got an answer.
Stage = Literal[
    "filed", "accepted", "dispatched", "signed", "replied", "callback", "reached", "reopened",
]  # fmt: skip
# The piles of a desk, by the first thing to do.
Group = Literal["accept", "dispatch", "sign", "reply", "callback", "close", "waiting"]
