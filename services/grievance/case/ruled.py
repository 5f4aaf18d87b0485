"""What all of a case's commands and events have in common: the rule book that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import AwareDatetime

from services.grievance.rules.book import RuleBook
from services.grievance.words import Clock, Window
from shared.core.messages import Command, Event


@dataclass(frozen=True, kw_only=True)
class RuledCommand(Command):
    """It is decided by `book`; without one it is told of the past, and promises nothing.

    `learnt` is when it was put to us where it is told of an earlier time: what is late is judged
    by that.
    """

    book: RuleBook | None = None
    learnt: datetime | None = None

    @property
    def judged_at(self) -> datetime:
        """The time by which it is in time or late."""
        return self.learnt or self.at


class RuledEvent(Event):
    """What a rule book decided: its version is `rules`. `due` is what the event promises: the last
    moment that is in time, by clock or window. Both are None for what was told of the past."""

    rules: str | None = None
    due: dict[Clock | Window, AwareDatetime] | None = None
