"""The life of a campaign: opened, its cases and results put on record, closed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime
from typing import assert_never

from services.grievance.campaign.commands import (
    CampaignCommand,
    CloseCampaign,
    LinkCampaignCase,
    OpenCampaign,
    RecordCampaignResult,
)
from services.grievance.campaign.events import (
    CampaignCaseLinked,
    CampaignClosed,
    CampaignEvent,
    CampaignOpened,
    CampaignResultRecorded,
)
from services.grievance.campaign.state import Campaign, CampaignStatus
from services.grievance.campaign.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.state import replace

ALLOWED: Mapping[type[CampaignCommand], Set[CampaignStatus]] = {
    OpenCampaign:         {"new"},
    LinkCampaignCase:     {"open"},
    RecordCampaignResult: {"open"},
    CloseCampaign:        {"open"},
}  # fmt: skip


def decide(command: CampaignCommand, campaign: Campaign) -> list[CampaignEvent]:
    """The events a command leads to. Raises Rejected."""
    if campaign.status not in ALLOWED[type(command)]:
        when = " or ".join(sorted(ALLOWED[type(command)]))
        raise Rejected(f"campaign_is_{campaign.status}", f"possible while the campaign is {when}")
    event = _decide(command, campaign)
    if command.late_reason is None:
        return [event]
    return [event.model_copy(update={"late_reason": command.late_reason})]


def evolve(campaign: Campaign, event: CampaignEvent) -> Campaign:
    """The campaign after the event."""
    match event:
        case CampaignOpened(territory=territory, day=day, at=at):
            return replace(campaign, status="open", territory=territory, day=day, opened_at=at)
        case CampaignCaseLinked(case_id=case_id):
            return replace(campaign, cases=campaign.cases | {case_id})
        case CampaignResultRecorded():
            return campaign
        case CampaignClosed():
            return replace(campaign, status="closed")
        case _ as never:
            assert_never(never)


def concerns(command: CampaignCommand, campaign: Campaign) -> Thing:
    """The campaign where it lies."""
    if isinstance(command, OpenCampaign):
        return Thing((command.territory,))
    return Thing((campaign.territory,) if campaign.territory else ())


def _decide(command: CampaignCommand, campaign: Campaign) -> CampaignEvent:
    match command:
        case OpenCampaign(name=name, territory=territory, day=day, at=at):
            return CampaignOpened(at=at, name=name, territory=territory, day=day)
        case LinkCampaignCase(case_id=case_id):
            if case_id in campaign.cases:
                raise Rejected("is_in_campaign", "the case is in this campaign already", "case")
            return CampaignCaseLinked(at=_after_opening(command, campaign), case_id=case_id)
        case RecordCampaignResult():
            return _result(command, campaign)
        case CloseCampaign():
            return CampaignClosed(at=_after_opening(command, campaign))
        case _:
            assert_never(command)


def _result(command: RecordCampaignResult, campaign: Campaign) -> CampaignEvent:
    """What came of it. Raises Rejected before its day; it may have begun before it was opened
    here."""
    if day_of(command.at) < campaign.day:
        detail = f"the campaign begins on {campaign.day}"
        raise Rejected("campaign_has_not_begun", detail, "occurred_at")
    kg, people, words = command.rubbish_kg, command.people, command.words
    return CampaignResultRecorded(at=command.at, rubbish_kg=kg, people=people, words=words)


def _after_opening(command: CampaignCommand, campaign: Campaign) -> datetime:
    """Clocks of two machines may differ a little; a late entry has to fit."""
    opened_at = campaign.opened_at
    if opened_at is None or command.at >= opened_at:
        return command.at
    if command.late_reason:
        detail = f"the campaign was opened at {opened_at.isoformat()}"
        raise Rejected("happened_before_previous", detail, "occurred_at")
    return opened_at


campaign = Decider(
    category="campaign",
    initial=Campaign(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(CampaignEvent, UPCASTERS),
    concerns=concerns,
)
