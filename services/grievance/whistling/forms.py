"""What clients send about a whistle."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from services.grievance.whistle.rules import MOST
from services.grievance.words import WhistleReason
from shared.core.text import Line, Prose, Word
from shared.runtime.web.forms import Form


def _once(units: list[str]) -> list[str]:
    if len({*units}) < len(units):
        raise ValueError("names a unit twice")
    return units


Units = Annotated[list[Word], Field(min_length=1, max_length=MOST), AfterValidator(_once)]
Some = Annotated[list[Word], Field(default=[], max_length=200), AfterValidator(_once)]


class Blow(Form):
    """Call units to a place, in one of the three cases in which that may be done; `case` is the id
    of the case that it is about."""

    SEALED = ("what", "where")

    territory: Word
    reason: WhistleReason
    what: Prose
    where: Line
    units: Units
    case: UUID | None = None


class Call(Form):
    """Call further units."""

    units: Units


class Report(Form):
    """Say that the actor's own unit is there, whether it was called or not."""


class Result(Form):
    """Say what the actor's own unit did."""

    SEALED = ("words",)

    words: Prose


class Ending(Form):
    """End it: which units came, and which of them did their part. Of the others it is said that
    they did not."""

    came: Some
    did: Some
