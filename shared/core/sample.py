"""Which invented district a sample is: the same everywhere for a seed and a scale."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST, LARGEST = 0.01, 10.0
LAST_SEED = 999_999_999


class Unsuited(Exception):
    """The sample cannot go where it was asked to go; the message is one line for the operator."""


@dataclass(frozen=True)
class Sample:
    """Scale 1 is a district of 24,000 households."""

    seed: int = 1
    scale: float = 1.0

    @property
    def name(self) -> str:
        """What tells it from any other sample."""
        return f"{self.seed} {float(self.scale)}"


def checked(seed: int = 1, scale: float = 1.0) -> Sample:
    """The sample of this seed and scale. Raises ValueError for what is none; the message says what
    is allowed."""
    if not SMALLEST <= scale <= LARGEST:
        raise ValueError(f"{scale:g} is no scale; write a number from 0.01 to 10")
    if not 0 <= seed <= LAST_SEED:
        raise ValueError(f"{seed} is no seed; write a whole number from 0 to {LAST_SEED}")
    return Sample(seed, scale)
