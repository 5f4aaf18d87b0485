"""From a form about hours to a command to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.commands import ApproveHours, LogHours, RejectHours, ReverseHours
from services.volunteer.account.decider import account
from services.volunteer.account.record_events import Spot
from services.volunteer.account.state import Account, Record
from services.volunteer.account.stream import account_of
from services.volunteer.account_file import account_file, no_such_record, own_id
from services.volunteer.homing import home_of
from services.volunteer.log import LOG
from services.volunteer.recording.forms import Approval, Hours, Rejection, Reversal
from services.volunteer.service import Volunteers
from services.volunteer.words import Evidence
from shared.core.access import Thing, action_of
from shared.core.local_time import start_of
from shared.core.messages import Actor, Forbidden, Rejected
from shared.runtime.commands.because import because
from shared.runtime.commands.submission import Identity, Target, single
from shared.runtime.web.asking import Asking
from shared.store.load import Answer

StepForm = Approval | Rejection | Reversal
COMMANDS: dict[type[StepForm], Any] = {
    Approval: ApproveHours,
    Rejection: RejectHours,
    Reversal: ReverseHours,
}
# What only somebody else, or the code on the site, can bear witness to.
OF_OTHERS: frozenset[Evidence] = frozenset({"site_code", "recorder"})
AS_THEY_ARE = (
    "day", "minutes", "territory", "service", "evidence", "since", "until", "proof", "activity",
    "team", "care", "beneficiary", "sponsor", "late_reason",
)  # fmt: skip


class RecordDesk:
    """Takes forms about hours to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def log(self, form: Hours, asking: Asking) -> Answer:
        """Put hours on record; the version of the answer is the number of the record."""
        return await asking.first_or(self._logged(form, asking), self._service.executor)

    async def step(self, person: UUID, record: int, form: StepForm, asking: Asking) -> Answer:
        """Approve, reject or reverse. Raises Problem (404) where there is none for this actor."""
        attempt = self.taken((person, record), form, asking.actor, asking.identity)
        return await asking.first_or(attempt, self._service.executor)

    async def taken(
        self, named: tuple[UUID, int], form: StepForm, actor: Actor, identity: Identity
    ) -> Answer:
        """One step of a record under this identity, and no look at what came of it before. It
        answers to what was said of the record last."""
        service, (person, number) = self._service, named
        state = await account_file(service, person)
        await service.map.fresh()
        record = self._seen(state, named, actor, action_of(COMMANDS[type(form)]))
        sealed = await service.sealer.seal(person, form.personal())
        known: dict[str, Any] = {"at": datetime.now(UTC), "actor": actor, "record": number}
        if isinstance(form, Approval):
            rules = await service.rules(record.told.territory, known["at"])
            asked: Any = ApproveHours(rules=rules, **known)
        else:
            asked = COMMANDS[type(form)](reason=form.reason, **sealed, **known)
        submission = single(Target(account, account_of(person)), asked, identity)
        cause = await because(service.pool, LOG, account_of(person), record.decided or number)
        return await service.executor.execute(submission.answering(cause))

    async def _logged(self, form: Hours, asking: Asking) -> Answer:
        service, actor = self._service, asking.actor
        person = _whose(form, actor)
        await service.map.known(form.territory, start_of(form.day))
        now = datetime.now(UTC)
        sealed = await service.sealer.seal(person, form.personal())
        asked = LogHours(
            at=now,
            actor=actor,
            person=person,
            home=await home_of(service, person, form.territory),
            rules=await service.rules(form.territory, start_of(form.day)),
            spot=Spot(**form.spot.model_dump()) if form.spot else None,
            note=sealed.get("note"),
            **{name: getattr(form, name) for name in AS_THEY_ARE},
        )
        target = Target(account, account_of(person))
        return await service.executor.execute(single(target, asked, asking.identity))

    def _seen(self, state: Account, named: tuple[UUID, int], actor: Actor, action: str) -> Record:
        """Raises Problem (404) for one that is not there or lies elsewhere, Forbidden for a role
        that may not do this to any."""
        record = state.records.get(named[1])
        within = self._service.map.within
        try:
            places = (record.told.territory,) if record else (actor.territory,)
            ACCESS.check(actor, action, Thing(places, owner=state.owner), within)
        except Forbidden as no:
            if no.code == "role_missing":
                raise
            raise no_such_record(*named) from no
        if record is None:
            raise no_such_record(*named)
        return record


def _whose(form: Hours, actor: Actor) -> UUID:
    """Whose hours these are. Raises Rejected where nobody stands for them."""
    own = own_id(actor)
    person = form.person or own
    if person is None:
        raise Rejected("person_missing", "name who served", "person")
    if person == own and form.evidence in OF_OTHERS:
        detail = "of your own hours you show a photo, a paper or who received them, or your word"
        raise Rejected("evidence_of_others", detail, "evidence")
    if form.activity is None and form.team is None and form.sponsor is None:
        detail = "outside any activity and team, name the unit that stands for it"
        raise Rejected("sponsor_missing", detail, "sponsor")
    return person
