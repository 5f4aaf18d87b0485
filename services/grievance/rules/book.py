"""A rule book: the figures by which cases are handled, with their sources. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from services.grievance.rules.limit import Limit, due
from services.grievance.words import CaseType, Urgency
from shared.core.text import Line, storable
from shared.core.workdays import WorkCalendar

VERSION = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$"
MOST_DAYS = 1_000  # of one kind


def _day(value: object) -> object:
    """A date, or a text such as `2026-05-01`; no number, which might be seconds."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == len("2026-05-01"):
        return value
    raise ValueError("not a day such as 2026-05-01")


Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[tuple[Day, ...], Field(max_length=MOST_DAYS)]
Scope = Annotated[str, Field(max_length=200), AfterValidator(storable)]


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

    version: str = Field(pattern=VERSION)
    starts: Day
    scope: Scope = ""
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
    closed: Days = ()
    worked: Days = ()
    sources: Mapping[str, Line] = {}

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


# What is no figure is which book it is, where and when, and on which days offices are open.
_ASIDE = ("version", "starts", "scope", "closed", "worked", "sources")
FIGURES: tuple[str, ...] = tuple(name for name in RuleBook.model_fields if name not in _ASIDE)
# What is otherwise has the source of what it is otherwise of.
SOURCED = tuple(name for name in FIGURES if not name.endswith("_otherwise"))
