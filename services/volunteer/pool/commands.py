"""What may be asked of a pool, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class CreditPool(Command):
    """Put in what the giver donates. It is decided together with the giver's account, who is at
    `home`."""

    territory: str
    giver: UUID
    home: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class DrawPool(Command):
    """Pay for help that somebody without savings received; once for each help."""

    territory: str
    help: UUID
    minutes: int
    receiver: UUID
    helper: UUID
    served: str


PoolCommand = CreditPool | DrawPool
