"""Which event a position names: a log that lost its tail gives positions out again.

An event is born in the epoch in which its position was first given to it; log, birth and position
together name one event for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FIRST = 1


class Fork(NamedTuple):
    """From this epoch on, positions past `fork` mean other events than before."""

    epoch: int
    fork: int


def birth(forks: Sequence[Fork], position: int) -> int:
    """The epoch in which what stands at this position now was written."""
    return max((one.epoch for one in forks if position > one.fork), default=FIRST)


def name(log: str, position: int, born: int) -> tuple[str, ...]:
    """The words that name the event of this birth for ever, for ids that follow from them."""
    return (log, str(position)) if born == FIRST else (log, str(born), str(position))
