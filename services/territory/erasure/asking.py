"""A person is erased by all their ids at once, here and in the asking of all others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.territory.erasure.commands import AskErasure
from services.territory.erasure.decider import erasure
from services.territory.resident import rules
from services.territory.resident.decider import HERE
from services.territory.resident.events import RelativeWithdrawn, ResidentFact
from services.territory.resident.state import Resident
from shared.core.messages import Event, Rejected
from shared.core.person.events import SubjectErased
from shared.core.state import replace


def asked(
    command: AskErasure, subjects: Sequence[UUID], states: Sequence[Any]
) -> list[list[Event]]:
    """The events for each subject's erasure and for the person, in turns, as `states` has them;
    the last subject is the one that was asked for, those before it are all its doubles.

    Raises Rejected, also when another double has come to them meanwhile.
    """
    kept: Resident = states[-1]
    if kept.status not in HERE:
        raise rules.refused(kept)
    if (*kept.doubles, kept.person) != tuple(subjects):
        raise Rejected("doubles_changed", "others were merged into this person; ask again")
    events: list[list[Event]] = []
    for number, subject in enumerate(subjects):
        of_it, person = states[2 * number : 2 * number + 2]
        events.append(list(erasure.decide(replace(command, subject=subject), of_it)))
        events.append(list(_erased(command, subject, person)))
    return events


def _erased(command: AskErasure, subject: UUID, person: Resident) -> list[ResidentFact]:
    gone = SubjectErased(
        at=command.at,
        subject=subject,
        territory=person.building,
        reason=command.reason,
        late_reason=command.late_reason,
    )
    kin = (RelativeWithdrawn(at=command.at, relative=one) for one in person.relatives)
    return [*kin, gone]
