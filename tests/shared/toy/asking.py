"""Commands to purses on their way to the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from shared.contracts.sent import Life
from shared.core.messages import Actor
from shared.runtime.commands.submission import Identity, Submission, Target, single
from tests.shared.toy.commands import OpenPurse, PurseCommand, PutMoney, TakeMoney, TransferMoney
from tests.shared.toy.decider import purse, transfer

LOG = "purses"
LIFE = Life(LOG, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLERK = Actor(id="clerk", roles=frozenset({"clerk"}), territory="d")


def identity(command_id: UUID | None = None, body: bytes = b"body") -> Identity:
    """A new identity, or that of a retry."""
    return Identity(command_id or uuid4(), sha256(body).digest())


def opening(territory: str = "d/s1", owner: str = "somebody") -> OpenPurse:
    """Open a purse at noon."""
    return OpenPurse(at=NOON, actor=CLERK, owner=owner, territory=territory)


def putting(fen: int, times: int = 1) -> PutMoney:
    """Put money in, as one event or as several."""
    return PutMoney(at=NOON, actor=CLERK, fen=fen, times=times)


def taking(fen: int) -> TakeMoney:
    """Take money out."""
    return TakeMoney(at=NOON, actor=CLERK, fen=fen)


def asked(command: PurseCommand, stream_id: UUID, as_: Identity | None = None) -> Submission:
    """The command put to one purse."""
    return single(Target(purse, stream_id), command, as_ or identity())


def transferring(fen: int, streams: Sequence[UUID], as_: Identity | None = None) -> Submission:
    """A transfer from the first purse to the second."""
    command = TransferMoney(at=NOON, actor=CLERK, fen=fen)

    def decide(states: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return transfer(command, states)

    targets = tuple(Target(purse, stream_id) for stream_id in streams)
    return Submission(as_ or identity(), command, targets, decide)
