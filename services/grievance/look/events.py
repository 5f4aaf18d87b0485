"""What can be seen of cases, each time on record. The union is the catalogue of the access log.

`roles` and `unit` are what the actor's token said, `territory` is where it lies what they saw.
Nothing here says anything of a person in plain words: `fields` are names of fields, `words` are
keyed fingerprints.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.grievance.words import Shown
from shared.core.messages import Event
from shared.core.sealed import Sealed


class CaseOpened(Event):
    """This much of a case was shown, number `part` of it where there are several, with these
    contact details."""

    type: Literal["case-opened"] = "case-opened"
    territory: str
    roles: tuple[str, ...]
    unit: str | None = None
    case_id: UUID
    shown: Shown
    part: str | None = None
    fields: tuple[str, ...]


class EvidenceExported(Event):
    """A case was handed out as a file; `redacted` without its personal values."""

    type: Literal["evidence-exported"] = "evidence-exported"
    territory: str
    roles: tuple[str, ...]
    unit: str | None = None
    case_id: UUID
    redacted: bool
    fields: tuple[str, ...]


class RegisterSearched(Event):
    """The register was searched by words; these cases were shown, and there are `more` or not."""

    type: Literal["register-searched"] = "register-searched"
    territory: str
    roles: tuple[str, ...]
    unit: str | None = None
    words: tuple[str, ...]
    cases: tuple[UUID, ...]
    more: bool


class GlassBroken(Event):
    """A case was shown, with these contact details, to someone who may not usually see that; why,
    is sealed with the petitioner's key."""

    type: Literal["glass-broken"] = "glass-broken"
    territory: str
    roles: tuple[str, ...]
    unit: str | None = None
    case_id: UUID
    fields: tuple[str, ...]
    reason: Sealed


class LooksRead(Event):
    """It was read who had looked: at this case, for these words, or at what this actor had."""

    type: Literal["looks-read"] = "looks-read"
    territory: str
    roles: tuple[str, ...]
    unit: str | None = None
    case_id: UUID | None = None
    words: tuple[str, ...] = ()
    of_actor: str | None = None


LookEvent = Annotated[
    CaseOpened | EvidenceExported | RegisterSearched | GlassBroken | LooksRead,
    Field(discriminator="type"),
]
