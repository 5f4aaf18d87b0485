"""Every look at cases, one row each: who saw what, when, and in what capacity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from services.grievance.look.events import (
    CaseOpened,
    EvidenceExported,
    GlassBroken,
    LookEvent,
    LooksRead,
    RegisterSearched,
)
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel
from shared.core.state import replace


@dataclass(frozen=True)
class LookRow:
    """One look. `roles`, `fields`, `words` (fingerprints) and `cases` (those that a search showed)
    are lists with commas between. `reason` is a box that only the key of `petitioner` opens."""

    look_id: UUID
    position: int
    at: datetime
    actor: str
    roles: str
    unit: str | None
    territory: str
    type: str
    case_id: UUID | None
    shown: str | None
    part: str | None
    fields: str
    words: str
    cases: str
    of_actor: str | None
    redacted: bool | None
    petitioner: UUID | None
    reason: str | None


def fold(_: LookRow | None, recorded: Recorded[LookEvent]) -> LookRow:
    """The look; nothing changes it."""
    event, row = recorded.event, _row(recorded)
    match event:
        case CaseOpened(case_id=case, shown=shown, part=part, fields=fields):
            return replace(row, case_id=case, shown=shown, part=part, fields=_list(fields))
        case EvidenceExported(case_id=case, redacted=redacted, fields=fields):
            return replace(row, case_id=case, redacted=redacted, fields=_list(fields))
        case RegisterSearched(words=words, cases=cases):
            return replace(row, words=_list(words), cases=_list(cases))
        case GlassBroken(case_id=case, fields=fields, reason=reason):
            seen = replace(row, case_id=case, shown="case", fields=_list(fields))
            return replace(seen, petitioner=reason.subject, reason=reason.box)
        case LooksRead(case_id=of_case, words=words, of_actor=actor):
            return replace(row, case_id=of_case, words=_list(words), of_actor=actor)
        case _:
            assert_never(event)


def _row(recorded: Recorded[LookEvent]) -> LookRow:
    event = recorded.event
    return LookRow(
        look_id=recorded.stream_id,
        position=recorded.position,
        at=recorded.occurred_at,
        actor=recorded.actor,
        roles=_list(event.roles),
        unit=event.unit,
        territory=event.territory,
        type=recorded.type,
        case_id=None,
        shown=None,
        part=None,
        fields="",
        words="",
        cases="",
        of_actor=None,
        redacted=None,
        petitioner=None,
        reason=None,
    )


def _list(parts: Iterable[Any]) -> str:
    return ",".join(map(str, parts))


looks: ReadModel[LookRow, LookEvent] = ReadModel(
    name="looks",
    row=LookRow,
    fold=fold,
    of=LookEvent,
    indexes=(
        "(case_id, position)",
        "(actor, position)",
        "(position)",
        "(position) where type = 'glass-broken'",
        "using gin (string_to_array(words, ',')) with (fastupdate = off)",
        "using gin (string_to_array(cases, ',')) with (fastupdate = off)",
    ),
)
