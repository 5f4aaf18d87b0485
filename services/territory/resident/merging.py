"""A person who was registered twice: both streams change, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.territory.resident import rules
from services.territory.resident.decider import HERE
from services.territory.resident.events import (
    CareTagged,
    CareUntagged,
    DoubleAbsorbed,
    DoublesMerged,
    RelativeDeclared,
    RelativeWithdrawn,
    ResidentFact,
)
from services.territory.resident.state import Resident
from shared.core.messages import Command, Rejected


@dataclass(frozen=True, kw_only=True)
class MergeDoubles(Command):
    """`double` is `into`, who is kept. Touches both streams, the double's first."""

    double: UUID
    into: UUID


def merged(command: MergeDoubles, states: Sequence[Resident]) -> list[list[ResidentFact]]:
    """What becomes of the double, and of the one that is kept. Raises Rejected.

    Care and relatives go over to the one that is kept, so that nobody in need is lost; consent
    does not: what was agreed to was agreed to there. The double has no stay any more.
    """
    double, kept = states
    if command.double == command.into:
        raise Rejected("double_of_oneself", "name the person that is kept", "into")
    if double.status not in HERE:
        raise rules.refused(double)
    if kept.status not in HERE:
        no = rules.refused(kept)
        raise Rejected(no.code, no.detail, "into")
    given, taken = _given(command, double), _taken(command, double, kept)
    if command.late_reason is None:
        return [given, taken]
    late = {"late_reason": command.late_reason}
    return [[event.model_copy(update=late) for event in events] for events in (given, taken)]


def _given(command: MergeDoubles, double: Resident) -> list[ResidentFact]:
    at = command.at
    return [
        *(CareUntagged(at=at, tag=tag) for tag in double.tags),
        *(RelativeWithdrawn(at=at, relative=relative) for relative in double.relatives),
        DoublesMerged(at=at, into=command.into),
    ]


def _taken(command: MergeDoubles, double: Resident, kept: Resident) -> list[ResidentFact]:
    at, own = command.at, {command.into, command.double, *double.doubles}
    known = {*kept.relatives, *kept.doubles, *own}
    return [
        DoubleAbsorbed(at=at, doubles=(command.double, *double.doubles)),
        *(CareTagged(at=at, tag=tag) for tag in double.tags if tag not in kept.tags),
        *(RelativeWithdrawn(at=at, relative=one) for one in kept.relatives if one in own),
        *(
            RelativeDeclared(at=at, relative=relative, relation=relation)
            for relative, relation in double.relatives.items()
            if relative not in known
        ),
    ]
