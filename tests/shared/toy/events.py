"""What can have happened to a purse."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.core.catalogue import Payload, Upcasters
from shared.core.messages import Correction, Event


class PurseOpened(Event):
    """Somebody began to save. Version 1 had the name of the owner only, and no territory."""

    schema_version: ClassVar[int] = 2

    type: Literal["purse-opened"] = "purse-opened"
    owner: str
    territory: str


class MoneyPut(Event):
    """Money went in."""

    type: Literal["money-put"] = "money-put"
    fen: int


class MoneyTaken(Event):
    """Money came out."""

    type: Literal["money-taken"] = "money-taken"
    fen: int


class PurseMoved(Event):
    """The purse belongs to another territory now."""

    type: Literal["purse-moved"] = "purse-moved"
    territory: str


class PurseClosed(Event):
    """There is no such purse any more."""

    type: Literal["purse-closed"] = "purse-closed"


class PurseCorrected(Correction):
    """An earlier event of this purse was recorded wrongly."""

    type: Literal["purse-corrected"] = "purse-corrected"


PurseEvent = Annotated[
    PurseOpened | MoneyPut | MoneyTaken | PurseMoved | PurseClosed | PurseCorrected,
    Field(discriminator="type"),
]


def opened_1(fields: Payload) -> Payload:
    """Version 1 said `name`, and every purse was the district's."""
    return {"owner": fields["name"], "territory": "d"}


UPCASTERS: Upcasters = {("purse-opened", 1): opened_1}
