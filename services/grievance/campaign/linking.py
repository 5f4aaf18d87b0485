"""A case in a campaign: both say so."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.grievance.campaign.commands import LinkCampaignCase
from services.grievance.campaign.decider import campaign
from services.grievance.campaign.state import Campaign
from services.grievance.case.commands import JoinCampaign
from services.grievance.case.decider import case
from services.grievance.case.state import Case
from shared.core.messages import Event


def both(
    command: LinkCampaignCase, campaign_id: UUID, states: tuple[Case, Campaign]
) -> list[Sequence[Event]]:
    """What happens to the case and to the campaign, each decided by its own rules. Raises Rejected
    when one of the two says no."""
    held, about = states
    join = JoinCampaign(
        at=command.at,
        actor=command.actor,
        late_reason=command.late_reason,
        book=command.book,
        learnt=command.learnt,
        campaign=campaign_id,
    )
    return [case.decide(join, held), campaign.decide(command, about)]
