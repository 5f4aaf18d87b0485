"""From a form for a certificate to the log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.commands import IssueCertificate
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.certifying.file import account_file
from services.volunteer.certifying.forms import Issuing
from services.volunteer.certifying.naming import vouched
from services.volunteer.certifying.serials import serial_of
from services.volunteer.grants.certifying import COUNTER
from services.volunteer.service import Volunteers
from shared.core.access import Thing, action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor, Forbidden, Rejected
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


class Given(NamedTuple):
    """A certificate's serial, and where it is in the log."""

    serial: str
    answer: Answer


async def issue(service: Volunteers, person: UUID, form: Issuing, asking: Asking) -> Given:
    """Issue a certificate. Raises Problem (404) for a person who is none for this actor."""
    answer = await asking.first_or(_issued(service, person, form, asking), service.executor)
    return Given(serial_of(asking.identity.command_id), answer)


async def check_theirs(service: Volunteers, person: UUID, actor: Actor, action: str) -> None:
    """Raises Problem (404) for a person of whom this actor may not do that, or of whom nothing is
    kept."""
    known = await account_file(service, person)
    await service.map.fresh()
    thing = Thing((known.territory,) if known.territory else (), owner=str(person))
    if known.status == "new" or not ACCESS.allows(actor, action, thing, service.map.within):
        raise Problem(404, "no_account", f"nothing is kept for {person} that you may see")


async def _issued(service: Volunteers, person: UUID, form: Issuing, asking: Asking) -> Answer:
    actor, meant = asking.actor, form.meant(asking.actor)
    await check_theirs(service, person, actor, action_of(IssueCertificate))
    if form.since > form.until:
        raise Rejected("ends_before_it_begins", "until lies before since", "until")
    if form.until > day_of(datetime.now(UTC)):
        raise Rejected("in_the_future", f"{form.until} is not over", "until")
    if form.name is not None and not actor.roles & COUNTER:
        detail = "the counter states a name, of a paper it has seen"
        raise Forbidden("name_by_counter", detail, "name")
    name = form.name or await vouched(service, person)
    sealed = await service.sealer.seal(person, {"name": name} if name else {})
    asked = IssueCertificate(
        serial=serial_of(asking.identity.command_id),
        since=form.since,
        until=form.until,
        name=sealed.get("name"),
        **meant,
    )
    target = Target(account, account_of(person))
    return await service.executor.execute(single(target, asked, asking.identity))
