"""A campaign as its rules see it: no more than a decision asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

CampaignStatus = Literal["new", "open", "closed"]


@dataclass(frozen=True)
class Campaign:
    """`cases` are dealt with in it; `opened_at` is when it was."""

    status: CampaignStatus = "new"
    territory: str = ""
    day: str = ""
    cases: frozenset[UUID] = frozenset()
    opened_at: datetime | None = None
