"""A pool as it is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

PoolStatus = Literal["empty", "filled"]


@dataclass(frozen=True)
class Pool:
    """`balance` is what there is to draw, in minutes; `paid` is the help it has paid for. It is
    `filled` once anything was given."""

    status: PoolStatus = "empty"
    territory: str = ""
    balance: int = 0
    paid: frozenset[UUID] = frozenset()
