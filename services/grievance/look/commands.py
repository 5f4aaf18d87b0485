"""What is asked of the access log: that a look be on record before anything is shown."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.words import Shown
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class Looking(Command):
    """Somebody looks at what lies in this territory."""

    territory: str


@dataclass(frozen=True, kw_only=True)
class OpenCase(Looking):
    """They open this much of a case, number `part` of it where there are several; `fields` are the
    contact details in the answer."""

    case_id: UUID
    shown: Shown
    part: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExportEvidence(Looking):
    """They take the case away as a file; `redacted` where personal values are left out of it."""

    case_id: UUID
    redacted: bool
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchRegister(Looking):
    """They search by words, of which there are fingerprints, and get these cases, or `more`."""

    words: tuple[str, ...]
    cases: tuple[UUID, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class BreakGlass(Looking):
    """They open a case, contact and all, that is not theirs to see, and say why."""

    case_id: UUID
    fields: tuple[str, ...]
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class ReadLooks(Looking):
    """They read who looked: at a case, for words, or what one actor looked at."""

    case_id: UUID | None = None
    words: tuple[str, ...] = ()
    of_actor: str | None = None


LookCommand = OpenCase | ExportEvidence | SearchRegister | BreakGlass | ReadLooks
