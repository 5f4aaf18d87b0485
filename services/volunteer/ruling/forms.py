"""What clients send about rules: they take effect as they are sent, never late."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from services.volunteer.rules.book import VERSION, VolunteerRules
from shared.core.text import Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Position

Version = Annotated[str, Path(pattern=VERSION, description="As it was published: `2026.1`")]


class RulesPublication(Sent):
    """Let these rules be in force from the day on which they start, in their scope and below it; in
    the whole district where that is empty. Rules that started stay as they are for ever."""

    rules: VolunteerRules


class RulesWithdrawal(Sent):
    """Let rules that have not started never start."""


class RulesPreview(Sent):
    """What would change under these rules, were they in force."""

    rules: VolunteerRules


class RulesFilter(BaseModel):
    """By which rules those of which territory are judged; the actor's own where not said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None


class EligibleFilter(BaseModel):
    """Who reaches which star: of a subtree under the boundaries of today, under the rules in force
    there or those of another `version`. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    version: Annotated[str, Field(pattern=VERSION)] | None = None
    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    min_position: Position = 0


class PreviewFilter(BaseModel):
    """Which page of the people for whom something would change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
