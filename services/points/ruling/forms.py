"""What clients send about rules: they take effect as they are sent, never late."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict

from services.points.rules.book import VERSION, PointsRules
from shared.core.text import Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Month

Version = Annotated[str, Path(pattern=VERSION, description="As it was published: `2026.1`")]


class RulesPublication(Sent):
    """Let these rules be in force from the day on which they start, in their scope and below it; in
    the whole district where that is empty. Rules that started stay as they are for ever."""

    rules: PointsRules


class RulesWithdrawal(Sent):
    """Let rules that have not started never start."""


class RulesPreview(Sent):
    """What these rules would have given for what was done from the month `first` to the month
    `last`, both in; in the twelve months before this one where that is not said."""

    rules: PointsRules
    first: Month | None = None
    last: Month | None = None


class RulesFilter(BaseModel):
    """The rules of which territory are asked for; of the actor's own where not said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
