"""The scores once more, from whole histories, with no state carried along: a second witness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDispatched,
    CaseReopened,
    CaseShelved,
    DeadlineMissed,
    ExclusionGranted,
    ExtensionGranted,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    ProgressNoted,
    RedoOrdered,
    ReplySubmitted,
    RequesterContacted,
    ShelvedCaseReviewed,
)
from shared.core.envelope import Recorded
from shared.core.local_time import month_of

Key = tuple[str, str, str]
Events = Sequence[Any]


def recounted(history: Sequence[Recorded[Any]]) -> dict[Key, Counter[str]]:
    """What each month, territory and unit should have; lines of nothing left out."""
    cases = defaultdict[UUID, list[Any]](list)
    for recorded in history:
        cases[recorded.stream_id].append(recorded.event)
    sums = defaultdict[Key, Counter[str]](Counter)
    for events in cases.values():
        if isinstance(events[0], PetitionRaised):
            for key, line in _case(_righted(events)):
                sums[key] += line
    return {key: line for key, line in sums.items() if line}


def _righted(events: Events) -> Events:
    """The events with corrections in place; of one field the last one counts."""
    right = list(events)
    for event in events:
        if isinstance(event, CaseCorrected):
            told: dict[str, Any] = dict(event.changes)
            if moment := told.pop("occurred_at", None):
                told["at"] = datetime.fromisoformat(moment)
            right[event.corrects - 1] = right[event.corrects - 1].model_copy(update=told)
    return right


def _case(events: Events) -> Iterator[tuple[Key, Counter[str]]]:
    place = events[0].territory
    left_out = any(isinstance(event, ExclusionGranted) for event in events)
    for number, event in enumerate(events):
        if isinstance(event, CaseDispatched):
            order = _until_it_ends(events[number:])
            line = Counter(excluded=1) if left_out else _order(events[:number], order)
            yield (month_of(event.at), place, event.unit), line
            for reply, after in _replies(order):
                line = Counter(replied=1, sampled=_sampled(after))
                yield (month_of(reply.at), place, event.unit), Counter() if left_out else +line


def _until_it_ends(events: Events) -> Events:
    for number, event in enumerate(events[1:], start=1):
        resumed = isinstance(event, ShelvedCaseReviewed) and event.resumed
        if isinstance(event, CaseDispatched | CaseReopened) or resumed:
            return events[:number]
        if isinstance(event, OrderBounced | CaseClosed):
            return events[: number + 1]
    return events


def _order(before: Events, order: Events) -> Counter[str]:
    signed = next((n for n, one in enumerate(order) if isinstance(one, OrderSigned)), None)
    since = order[signed:] if signed is not None else []
    late_sign, late_contact = _missed(order, "sign"), _missed(since, "contact")
    promised_sign = "sign" in (order[0].due or {})
    promised_contact = bool(since) and "contact" in (since[0].due or {})
    told = any(_speaks(one) for one in since)
    closed = isinstance(order[-1], CaseClosed)
    late = _missed(order, "handle")
    in_time = closed and not late and _runs(before, order)
    answers = [one for one in order if isinstance(one, CallbackRecorded) and one.contacted]
    return +Counter(
        dispatched=1,
        bounced=isinstance(order[-1], OrderBounced),
        sign_due=promised_sign and (late_sign or signed is not None),
        signed=promised_sign and signed is not None and not late_sign,
        contact_due=promised_contact and (late_contact or told),
        contacted=promised_contact and told and not late_contact,
        close_due=late or in_time,
        closed_in_time=in_time,
        to_close=late or closed,
        closed=closed,
        redone=closed and any(isinstance(one, RedoOrdered) for one in order),
        extended=any(isinstance(one, ExtensionGranted) for one in order),
        called_back=bool(answers),
        resolved=bool(answers and answers[-1].resolved),
        satisfied=bool(answers and answers[-1].satisfied),
    )


def _runs(before: Events, order: Events) -> bool:
    """Whether the time to handle the round still ran at the end of the order."""
    runs = False
    for event in (*before, *order):
        due = getattr(event, "due", None) or {}
        if isinstance(event, PetitionRaised | CaseReopened):
            runs = "handle" in due
        elif isinstance(event, CaseAccepted | ExtensionGranted) and "handle" in due:
            runs = True
        elif isinstance(event, DeadlineMissed) and event.clock == "handle":
            runs = False
    return runs


def _missed(events: Events, clock: str) -> bool:
    return any(isinstance(one, DeadlineMissed) and one.clock == clock for one in events)


def _speaks(event: Any) -> bool:
    if isinstance(event, RequesterContacted):
        return event.reached
    return isinstance(event, ProgressNoted | ReplySubmitted)


def _replies(order: Events) -> Iterator[tuple[Any, Events]]:
    for number, event in enumerate(order):
        if isinstance(event, ReplySubmitted):
            yield event, order[number + 1 :]


def _sampled(after: Events) -> bool:
    """Whether somebody said how it was before it was taken up again."""
    for event in after:
        if isinstance(event, CallbackRecorded) and event.contacted:
            return True
        if isinstance(event, ReplySubmitted | RedoOrdered | CaseShelved | CaseClosed):
            return False
    return False
