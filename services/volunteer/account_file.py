"""An account as the log has it: what is asked of one is checked by that, not by a read model."""

from __future__ import annotations

from uuid import UUID

from services.volunteer.account.decider import account
from services.volunteer.account.state import Account
from services.volunteer.account.stream import account_of
from services.volunteer.log import EVENTS
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from shared.runtime.web.problems import Problem
from shared.store import read


async def account_file(service: Volunteers, person: UUID) -> Account:
    """The account of this person as it stands; a new one where nothing is kept for them."""
    async with service.pool.acquire(timeout=10) as connection:
        rows = await read.stream(connection, account_of(person))
    return account.fold(read.decode(EVENTS, row).event for row in rows)


def no_such_account(person: UUID) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_account", f"there is no account of {person} that you may see")


def no_such_record(person: UUID, record: int) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    detail = f"{person} has no record {record} that you may see"
    return Problem(404, "no_such_record", detail)


def own_id(actor: Actor) -> UUID | None:
    """The person that this actor is; None for one who is no person of the register."""
    try:
        return UUID(actor.id)
    except ValueError:
        return None
