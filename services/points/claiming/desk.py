"""From a form about a claim to a command to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.account.stream import account_of
from services.points.claim import approving
from services.points.claim.commands import ApproveClaim, ClaimPoints, RejectClaim, WithdrawClaim
from services.points.claim.decider import claim
from services.points.claim.events import PointsClaimed
from services.points.claim.stream import claim_by
from services.points.claiming.file import seen
from services.points.claiming.forms import Approval, NewClaim, Rejection, Withdrawal
from services.points.homing import home_of
from services.points.rules.book import PointsRules
from services.points.service import PointsService
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of, start_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer

StepForm = Approval | Rejection | Withdrawal
COMMANDS: dict[type[StepForm], Any] = {
    Approval: ApproveClaim,
    Rejection: RejectClaim,
    Withdrawal: WithdrawClaim,
}
AS_THEY_ARE = ("reason", "quantity", "day", "proof", "late_reason")


class ClaimDesk:
    """Takes forms about claims to the log."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def claim(self, form: NewClaim, asking: Asking) -> Answer:
        """Claim points; the id of the answer is that of the claim."""
        return await asking.first_or(self._claimed(form, asking), self._service.executor)

    async def step(self, claim_id: UUID, form: StepForm, asking: Asking) -> Answer:
        """Approve, reject or withdraw. Raises Problem (404) where there is none for this actor."""
        return await asking.first_or(self._stepped(claim_id, form, asking), self._service.executor)

    async def _claimed(self, form: NewClaim, asking: Asking) -> Answer:
        service, actor = self._service, asking.actor
        ACCESS.check_role(actor, action_of(ClaimPoints))
        person = whose(form.person, actor)
        place = form.territory or actor.territory
        await service.map.fresh()
        self._check(place, person, actor)
        await service.map.known(place, start_of(form.day))
        home, now = await home_of(service, person, place), datetime.now(UTC)
        here = person == actor.person or service.map.within(home, place)
        sealed = await service.sealer.seal(person, form.personal())
        asked = ClaimPoints(
            at=now,
            actor=actor,
            asked_on=day_of(now),
            person=person,
            territory=form.territory or (home if here else place),
            rules=await service.rules(home, now),
            words=sealed.get("words"),
            **{name: getattr(form, name) for name in AS_THEY_ARE},
        )
        target = Target(claim, claim_by(person, form.proof) if form.proof else uuid7())
        return await service.executor.execute(single(target, asked, asking.identity))

    async def _stepped(self, claim_id: UUID, form: StepForm, asking: Asking) -> Answer:
        service, actor = self._service, asking.actor
        await service.map.fresh()
        told = (await seen(service, claim_id, actor, action_of(COMMANDS[type(form)]))).claimed
        known: dict[str, Any] = {"at": datetime.now(UTC), "actor": actor}
        if isinstance(form, Approval):
            submission = await self._approval(claim_id, told, known, asking.identity)
            return await service.executor.execute(submission)
        known |= await service.sealer.seal(told.person, form.personal())
        if isinstance(form, Rejection):
            known["reason"] = form.reason
        asked = COMMANDS[type(form)](**known)
        target = Target(claim, claim_id)
        return await service.executor.execute(single(target, asked, asking.identity))

    async def _approval(
        self, claim_id: UUID, told: PointsClaimed, known: dict[str, Any], identity: Identity
    ) -> Submission:
        """Of the person's account and the claim; the claim comes last: the receipt is its own."""
        asked = ApproveClaim(
            asked_on=day_of(known["at"]),
            home=await home_of(self._service, told.person, told.territory),
            rules=await self._rules(told),
            **known,
        )
        holder = Target(approving.FOLLOWING, account_of("person", told.person))
        decide: Any = partial(approving.approved, asked, claim_id)
        return Submission(identity, asked, (holder, Target(claim, claim_id)), decide)

    def _check(self, place: str, person: UUID, actor: Actor) -> None:
        thing = Thing((place,), owner=str(person))
        ACCESS.check(actor, action_of(ClaimPoints), thing, self._service.map.within)

    async def _rules(self, told: PointsClaimed) -> PointsRules:
        """Those under which it was claimed: how long it waited costs nobody anything."""
        found = (await self._service.books.fresh()).of(told.rules)
        return found or await self._service.rules(told.territory, told.at)


def whose(person: UUID | None, actor: Actor) -> UUID:
    """For whom points are claimed: oneself unless somebody is named. Raises Rejected where nobody
    is."""
    found = person or actor.person
    if found is None:
        raise Rejected("person_missing", "name who did it", "person")
    return found
