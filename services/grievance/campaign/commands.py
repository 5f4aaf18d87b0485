"""What people may ask of a campaign. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.case.ruled import RuledCommand
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class OpenCampaign(RuledCommand):
    name: str
    territory: str
    day: str


@dataclass(frozen=True, kw_only=True)
class LinkCampaignCase(RuledCommand):
    """The case says so, too."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordCampaignResult(RuledCommand):
    rubbish_kg: int
    people: int
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class CloseCampaign(RuledCommand):
    pass


CampaignCommand = OpenCampaign | LinkCampaignCase | RecordCampaignResult | CloseCampaign
