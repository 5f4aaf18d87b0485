"""From a form to a command about a campaign to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from services.grievance.access import ACCESS
from services.grievance.campaign import linking
from services.grievance.campaign.commands import (
    CloseCampaign,
    LinkCampaignCase,
    OpenCampaign,
    RecordCampaignResult,
)
from services.grievance.campaign.decider import campaign
from services.grievance.campaign.events import CampaignOpened
from services.grievance.campaigning.forms import Closing, Linking, Opening, Outcome
from services.grievance.case.decider import case
from services.grievance.desk import Desk
from services.grievance.service import Grievance
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class CampaignDesk:
    """Takes forms about campaigns to the log."""

    def __init__(self, service: Grievance) -> None:
        self._service = service

    async def open(self, form: Opening, asking: Asking) -> Answer:
        """Open a campaign."""
        return await asking.first_or(self._opened(form, asking), self._service.executor)

    async def link(self, campaign_id: UUID, form: Linking, asking: Asking) -> Answer:
        """Deal with a case in a campaign. Raises Problem (404) where one of them is none for this
        actor."""
        attempt = self._linked(campaign_id, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def step(self, campaign_id: UUID, form: Outcome | Closing, asking: Asking) -> Answer:
        """Record a result, or end it. Raises Problem (404) when there is none for this actor."""
        attempt = self._stepped(campaign_id, form, asking)
        return await asking.first_or(attempt, self._service.executor)

    async def _opened(self, form: Opening, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        await self._service.map.known(form.territory, meant["at"])
        about: dict[str, Any] = {"name": form.name, "territory": form.territory, "day": form.day}
        asked = OpenCampaign(**about, **self._judged(form.territory), **meant)
        submission = single(Target(campaign, uuid7()), asked, asking.identity, fresh=True)
        return await self._service.executor.execute(submission)

    async def _linked(self, campaign_id: UUID, form: Linking, asking: Asking) -> Answer:
        meant = form.meant(asking.actor)
        territory = await self._territory(campaign_id, asking.actor)
        case_id = await self._case(form.case, asking.actor)
        asked = LinkCampaignCase(case_id=case_id, **self._judged(territory), **meant)
        # The campaign comes last: the receipt is its own.
        targets = Target(case, case_id), Target(campaign, campaign_id, asking.expected)
        decide: Any = partial(linking.both, asked, campaign_id)
        submission = Submission(asking.identity, asked, targets, decide)
        return await self._service.executor.execute(submission)

    async def _stepped(self, campaign_id: UUID, form: Outcome | Closing, asking: Asking) -> Answer:
        known = form.meant(asking.actor)
        known |= self._judged(await self._territory(campaign_id, asking.actor))
        asked: RecordCampaignResult | CloseCampaign = CloseCampaign(**known)
        if isinstance(form, Outcome):
            person = derived("campaign", str(campaign_id))
            known |= await self._service.sealer.seal(person, form.personal())
            kg, people = form.rubbish_kg, form.people
            asked = RecordCampaignResult(rubbish_kg=kg, people=people, **known)
        target = Target(campaign, campaign_id, asking.expected)
        return await self._service.executor.execute(single(target, asked, asking.identity))

    async def _territory(self, campaign_id: UUID, actor: Actor) -> str:
        history = await self._service.archive.history(campaign_id)
        await self._service.map.fresh()
        for recorded in history[:1]:
            if isinstance(recorded.event, CampaignOpened):
                thing, within = Thing((recorded.event.territory,)), self._service.map.within
                if ACCESS.allows(actor, "read_campaigns", thing, within):
                    return recorded.event.territory
        detail = f"there is no campaign {campaign_id} that you may see"
        raise Problem(404, "no_such_campaign", detail)

    async def _case(self, name: str, actor: Actor) -> UUID:
        """The one case of this name that the actor may read."""
        for case_id in found if len(found := await self._service.queries.find(name)) == 1 else ():
            file = await self._service.archive.case(case_id)
            if file is not None and Desk(self._service).may_see(actor, file.row, "read_case"):
                return case_id
        raise Problem(404, "no_such_case", f"there is no one case {name} that you may see")

    def _judged(self, territory: str) -> dict[str, Any]:
        return {"book": self._service.book(territory), "learnt": datetime.now(UTC)}
