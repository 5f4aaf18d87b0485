"""What can have happened to a pool: each event says how many minutes came or went."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.core.messages import Event


class PoolCredited(Event):
    """`giver` gave minutes to the pool of this territory."""

    type: Literal["pool-credited"] = "pool-credited"
    territory: str
    giver: UUID
    minutes: int


class PoolDrawn(Event):
    """Minutes paid for help that `receiver`, who had not enough, got from `helper`. It was given in
    territory `served`."""

    type: Literal["pool-drawn"] = "pool-drawn"
    territory: str
    help: UUID
    minutes: int
    receiver: UUID
    helper: UUID
    served: str


PoolEvent = Annotated[PoolCredited | PoolDrawn, Field(discriminator="type")]
