"""What may be asked of the clearing of a month."""

from __future__ import annotations

from dataclasses import dataclass

from services.volunteer.clearing.events import Position
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class CloseClearing(Command):
    """Agree on these positions of a month that is over, as of this position of the log."""

    month: str
    district: str
    lines: tuple[Position, ...]
    position: int


ClearingCommand = CloseClearing
