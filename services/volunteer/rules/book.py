"""The rules of a place for hours, the time bank and stars, one version of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from services.volunteer.words import Care, Level, Relation
from shared.core.text import Line, storable

VERSION = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$"
Minutes = Annotated[int, Field(ge=0, le=100_000_000)]
Scope = Annotated[str, Field(max_length=200), AfterValidator(storable)]


class Rung(BaseModel):
    """A star level: how many approved minutes it takes, and who awards it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    star: int = Field(ge=1, le=12)
    minutes: Minutes
    level: Level


class VolunteerRules(BaseModel):
    """One version, in force from the day `starts` on, in the territory `scope` and below it; the
    whole district's where that is empty.

    Stars: the `ladder` from the lowest rung up, over approved minutes of a whole life or of the
    calendar year; whether a rung may be skipped; for how many working days an application is on
    public notice. Time: a balance holds at most `cap` minutes; help is paid for and time given away
    from `opens` served minutes on, or from `opens_age` years, where there is one; relatives of a
    `kin` may be given time and inherit it. `longest` is the longest single service and `daily`
    what fits into a day, in minutes. Hours entered more than `late_days` after their day need a
    reason. `priority` are the care classes that the pool helps without savings. False hours bar
    somebody for at most `barred_years`. `sources` says where each figure comes from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(pattern=VERSION)
    starts: date
    scope: Scope = ""
    ladder: tuple[Rung, ...] = Field(min_length=1, max_length=12)
    window: Literal["lifetime", "calendar_year"] = "lifetime"
    skipping: bool = False
    notice_days: int = Field(ge=0, le=60)
    cap: Minutes
    opens: Minutes
    opens_age: int | None = Field(default=None, ge=18, le=120)
    kin: tuple[Relation, ...] = Field(max_length=9)
    longest: int = Field(ge=1, le=1_440)
    daily: int = Field(ge=1, le=1_440)
    late_days: int = Field(ge=0, le=3_660)
    priority: tuple[Care, ...] = Field(max_length=6)
    barred_years: int = Field(ge=1, le=3)
    sources: Mapping[str, Line] = {}

    @model_validator(mode="after")
    def _climbs(self) -> VolunteerRules:
        """Raises ValueError for a ladder that does not rise rung by rung from star 1."""
        for number, rung in enumerate(self.ladder, start=1):
            if rung.star != number:
                raise ValueError(f"rung {number} of the ladder is of star {rung.star}")
        if any(low.minutes >= high.minutes for low, high in pairwise(self.ladder)):
            raise ValueError("each rung takes more minutes than the one below it")
        return self

    def eligible(self, minutes: int) -> int:
        """The highest star that so many approved minutes reach; 0 for none."""
        return sum(rung.minutes <= minutes for rung in self.ladder)

    def rung(self, star: int) -> Rung | None:
        """What this star takes; None where the ladder does not have it."""
        return self.ladder[star - 1] if 0 < star <= len(self.ladder) else None
