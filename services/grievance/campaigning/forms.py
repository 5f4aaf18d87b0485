"""What clients send about a campaign, and what they may ask for."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Prose, Word
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Day, Position


class Opening(Form):
    """Do something about a place, on this day and from then on. `name` is for everyone to read: it
    names no person."""

    name: Word
    territory: Word
    day: Day


class Linking(Form):
    """Deal with a case in the campaign: named by its id, its number or its reference."""

    case: Word


class Outcome(Form):
    """So many kilograms of rubbish were taken away, by so many people. Several results add up."""

    SEALED = ("words",)

    rubbish_kg: Annotated[int, Field(ge=0, le=100_000_000)]
    people: Annotated[int, Field(ge=0, le=1_000_000)]
    words: Prose | None = None


class Closing(Form):
    """End it."""


class CampaignFilter(BaseModel):
    """Which campaigns: of a subtree under the boundaries of today, those that are `open` or not.
    `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    open: bool | None = None
    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0
