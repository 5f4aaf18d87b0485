"""What clients send with a command: the forms of the HTTP API."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.atlas.atlas import New
from shared.core.atlas.kinds import Kind
from shared.core.text import Word
from shared.runtime.web.forms import Form

# What is recorded in a territory names it by this, for ever.
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
LARGEST = 2_000


class NewTerritory(BaseModel):
    """A territory to come. Only the district has no `parent`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    kind: Kind
    name: Word
    parent: Code | None = None

    def new(self) -> New:
        """As the map knows it."""
        return New(self.code, self.kind, self.name, self.parent)


class Registration(Form):
    """Put territories onto the map, in this order: all of them, or none."""

    territories: Annotated[tuple[NewTerritory, ...], Field(min_length=1, max_length=LARGEST)]


class Renaming(Form):
    """Call a territory otherwise."""

    name: Word


class Moving(Form):
    """Put a territory, with all that lies in it, into another one."""

    parent: Code


class Membership(Form):
    """Make a territory a member of a block, or none any more."""

    block: Code


class Merger(Form):
    """Make one territory of several. `parent` where it shall lie, if they lie in several."""

    codes: Annotated[tuple[Code, ...], Field(min_length=2, max_length=200)]
    code: Code
    name: Word
    parent: Code | None = None


class NewPart(BaseModel):
    """One of the territories that a split makes, and what of the old one goes into it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    name: Word
    takes: Annotated[tuple[Code, ...], Field(max_length=LARGEST)]


class Split(Form):
    """Make several territories of one; all that lies in it goes into one of them."""

    parts: Annotated[tuple[NewPart, ...], Field(min_length=2, max_length=200)]


class Closing(Form):
    """Take an empty territory off the map."""
