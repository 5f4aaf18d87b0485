"""What those get who ask who looked."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.grievance.words import Shown
from shared.runtime.projections.watermarks import Watermark


class LookLine(BaseModel):
    """One look. `roles` and `unit` are those of the actor's token at that time. `case` is what was
    opened, `cases` what a search showed, `fields` the contact details in the answer. `reason` is
    why glass was broken, null where it was not and once the petitioner was erased. `of_actor` is
    whose looks were read."""

    position: int
    at: datetime
    actor: str
    roles: list[str]
    unit: str | None
    territory: str
    type: Literal[
        "case-opened", "evidence-exported", "register-searched", "glass-broken", "looks-read"
    ]
    case: UUID | None
    shown: Shown | None
    part: str | None
    fields: list[str]
    cases: list[UUID]
    of_actor: str | None
    redacted: bool | None
    reason: str | None


class LookPage(BaseModel):
    """Looks, the latest first; `next` continues them. All that were on record when it was asked are
    in it, this very one as well."""

    items: list[LookLine]
    next: int | None
    watermark: Watermark
