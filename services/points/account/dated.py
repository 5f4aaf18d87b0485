"""Commands that are decided by the day on which they are asked."""

from __future__ import annotations

from dataclasses import dataclass

from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class Dated(Command):
    """`asked_on` is that day, in Beijing: what ended before it is ended first."""

    asked_on: str
