"""A certificate from its account's own stream, checked from its first event: never behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from services.volunteer.access import ACCESS
from services.volunteer.account.decider import account as decider
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.record_events import CertificateIssued
from services.volunteer.account.state import Account
from services.volunteer.account.stream import account_of
from services.volunteer.certifying import serials
from services.volunteer.log import EVENTS
from services.volunteer.projections.certificates import certificate_of
from services.volunteer.queries.certificates import place_of
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.runtime.seals.awaiting import unsound
from shared.runtime.web.problems import Problem
from shared.store.verify_stream import chain_of, rows_of


@dataclass(frozen=True)
class CertificateFile:
    """A certificate as the log has it: its event, where that is, and the account's whole stream.
    `rows` are as they are stored, `history` the same events read."""

    issued: CertificateIssued
    version: int
    rows: Sequence[Any]
    history: Sequence[AccountEvent]

    @property
    def place(self) -> tuple[int, bytes]:
        """Position and hash of its event."""
        row = self.rows[self.version - 1]
        return row["position"], row["hash"]

    @property
    def territory(self) -> str:
        """Where the person was at home when it was issued."""
        return str(self.rows[self.version - 1]["territory"])

    @property
    def issued_at(self) -> datetime:
        """When it was issued."""
        at: datetime = self.rows[self.version - 1]["occurred_at"]
        return at


async def opened(service: Volunteers, text: str) -> CertificateFile:
    """The certificate of a typed serial. Raises Problem: 422 for what is no serial, 404 for none,
    409 where the account's stream does not hold."""
    serial = serials.read(text)
    if serial is None:
        raise Problem(422, "serial_mistyped", "no serial is written so; compare it sign by sign")
    place = await place_of(service.pool, certificate_of(serial))
    if place is None:
        raise no_such_certificate(serial)
    account_id, version = place
    async with service.pool.acquire(timeout=10) as connection:
        rows = await rows_of(connection, account_id)
    chain = chain_of(rows)
    if chain.broken is not None:
        raise unsound(chain.broken.position, chain.broken.reason)
    history = _read(rows)
    issued = history[version - 1] if version <= len(history) else None
    if not isinstance(issued, CertificateIssued) or issued.serial != serial:
        raise no_such_certificate(serial)
    return CertificateFile(issued, version, rows, history)


async def seen(service: Volunteers, text: str, actor: Actor, action: str) -> CertificateFile:
    """The same for somebody who may have the paper itself. Raises Problem as `opened`, and 404 for
    one that is not theirs to see."""
    file = await opened(service, text)
    await service.map.fresh()
    thing = Thing((file.territory,), owner=str(file.issued.person))
    if not ACCESS.allows(actor, action, thing, service.map.within):
        raise no_such_certificate(file.issued.serial)
    return file


async def account_file(service: Volunteers, person: UUID) -> Account:
    """The account of this person as it stands in the log."""
    async with service.pool.acquire(timeout=10) as connection:
        rows = await rows_of(connection, account_of(person))
    return decider.fold(_read(rows))


def no_such_certificate(serial: str) -> Problem:
    """The same answer for one that is not there and for one that is not theirs to see."""
    return Problem(404, "no_such_certificate", f"no certificate {serials.spelled(serial)}")


def _read(rows: Sequence[Any]) -> list[AccountEvent]:
    return [
        cast(
            "AccountEvent",
            EVENTS.decode(row["type"], row["schema_version"], row["payload"], row["occurred_at"]),
        )
        for row in rows
    ]
