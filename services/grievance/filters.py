"""What clients may ask for when they read: the query parameters of the HTTP API."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.grievance.words import OVER, CaseType, Channel, Group, Status
from shared.core.text import Word
from shared.runtime.projections.building import When
from shared.runtime.web.moments import Day, Moment, Month, Position

OPEN = frozenset(get_args(Status)) - OVER - {"new"}
NAMED = "|".join((*get_args(Status), "open"))
States = Annotated[str, Field(pattern=f"^({NAMED})(,({NAMED}))*$", max_length=200)]


class RegisterFilter(BaseModel):
    """What to list, all conditions together.

    `q` is the number, the reference or the id of a case, or words of its subject and its details,
    each at least two characters long. `state` names several with commas between; `open` is all that
    are not over. Cases were filed on the days `from` to `to`, both included, in Beijing time.
    `territory` is a subtree, under the boundaries of the moment `drawn_at` or of today. The order
    `due` lists open cases only, what is due first first. `after` is `next` of the page before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Word | None = None
    state: States | None = None
    overdue: bool | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    sort: Literal["filed", "due"] = "filed"
    territory: Word | None = None
    drawn_at: Moment | None = None
    type: CaseType | None = None
    channel: Channel | None = None
    unit: Word | None = None
    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0

    def states(self) -> frozenset[str] | None:
        """The states that are asked for; None for all."""
        if self.state is None:
            return None
        named = set(self.state.split(","))
        return frozenset(named - {"open"} | (OPEN if "open" in named else set()))


class DeskFilter(BaseModel):
    """Which part of the desk: a subtree under the boundaries of today, one pile. `after` is `next`
    of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    group: Group | None = None
    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class PastFilter(BaseModel):
    """Which reading of a case: as it was at `as_of`, as it was known at `known_at`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: AwareDatetime | None = None
    known_at: AwareDatetime | None = None


class TimelineFilter(BaseModel):
    """How far what is read has to have come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0


class RulesFilter(BaseModel):
    """By which rule book cases of which territory are decided; the actor's own where not said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    min_position: Position = 0


class ScoresFilter(BaseModel):
    """Orders dispatched in which month, this one where not said; of which subtree, under the
    boundaries of today, and which unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: Month | None = None
    by: Literal["unit", "community"] = "unit"
    territory: Word | None = None
    unit: Word | None = None
    min_position: Position = 0


class SampleFilter(BaseModel):
    """Replies of which month, this one where not said, and of which subtree."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: Month | None = None
    territory: Word | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class BoardFilter(BaseModel):
    """Of which subtree, under the boundaries of the moment `drawn_at` or of today; and when: as it
    was at `at`, as it was known at `known`.

    `min_position` is for the present; a board of another time is drawn from the log itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    territory: Word | None = None
    drawn_at: Moment | None = None
    at: Moment | None = None
    known: Moment | None = None
    min_position: Position = 0

    def when(self) -> When:
        """The time that is asked about."""
        return When(self.at, self.known)


class ResponseFilter(BoardFilter):
    """How to group the response times."""

    by: Literal["year", "area"] = "year"


class BacklogFilter(BoardFilter):
    """Whose backlog, and after how many days a case that waits is overdue."""

    unit: Word | None = None
    overdue_after: Annotated[int, Field(ge=0, le=36_500)] = 15


class ChannelFilter(BoardFilter):
    """Petitions filed in which months, both included, and whether month by month."""

    by: Literal["channel", "month"] = "channel"
    first: Month | None = None
    last: Month | None = None
