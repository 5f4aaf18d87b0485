"""Closed vocabularies of the points service, as the glossary has them."""

from __future__ import annotations

from typing import Literal

# Whose account it is. A household's is kept by one of its people.
Holder = Literal["person", "household"]
# Whose honour it is.
HonourHolder = Literal["person", "household", "building", "community"]
# Who grants it.
HonourLevel = Literal["community", "subdistrict", "county", "city", "province", "nation"]
AccountStatus = Literal["new", "open"]
HoldStatus = Literal["open", "spent", "free"]
# What happened elsewhere for which points may be given. The last two are told by nobody yet.
Deed = Literal[
    "hours_approved", "clue_verified", "callback_answered", "honour_granted",
    "deliberation_attended", "mediation_succeeded",
]  # fmt: skip
Unit = Literal["each", "hour"]
# How it has to be shown that something was done.
Evidence = Literal["none", "words", "photo"]
Expires = Literal["never", "days", "month_end", "year_end"]
ReversalReason = Literal["reversed_at_source", "mistake", "double", "false_claim"]
# For how long a limit counts what somebody took of an item.
Span = Literal["day", "month", "year", "ever"]
