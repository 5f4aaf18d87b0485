"""A rule book: the figures by which cases are handled, with their sources. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from services.grievance.rules.limit import Limit, due
from services.grievance.words import CaseType, Urgency
from shared.core.workdays import WorkCalendar


class RuleBook(BaseModel):
    """One version, in force from the day `starts` on, in the territory `scope` and below it; the
    whole district's where that is empty.

    How long it may take: to `dispatch` and to `answer` what was filed, to `sign` an order, to
    `contact` its petitioner, to `handle` a round, to decide an `extension` or an `exclusion` that
    was asked for, to settle whose a `remit` is, to `redo`, to call back, to end a `supervision`.
    How long it can be asked for: to `bounce` an order, to `reopen` a case. The longest `prolongs`
    and `shelves`. `whistle` is how long a unit may take to a place it is called to.
    `sources` says where each figure comes from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    version: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")
    starts: date
    scope: str = ""
    dispatch: Mapping[Urgency, Limit]
    answer: Mapping[Urgency, Limit]
    sign: Limit
    bounce: Limit
    contact: Limit
    handle: Mapping[CaseType, Limit]
    handle_otherwise: Limit
    extension: Limit
    prolongs: Mapping[CaseType, Limit]
    prolongs_otherwise: Limit
    remit: Limit
    redo: Limit
    callback: Limit
    supervision: Limit
    exclusion: Limit
    reopen: Limit
    shelves: Limit
    whistle: Limit
    bounces: int = Field(ge=0, le=20)
    redos: int = Field(ge=1, le=20)
    units: int = Field(ge=2, le=20)
    callback_share: int = Field(ge=0, le=100)
    closed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    sources: Mapping[str, str] = {}

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Its working days."""
        return WorkCalendar(frozenset(self.closed), frozenset(self.worked))

    def due(self, limit: Limit, since: datetime) -> datetime:
        """The last moment of a limit that is in time."""
        return due(limit, since, self.calendar)

    def handling(self, case_type: CaseType) -> Limit:
        """How long a round of such a case may take."""
        return self.handle.get(case_type, self.handle_otherwise)

    def prolonging(self, case_type: CaseType) -> Limit:
        """By how much such a case can be prolonged at most."""
        return self.prolongs.get(case_type, self.prolongs_otherwise)
