"""What can have happened to a campaign. The union is the catalogue."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.core.messages import Event
from shared.core.sealed import Sealed


class CampaignOpened(Event):
    """Something is done about a place on this day, such as `2026-05-01`, and from then on."""

    type: Literal["campaign-opened"] = "campaign-opened"
    name: str
    territory: str
    day: str


class CampaignCaseLinked(Event):
    """A case is dealt with in it."""

    type: Literal["campaign-case-linked"] = "campaign-case-linked"
    case_id: UUID


class CampaignResultRecorded(Event):
    """So many kilograms of rubbish were taken away by so many people."""

    type: Literal["campaign-result-recorded"] = "campaign-result-recorded"
    rubbish_kg: int
    people: int
    words: Sealed | None = None


class CampaignClosed(Event):
    """It is over."""

    type: Literal["campaign-closed"] = "campaign-closed"


CampaignEvent = Annotated[
    CampaignOpened | CampaignCaseLinked | CampaignResultRecorded | CampaignClosed,
    Field(discriminator="type"),
]
