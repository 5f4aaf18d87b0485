"""Two readings of a stream's past: as it was known then, and as it was in truth.

`known_at`: the events recorded by that time. `as_of`: of those, corrections are applied in place,
then what had happened by that time is kept, in the order in which it happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from shared.core.envelope import Recorded
from shared.core.messages import Correction, Event, Scalar

E = TypeVar("E", bound=Event)


def known_at(history: Iterable[Recorded[E]], moment: datetime) -> list[Recorded[E]]:
    """The events that had been recorded by `moment`, as they then stood."""
    return [recorded for recorded in history if recorded.recorded_at <= moment]


def corrected(history: Iterable[Recorded[E]]) -> list[Recorded[E]]:
    """Every event with the corrections of it in place, later corrections last."""
    events = {recorded.version: recorded for recorded in history}
    for recorded in list(events.values()):
        if isinstance(recorded.event, Correction):
            target = events[recorded.event.corrects]
            events[target.version] = _apply(target, recorded.event.changes)
    return list(events.values())


def as_of(history: Iterable[Recorded[E]], moment: datetime) -> list[Recorded[E]]:
    """What had truly happened by `moment`, by all that `history` knows, in order of happening."""
    true = [recorded for recorded in corrected(history) if recorded.occurred_at <= moment]
    return sorted(true, key=lambda recorded: (recorded.occurred_at, recorded.version))


def spent(recorded: Recorded[E]) -> Recorded[E]:
    """The event as it is folded after `as_of`: a correction, applied already, changes nothing."""
    if not isinstance(recorded.event, Correction):
        return recorded
    return recorded._replace(event=recorded.event.model_copy(update={"changes": {}}))


def _apply(target: Recorded[E], changes: dict[str, Scalar]) -> Recorded[E]:
    fields = target.event.model_dump()
    for name, value in changes.items():
        fields["at" if name == "occurred_at" else name] = value
    event = type(target.event).model_validate(fields)
    return target._replace(event=event, occurred_at=event.at)
