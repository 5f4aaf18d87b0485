"""A look is a stream of its own with one event: nothing is loaded for it, nothing conflicts.

It is never refused: whether somebody may see what they ask for is decided where it is read, and
whoever has seen it has to be on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, assert_never, get_args

from services.grievance.look.commands import (
    BreakGlass,
    ExportEvidence,
    LookCommand,
    OpenCase,
    ReadLooks,
    SearchRegister,
)
from services.grievance.look.events import (
    CaseOpened,
    EvidenceExported,
    GlassBroken,
    LookEvent,
    LooksRead,
    RegisterSearched,
)
from services.grievance.look.upcasters import UPCASTERS
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Command
from shared.core.roles import NAMES

MAY: Mapping[type[Command], Set[Any]] = dict.fromkeys(get_args(LookCommand), frozenset(NAMES))


@dataclass(frozen=True)
class Seen:
    """What a look has to say of itself."""

    territory: str = ""


def decide(command: LookCommand, _: Seen) -> list[LookEvent]:
    """The one event of a look."""
    about: dict[str, Any] = {
        "at": command.at,
        "territory": command.territory,
        "roles": tuple(sorted(command.actor.roles)),
        "unit": command.actor.unit,
    }
    match command:
        case OpenCase(case_id=case, shown=shown, part=part, fields=fields):
            return [CaseOpened(case_id=case, shown=shown, part=part, fields=fields, **about)]
        case ExportEvidence(case_id=case, redacted=redacted, fields=fields):
            return [EvidenceExported(case_id=case, redacted=redacted, fields=fields, **about)]
        case SearchRegister(words=words, cases=cases, more=more):
            return [RegisterSearched(words=words, cases=cases, more=more, **about)]
        case BreakGlass(case_id=case, fields=fields, reason=reason):
            return [GlassBroken(case_id=case, fields=fields, reason=reason, **about)]
        case ReadLooks(case_id=of_case, words=words, of_actor=actor):
            return [LooksRead(case_id=of_case, words=words, of_actor=actor, **about)]
        case _:
            assert_never(command)


look = Decider(
    category="look",
    initial=Seen(),
    decide=decide,
    evolve=lambda _, event: Seen(event.territory),
    territory=lambda seen: seen.territory,
    events=Catalogue.of(LookEvent, UPCASTERS),
)
