"""What those who watch do about a case, and what was missed."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from services.grievance.case.papers import Paper
from services.grievance.case.ruled import RuledEvent
from services.grievance.words import Clock, ExclusionReason, RaiseReason
from shared.core.messages import Event
from shared.core.sealed import Sealed


class SiteVerified(RuledEvent):
    """Somebody of another unit looked whether what was replied is so. Version 1 had no `files`."""

    schema_version: ClassVar[int] = 2

    type: Literal["site-verified"] = "site-verified"
    confirmed: bool
    found: Sealed
    files: tuple[Paper, ...] | None = None


class RedoOrdered(RuledEvent):
    """The reply does not do: the unit has to go back to work."""

    type: Literal["redo-ordered"] = "redo-ordered"
    words: Sealed


class LevelRaised(RuledEvent):
    """It moved up to this level: 1 is the subdistrict's, 2 the district's."""

    type: Literal["level-raised"] = "level-raised"
    level: int
    reason: RaiseReason


class SupervisionOpened(RuledEvent):
    """It is under special watch."""

    type: Literal["supervision-opened"] = "supervision-opened"
    words: Sealed


class SupervisionEnded(RuledEvent):
    """The special watch is over."""

    type: Literal["supervision-ended"] = "supervision-ended"
    words: Sealed


class ExclusionRequested(RuledEvent):
    """It was asked for that the case does not count for the scores, by this actor."""

    type: Literal["exclusion-requested"] = "exclusion-requested"
    reason: ExclusionReason
    grounds: Sealed
    by: str


class ExclusionGranted(RuledEvent):
    """The case does not count for the scores."""

    type: Literal["exclusion-granted"] = "exclusion-granted"
    words: Sealed


class ExclusionRefused(RuledEvent):
    """The case counts as any other."""

    type: Literal["exclusion-refused"] = "exclusion-refused"
    words: Sealed


class ClueVerified(RuledEvent):
    """Whether what a clue says is true was looked into.

    `petitioner` is the id in the register of whose case it is, and `territory` where it lies, so
    that others can credit them; None for whom the register does not know. Version 1 named nobody.
    """

    schema_version: ClassVar[int] = 2

    type: Literal["clue-verified"] = "clue-verified"
    holds: bool
    words: Sealed
    petitioner: UUID | None = None
    territory: str | None = None


class DeadlineMissed(Event):
    """What had to be done by now was not; `unit` is who had the order then."""

    type: Literal["deadline-missed"] = "deadline-missed"
    clock: Clock
    unit: str | None = None
