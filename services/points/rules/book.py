"""The rules of a place for points, one version of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from services.points.words import Deed, Evidence, Expires, HonourHolder, HonourLevel, Unit
from shared.core.roles import Role
from shared.core.text import Line, Word, storable

VERSION = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$"
CODE = r"^[a-z][a-z0-9_]{0,39}$"
Points = Annotated[int, Field(ge=0, le=10_000_000)]
Scope = Annotated[str, Field(max_length=200), AfterValidator(storable)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reason(_Part):
    """For what points are given, or, `taken`, are taken: so many each time, or each hour of sixty
    minutes. `daily` and `monthly` are the most that an account is given for it. `evidence` is what
    has to be shown, `granted_by` who may give or take them at once; everybody else asks a
    reviewer."""

    code: str = Field(pattern=CODE)
    label: Word
    label_en: Word
    taken: bool = False
    unit: Unit = "each"
    points: int = Field(ge=1, le=1_000_000)
    daily: Points | None = None
    monthly: Points | None = None
    evidence: Evidence = "none"
    granted_by: tuple[Role, ...] = Field(default=(), max_length=10)


class Expiry(_Part):
    """When points end: never, so many `days` after they could first be spent, or with the month or
    the year in which they were given. They can be spent after `locked` days. Of what ends with a
    month or a year, `carry` points of an account at most go on to the end of the next one, once.
    The holder is told `notice` days before."""

    mode: Expires
    days: int | None = Field(default=None, ge=1, le=3_660)
    locked: int = Field(default=0, ge=0, le=366)
    carry: Points = 0
    notice: int = Field(default=30, ge=0, le=366)

    @model_validator(mode="after")
    def _fits(self) -> Expiry:
        if (self.mode == "days") != (self.days is not None):
            raise ValueError("days belong to the mode `days`, and to no other")
        if self.carry and self.mode not in {"month_end", "year_end"}:
            raise ValueError("points are carried over where they end with a month or a year")
        return self


class HonourKind(_Part):
    """An honour: who may hold it, for how many working days a nomination is on public notice, on
    which level and by which roles it is granted after that."""

    code: str = Field(pattern=CODE)
    label: Word
    label_en: Word
    holder: HonourHolder
    notice_days: int = Field(default=5, ge=0, le=60)
    level: HonourLevel = "community"
    granted_by: tuple[Role, ...] = Field(default=("party_secretary", "supervisor"), max_length=10)


class PointsRules(_Part):
    """One version, in force from the day `starts` on, in the territory `scope` and below it; the
    whole district's where that is empty.

    `daily` and `monthly` are the most that an account is given in all. `reactions` say which reason
    a deed in another service counts as. Points are spent once an account was ever given `opens` of
    them, `least` at a time; what was bought waits `pickup_hours` at the counter and may come back
    for `refund_days`; its points then can be spent for `refund_days` more at least. `sharing` is
    whether points may pass between the accounts of a household. `fen` is what a point is worth, in
    fen, for what is outstanding. `sources` says where each figure comes from.
    """

    version: str = Field(pattern=VERSION)
    starts: date
    scope: Scope = ""
    reasons: tuple[Reason, ...] = Field(min_length=1, max_length=60)
    daily: Points | None = None
    monthly: Points | None = None
    reactions: Mapping[Deed, str] = Field(default_factory=dict)
    expiry: Expiry
    opens: Points = 0
    least: Points = 0
    pickup_hours: int = Field(ge=1, le=1_440)
    refund_days: int = Field(ge=0, le=366)
    sharing: bool = False
    fen: int = Field(ge=0, le=1_000_000)
    honours: tuple[HonourKind, ...] = Field(default=(), max_length=60)
    sources: Mapping[Annotated[str, Field(max_length=40)], Line] = Field(max_length=40)

    @model_validator(mode="after")
    def _consistent(self) -> PointsRules:
        for named in (self.reasons, self.honours):
            codes = [one.code for one in named]
            if len(set(codes)) != len(codes):
                raise ValueError("each code stands once")
        for deed, code in self.reactions.items():
            reason = self.reason(code)
            if reason is None or reason.taken:
                raise ValueError(f"{deed} counts as {code}, for which no points are given")
            if (reason.unit == "hour") != (deed == "hours_approved"):
                raise ValueError(f"{deed} is not counted by {reason.unit}")
        return self

    def reason(self, code: str) -> Reason | None:
        """The reason of this code; None where these rules have none."""
        return next((one for one in self.reasons if one.code == code), None)

    def honour(self, code: str) -> HonourKind | None:
        """The honour of this code; None where these rules have none."""
        return next((one for one in self.honours if one.code == code), None)
