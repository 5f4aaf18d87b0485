"""Closed vocabularies of casework, as the glossary has them."""

from __future__ import annotations

from typing import Literal

Channel = Literal[
    "hotline", "petition_letter", "petition_visit", "online", "app", "grid_report", "station",
    "courtyard", "deliberation_hall", "household_survey", "building_stall", "patrol", "whistle",
    "partner", "cadre_checkin", "referral_110", "leader_mailbox",
]  # fmt: skip
# Found before anyone complained (未诉先办): by patrol or grid ÷ all is the proactive rate.
PROACTIVE: frozenset[Channel] = frozenset({"patrol", "grid_report"})
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
BounceReason = Literal["not_our_remit", "wrong_place", "needs_another_lead", "no_power"]
ProlongReason = Literal["materials", "weather", "other_units", "procedure", "complexity"]
RaiseReason = Literal["redone_too_often", "no_lead"]
ExclusionReason = Literal["unreasonable", "beyond_law", "malicious", "force_majeure"]
Relation = Literal["duplicate_of", "has_duplicate"]
Status = Literal[
    "new", "filed", "accepted", "not_accepted", "dispatched", "bounced", "signed", "replied",
    "callback", "redo", "shelved", "closed", "reopened",
]  # fmt: skip
OVER: frozenset[Status] = frozenset({"closed", "not_accepted"})
# Where an open case waits: its status, or `reached` once its callback got an answer.
Stage = Literal[
    "filed", "accepted", "dispatched", "bounced", "signed", "replied", "callback", "reached",
    "redo", "shelved", "reopened",
]  # fmt: skip
# The piles of a desk, by the first thing to do.
Group = Literal[
    "accept", "dispatch", "remit", "sign", "reply", "callback", "close", "review", "waiting",
]  # fmt: skip
# What was asked for and is decided by another person.
Asked = Literal["no", "asked", "granted", "refused"]
# What has to be done by a time that an event names, and is missed when it is not.
Clock = Literal[
    "dispatch", "answer", "sign", "contact", "handle", "extension", "remit", "redo", "callback",
    "review", "supervision", "exclusion",
]  # fmt: skip
# Until when something can be asked for: nobody misses it.
Window = Literal["bounce", "reopen"]
# What is told to the petitioner when it happens.
ToldOf = Literal[
    "accepted", "not_accepted", "dispatched", "progress", "prolonged", "replied", "redo", "shelved",
    "reviewed", "closed", "reopened", "withdrawn", "duplicate",
]  # fmt: skip
NoticeStatus = Literal["none", "owed", "delivered", "given_up", "undeliverable"]
# Ways to reach somebody. `outbox` is a page here: nothing leaves.
PortName = Literal["gateway", "email", "webhook", "outbox"]
FailureReason = Literal[
    "timed_out", "unreachable", "busy", "not_let_in", "refused", "faulty"
]  # fmt: skip
# They left nothing, are erased, left nothing that a port of ours can use, or every port refused.
UndeliverableReason = Literal["no_contact", "erased", "no_port", "refused"]
# What a petitioner is told of: where it led to, or what was done meanwhile.
FollowedAs = Literal[
    "filed", "accepted", "not_accepted", "dispatched", "bounced", "signed", "contacted",
    "progress", "prolonged", "replied", "callback", "redo", "shelved", "reviewed", "closed",
    "reopened",
]  # fmt: skip
# When a whistle may be blown: what is beyond the subdistrict, what several units enforce together,
# what cannot wait.
WhistleReason = Literal["beyond_subdistrict", "joint_enforcement", "emergency"]
# How a unit stands to a whistle: `excused` is who was still in time when it ended.
Standing = Literal["awaited", "in_time", "late", "absent", "excused", "unasked"]
# What of a case is shown: `petition` is what its petitioner sees of it, by number and code.
Shown = Literal["case", "timeline", "notices", "photo", "file", "letter", "petition"]
