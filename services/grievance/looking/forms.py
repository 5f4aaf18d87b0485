"""What clients send to break glass, and what they may ask of the looks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.core.text import Word, storable
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Moment, Position

Reason = Annotated[
    str,
    StringConstraints(min_length=10, max_length=500, strip_whitespace=True),
    AfterValidator(storable),
]


class Glass(Sent):
    """Why this case has to be seen, in so many words that another person can judge it."""

    SEALED = ("reason",)

    reason: Reason


class LooksFilter(BaseModel):
    """Looks `from` one moment `until` another, both included; a look stands for all of its minute.
    `after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: Moment | None = Field(default=None, alias="from")
    until: Moment | None = None
    after: Position | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100


class LookSearch(LooksFilter):
    """Searches for all of these `words`, what this `actor` looked at, where `glass` was broken or
    where it was not; all conditions together, of a subtree under the boundaries of today."""

    words: Word | None = None
    actor: Word | None = None
    glass: bool | None = None
    territory: Word | None = None


def begun(moment: datetime | None) -> datetime | None:
    """The beginning of the minute of this moment: what was seen again in it is on record once."""
    return moment and moment.replace(second=0, microsecond=0)
