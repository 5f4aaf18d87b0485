"""What clients send about households, and what they may ask for: forms and query parameters."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.territory.forms import Code
from services.territory.households.rosters import door_of
from shared.core.text import storable
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Position

LONGEST_DOOR = 40
MOST = 500
PATTERN = "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def _on_the_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


def _door(written: str) -> str:
    door = door_of(storable(written))
    if not 0 < len(door) <= LONGEST_DOOR:
        raise ValueError(f"a door has 1 to {LONGEST_DOOR} characters")
    return door


Door = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_DOOR), AfterValidator(_door)
]
Area = Annotated[int, Field(ge=1, lt=2**31, description="floor area in dm²: 1 m² is 100")]
Day = Annotated[
    str,
    Field(pattern=PATTERN, json_schema_extra={"format": "date"}),
    AfterValidator(_on_the_calendar),
]
Mark = Annotated[
    str, Field(pattern="^[a-z0-9][a-z0-9-]{0,62}/.", max_length=120), AfterValidator(storable)
]


class NewHousehold(BaseModel):
    """The dwelling behind a door."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    door: Door
    area_dm2: Area


class HouseholdRegistration(Form):
    """Put households onto the roster of a building: all of them, or none."""

    households: Annotated[tuple[NewHousehold, ...], Field(min_length=1, max_length=MOST)]


class HouseholdAmendment(Form):
    """Give a household another floor area from then on."""

    area_dm2: Area


class Vacating(Form):
    """Those who lived there moved out."""


class Returning(Form):
    """Those who had moved out came back."""


class HouseholdClosing(Form):
    """Take a household off the roster: demolished, or joined with another."""


class HouseholdFilter(BaseModel):
    """Which households: `under` a territory, on the roster at the end of `day` in Beijing, today
    without one. `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    under: Code | None = None
    day: Day | None = None
    after: Mark | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    min_position: Position = 0
