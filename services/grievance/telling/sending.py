"""The sender: what is owed and whose time has come goes out, each by the first port that can reach
the petitioner.

One process sends at a time. Before a notice goes out the log is asked whether it is still owed, so
nothing is sent after its delivery is on record. Between the port's yes and the record a process may
die: then it is sent once more, under the same id, by which a port can tell.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import structlog

from services.grievance.notice.commands import (
    NoticeCommand,
    RecordDelivery,
    RecordFailure,
    RecordUndeliverable,
)
from services.grievance.notice.decider import Notice
from services.grievance.notice.decider import notice as decider
from services.grievance.service import Grievance
from services.grievance.telling.composing import composed
from services.grievance.telling.message import Failed, Message, Port
from services.grievance.telling.ports import opened_ports
from services.grievance.telling.quiet import URGENT, QuietHours
from services.grievance.words import FailureReason, UndeliverableReason
from shared.core.messages import Actor, Command, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single
from shared.runtime.projections import applying
from shared.runtime.projections.watermarks import StandsStill
from shared.store import turn

TICK = 1.0  # seconds
AT_ONCE = 16
# A port that dawdles is left. All of a round is over before a database gives up on who holds a
# transaction without a word.
SEND_SECONDS = 25.0
MODEL = "notice_log"
TURN = "telling petitioners of the case service"
TELLER = Actor(id="teller", roles=frozenset({"service"}), territory="")

log = structlog.get_logger()


async def run(service: Grievance, stop: asyncio.Event) -> None:
    """Send what is due every TICK seconds until told to stop."""
    async with opened_ports(service.telling) as ports:
        while not stop.is_set():
            pause = TICK
            try:
                position = await tell(service, ports, datetime.now(UTC))
                if position:
                    await service.watermarks.follow([MODEL], position)
                    pause = 0.0
            except (*applying.PASSING, StandsStill) as fault:
                log.warning("telling.interrupted", fault=type(fault).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause or 0.000_1)


async def tell(service: Grievance, ports: Sequence[Port], moment: datetime) -> int:
    """Send what is due by this moment, AT_ONCE at most; the position of the last that was put on
    record, 0 where nothing was due or another process is at it."""
    known = service.telling
    quiet = QuietHours(known.quiet_from, known.quiet_until).holds(moment)
    async with service.pool.acquire(timeout=10) as connection, connection.transaction():
        if not await turn.taken(connection, TURN):
            return 0
        due = await service.notices.due(moment, AT_ONCE, URGENT if quiet else None)
        sending = (Sending(service, ports, one, moment).go() for one in due)
        done = await asyncio.gather(*sending, return_exceptions=True)
    if faults := [one for one in done if isinstance(one, BaseException)]:
        raise faults[0]
    return max((one for one in done if isinstance(one, int)), default=0)


class Sending:
    """One try of one notice."""

    def __init__(
        self, service: Grievance, ports: Sequence[Port], notice_id: UUID, moment: datetime
    ) -> None:
        self._service = service
        self._ports = ports
        self._id = notice_id
        self._moment = moment

    async def go(self) -> int:
        """Make the try, if there is to be one; the position of its record, 0 without."""
        try:
            notice = await self._service.notices.stands(self._id)
        except Exception as fault:
            self._noted(fault)
            return 0
        if notice.next_try is None or notice.next_try > self._moment:
            return 0
        made = await self._made(notice)
        if isinstance(made, Message):
            made = await self._sent(made, notice)
        return await self._record(made, notice)

    async def _made(self, notice: Notice) -> Message | NoticeCommand:
        """The message; or what to put on record where there is none."""
        try:
            made = await composed(self._service, self._service.telling, self._id, notice)
        except Exception as fault:
            return self._faulty(fault, self._ports[0], notice)
        return made if isinstance(made, Message) else self._nobody(made)

    async def _sent(self, message: Message, notice: Notice) -> NoticeCommand:
        """What came of sending it."""
        able = [one for one in self._ports if one.reaches(message.contact)]
        port = next((one for one in able if one.name not in notice.refused), None)
        if port is None:
            return self._nobody("refused" if able else "no_port")
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await port.send(message)
        except Failed as fault:
            return self._failure(port, notice, fault.reason)
        except TimeoutError:
            return self._failure(port, notice, "timed_out")
        except Exception as fault:
            return self._faulty(fault, port, notice)
        attempt = notice.tries + 1
        return RecordDelivery(at=self._moment, actor=TELLER, port=port.name, attempt=attempt)

    def _faulty(self, fault: Exception, port: Port, notice: Notice) -> RecordFailure:
        """We are to blame, not a port. Raises what passes of our own: that was no try."""
        self._noted(fault)
        return self._failure(port, notice, "faulty")

    def _noted(self, fault: Exception) -> None:
        """Say so. Raises what passes."""
        if not applying.poisonous(fault):
            raise fault
        log.error("telling.unable", notice=str(self._id), fault=type(fault).__name__)

    def _failure(self, port: Port, notice: Notice, reason: FailureReason) -> RecordFailure:
        attempt = notice.tries + 1
        return RecordFailure(
            at=self._moment, actor=TELLER, port=port.name, attempt=attempt, reason=reason
        )

    def _nobody(self, reason: UndeliverableReason) -> RecordUndeliverable:
        return RecordUndeliverable(at=self._moment, actor=TELLER, reason=reason)

    async def _record(self, command: Command, notice: Notice) -> int:
        """Put it on record, once; the position."""
        words = (str(self._id), str(notice.tries + 1), type(command).__name__)
        identity = Identity(derived("telling", *words), "|".join(words).encode())
        target = Target(decider, self._id)
        try:
            answer = await self._service.executor.execute(single(target, command, identity))
        except Rejected as no:
            log.warning("telling.superseded", notice=str(self._id), code=no.code)
            return 0
        return answer.position
