"""From a form to a command about an honour to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.points.access import ACCESS
from services.points.honour.commands import (
    AnswerHonourObjection,
    DeclineHonour,
    GrantHonour,
    HonourCommand,
    NominateHonour,
    ObjectHonour,
    PubliciseHonour,
    RecordHonour,
    WithdrawHonour,
)
from services.points.honour.decider import honour
from services.points.honour.stream import honour_of, honour_titled
from services.points.honouring import forms
from services.points.honouring.file import opened, readable
from services.points.honouring.holders import Holder, holder_of
from services.points.rules.book import HonourKind, PointsRules
from services.points.service import PointsService
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of, start_of
from shared.core.messages import Command, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

StepForm = (
    forms.Notice | forms.ObjectionAnswer | forms.Granting | forms.Declining | forms.Withdrawal
)


class HonourDesk:
    """Takes forms about honours to the log."""

    def __init__(self, service: PointsService) -> None:
        self._service = service

    async def nominate(self, form: forms.Nomination, asking: Asking) -> Answer:
        """Nominate somebody. Raises Rejected."""
        return await asking.first_or(self._nominated(form, asking), self._service.executor)

    async def record(self, form: forms.RecordForm, asking: Asking) -> Answer:
        """Take over an honour as it stands. Raises Rejected."""
        return await asking.first_or(self._recorded(form, asking), self._service.executor)

    async def object(self, honour_id: UUID, form: forms.Objection, asking: Asking) -> Answer:
        """Object to what is on public notice. Raises Problem (404), Rejected."""
        return await asking.first_or(
            self._objected(honour_id, form, asking), self._service.executor
        )

    async def step(self, honour_id: UUID, form: StepForm, asking: Asking) -> Answer:
        """One step. Raises Problem (404) where there is no such honour for this actor, Rejected."""
        return await asking.first_or(self._stepped(honour_id, form, asking), self._service.executor)

    async def _nominated(self, form: forms.Nomination, asking: Asking) -> Answer:
        self._check(NominateHonour, form, asking)
        there = form.territory or asking.actor.territory
        kind = _kind(await self._service.rules(there), form.code)
        holder = await holder_of(self._service, kind.holder, form)
        rules = await self._service.rules(holder.territory)
        if _kind(rules, form.code).holder != kind.holder:
            raise _no_such(rules, form.code)
        stream = honour_of(form.code, holder.id, form.year)
        command = NominateHonour(
            at=datetime.now(UTC),
            actor=asking.actor,
            code=form.code,
            holder=holder.id,
            territory=holder.territory,
            year=form.year,
            rules=rules,
            person=holder.person,
            **await self._sealed(holder, stream, form),
        )
        target = Target(honour, stream)
        return await self._service.executor.execute(single(target, command, asking.identity))

    async def _recorded(self, form: forms.RecordForm, asking: Asking) -> Answer:
        self._check(RecordHonour, form, asking)
        holder = await holder_of(self._service, form.kind, form)
        stream = honour_titled(form.title, holder.id, form.day)
        if form.code is not None:
            stream = honour_of(form.code, holder.id, int(form.day[:4]))
        told = form.model_dump(exclude={"person", "territory", "name", "code"})
        command = RecordHonour(
            at=start_of(form.day),
            asked_on=day_of(datetime.now(UTC)),
            actor=asking.actor,
            code=form.code or "",
            holder=holder.id,
            territory=holder.territory,
            person=holder.person,
            **told,
            **await self._sealed(holder, stream, form),
        )
        targets = (Target(honour, stream),)
        submission = Submission(asking.identity, command, targets, origin="history")
        return await self._service.executor.execute(submission)

    async def _objected(self, honour_id: UUID, form: forms.Objection, asking: Asking) -> Answer:
        file = await opened(self._service, honour_id)
        if file is None or file.honour.until is None:
            raise Problem(404, "no_such_notice", f"nothing is on public notice as {honour_id}")
        sealed = await self._service.sealer.seal(_objector(asking), form.personal())
        command = ObjectHonour(at=datetime.now(UTC), actor=asking.actor, words=sealed["words"])
        return await self._service.executor.execute(
            single(Target(honour, honour_id), command, asking.identity)
        )

    async def _stepped(self, honour_id: UUID, form: StepForm, asking: Asking) -> Answer:
        file = await readable(self._service, honour_id, asking.actor)
        subject = file.told.person or honour_id
        sealed = await self._service.sealer.seal(subject, form.personal())
        told = {"at": datetime.now(UTC), "actor": asking.actor, **sealed}
        target = Target(honour, honour_id, asking.expected)
        return await self._service.executor.execute(
            single(target, _step(form, told), asking.identity)
        )

    def _check(self, command: type[Command], form: forms.Named, asking: Asking) -> None:
        """Raises Forbidden for who may not ask this anywhere, before the register is looked at."""
        owner = str(form.person) if form.person else None
        thing = Thing((asking.actor.territory,), owner=owner)
        ACCESS.check(asking.actor, action_of(command), thing, self._service.map.within)

    async def _sealed(self, holder: Holder, stream: UUID, form: forms.Named) -> dict[str, Any]:
        """The texts, sealed for the person; for the honour itself where nobody is named."""
        said = form.personal()
        if holder.person is None:
            said.pop("name", None)
        return dict(await self._service.sealer.seal(holder.person or stream, said))


def _kind(rules: PointsRules, code: str) -> HonourKind:
    found = rules.honour(code)
    if found is None:
        raise _no_such(rules, code)
    return found


def _no_such(rules: PointsRules, code: str) -> Rejected:
    return Rejected("no_such_honour_kind", f"rules {rules.version} have no honour {code}", "code")


def _step(form: StepForm, told: dict[str, Any]) -> HonourCommand:
    """The command of a filled form."""
    match form:
        case forms.Notice():
            return PubliciseHonour(**told)
        case forms.ObjectionAnswer(objection=number, upheld=upheld):
            return AnswerHonourObjection(objection=number, upheld=upheld, **told)
        case forms.Granting(document=document):
            return GrantHonour(document=document, **told)
        case forms.Declining(reason=reason):
            return DeclineHonour(reason=reason, **told)
        case forms.Withdrawal(reason=why, document=document):
            return WithdrawHonour(reason=why, document=document, **told)


def _objector(asking: Asking) -> UUID:
    """Whose words they are: when that person is erased, so are they."""
    try:
        return UUID(asking.actor.id)
    except ValueError:
        return derived("objection", str(asking.identity.command_id))
