"""From a form to a command about stars to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.account.stream import account_of
from services.volunteer.awarding.file import StarsFile, readable
from services.volunteer.awarding.forms import (
    Application,
    AwardForm,
    Clearance,
    Notice,
    Objection,
    ObjectionAnswer,
    RecordForm,
    Refusal,
    Revocation,
)
from services.volunteer.queries.stars import StarQueries
from services.volunteer.service import Volunteers
from services.volunteer.stars.commands import (
    AnswerObjection,
    ApplyStar,
    AwardStar,
    ClearStar,
    NoticeStar,
    ObjectStar,
    RecordStar,
    RefuseStar,
    RevokeStar,
    StarsCommand,
)
from services.volunteer.stars.decider import stars
from services.volunteer.stars.served import served, with_account
from services.volunteer.stars.stream import stars_of
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Submission, Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer

Judging = Notice | ObjectionAnswer | AwardForm | Refusal | Revocation | Clearance
StepForm = Application | Judging
# What is decided by the hours as they stand at that very moment.
BY_HOURS = ApplyStar | AwardStar | ClearStar


class StarDesk:
    """Takes forms about stars to the log."""

    def __init__(self, service: Volunteers) -> None:
        self._service = service

    async def step(self, person: UUID, form: StepForm, asking: Asking) -> Answer:
        """One step. Raises Problem (404) when there is nobody such for this actor, Rejected."""
        return await asking.first_or(self._stepped(person, form, asking), self._service.executor)

    async def object(self, number: int, form: Objection, asking: Asking) -> Answer:
        """Object to what is on public notice under this number. Raises Problem (404), Rejected."""
        return await asking.first_or(self._objected(number, form, asking), self._service.executor)

    async def record(self, person: UUID, form: RecordForm, asking: Asking) -> Answer:
        """Take over an award as it stands. Raises Rejected."""
        return await asking.first_or(self._recorded(person, form, asking), self._service.executor)

    async def _stepped(self, person: UUID, form: StepForm, asking: Asking) -> Answer:
        file = await readable(self._service, person, asking.actor)
        sealed = await self._service.sealer.seal(person, form.personal())
        told = {"at": datetime.now(UTC), "actor": asking.actor, **sealed}
        command: StarsCommand
        if isinstance(form, Application):
            command = await self._applying(form.star, file, told)
        else:
            command = _judging(form, told)
        target = Target(stars, stars_of(person), asking.expected)
        if not isinstance(command, BY_HOURS):
            return await self._service.executor.execute(single(target, command, asking.identity))
        # The stars come last: the receipt is theirs.
        targets = (Target(served, account_of(person)), target)
        decide: Any = partial(with_account, command)
        submission = Submission(asking.identity, command, targets, decide)
        return await self._service.executor.execute(submission)

    async def _applying(self, star: int, file: StarsFile, told: dict[str, Any]) -> ApplyStar:
        rules = await self._service.rules(file.territory)
        return ApplyStar(
            person=file.person, territory=file.territory, star=star, rules=rules, **told
        )

    async def _objected(self, number: int, form: Objection, asking: Asking) -> Answer:
        person = await StarQueries(self._service.pool).noticed_as(number)
        if person is None:
            raise Problem(404, "no_such_notice", f"nothing is on public notice as {number}")
        sealed = await self._service.sealer.seal(_objector(asking), form.personal())
        command = ObjectStar(at=datetime.now(UTC), actor=asking.actor, words=sealed["words"])
        target = Target(stars, stars_of(person))
        return await self._service.executor.execute(single(target, command, asking.identity))

    async def _recorded(self, person: UUID, form: RecordForm, asking: Asking) -> Answer:
        await self._service.map.known(form.territory)
        told = {name: getattr(form, name) for name in RecordForm.model_fields}
        command = RecordStar(person=person, at=datetime.now(UTC), actor=asking.actor, **told)
        submission = Submission(
            asking.identity, command, (Target(stars, stars_of(person)),), origin="history"
        )
        return await self._service.executor.execute(submission)


def _judging(form: Judging, told: dict[str, Any]) -> StarsCommand:
    """The command of a filled form."""
    match form:
        case Notice():
            return NoticeStar(**told)
        case ObjectionAnswer(objection=number, upheld=upheld):
            return AnswerObjection(objection=number, upheld=upheld, **told)
        case AwardForm(certificate=certificate, document=document):
            return AwardStar(certificate=certificate, document=document, **told)
        case Refusal(reason=reason):
            return RefuseStar(reason=reason, **told)
        case Revocation(reason=why, document=document):
            return RevokeStar(reason=why, document=document, **told)
        case Clearance():
            return ClearStar(**told)


def _objector(asking: Asking) -> UUID:
    """Whose words they are: when that person is erased, so are they."""
    actor: Actor = asking.actor
    try:
        return UUID(actor.id)
    except ValueError:
        return derived("objection", str(asking.identity.command_id))
