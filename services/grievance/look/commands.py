"""What is asked of the access log: that a look at what lies in a territory be on record before
anything is shown."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.grievance.words import Shown
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class OpenCase(Command):
    """They open this much of a case, number `part` of it where there are several; `fields` are the
    contact details in the answer."""

    territory: str
    case_id: UUID
    shown: Shown
    part: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExportEvidence(Command):
    """They take the case away as a file; `redacted` where personal values are left out of it."""

    territory: str
    case_id: UUID
    redacted: bool
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchRegister(Command):
    """They search by words, of which there are fingerprints, and get these cases, or `more`."""

    territory: str
    words: tuple[str, ...]
    cases: tuple[UUID, ...]
    more: bool


@dataclass(frozen=True, kw_only=True)
class BreakGlass(Command):
    """They open a case, contact and all, that is not theirs to see, and say why."""

    territory: str
    case_id: UUID
    fields: tuple[str, ...]
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class ReadLooks(Command):
    """They read who looked: at a case, for words, or what one actor looked at."""

    territory: str
    case_id: UUID | None = None
    words: tuple[str, ...] = ()
    of_actor: str | None = None


LookCommand = OpenCase | ExportEvidence | SearchRegister | BreakGlass | ReadLooks
