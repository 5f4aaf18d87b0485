"""One reply to each of many cases: what the execute benches ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from bench.clients import Act
from bench.histories import REPLY, UNIT, sealed
from services.grievance.case.commands import SubmitReply
from services.grievance.case.decider import case
from shared.core.messages import Actor
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Submission, Target, single

CLIENTS = 256
WARM_SHARE = 10
ACTOR = Actor(id="unit-1-clerk", roles=frozenset({"handling_unit"}), territory="d", unit=UNIT)


def acts(executor: Executor, streams: Sequence[UUID]) -> list[Act]:
    """One reply to each case, ready to be executed."""
    return [partial(executor.execute, _reply(stream)) for stream in streams]


def _reply(stream: UUID) -> Submission:
    reply = sealed(stream, "reply", REPLY)
    command = SubmitReply(at=datetime.now(UTC), actor=ACTOR, reply=reply)
    return single(Target(case, stream), command, Identity(uuid7(), bytes(32)))
