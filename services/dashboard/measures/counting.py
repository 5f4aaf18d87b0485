"""From the life of a case to what it adds to the figures, each on its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from services.dashboard.measures.book import Movement
from services.dashboard.measures.days import day_at
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.words import Status

ENDS: Mapping[str, Movement] = {"closed": "closed", "not_accepted": "declined"}
NOTHING: Mapping[str, Any] = {}


class Step(NamedTuple):
    """What happened to a case: the event of this `version` led to `status`, at so many
    microseconds since 1970. `told` is what of the event may be corrected and counts."""

    version: int
    status: Status
    at: int
    told: Mapping[str, Any] = NOTHING


class Moved(NamedTuple):
    """So much is added to a movement on a day."""

    day: int
    movement: Movement
    amount: int


class Round(NamedTuple):
    """A time in which a case was open: from a day until one, or still; how it ended."""

    number: int
    began: int
    ended: int | None = None
    how: Movement | None = None


def moves(case_type: str, steps: Sequence[Step]) -> Iterator[Moved]:
    """All that a case of this type adds; `steps` begin with its filing, in order of version."""
    filed = day_at(steps[0].at)
    yield Moved(filed, "filed", 1)
    declined = False
    for one in rounds(steps):
        declined = declined or one.how == "declined"
        yield from _of_round(one, BOOK.limit(case_type))
    if case_type not in BOOK.unanswered and not declined:
        yield from _of_response(filed, steps)
    for step in steps:
        if step.status == "callback":
            yield from _of_callback(step)


def rounds(steps: Sequence[Step]) -> Iterator[Round]:
    """When the case was open. What would end or begin a round a second time does nothing."""
    number, began = 1, day_at(steps[0].at)
    is_open = True
    for step in steps:
        if is_open and step.status in ENDS:
            is_open = False
            yield Round(number, began, day_at(step.at), ENDS[step.status])
        elif step.status == "reopened" and not is_open:
            is_open = True
            number, began = number + 1, day_at(step.at)
    if is_open:
        yield Round(number, began)


def _of_round(one: Round, limit: int) -> Iterator[Moved]:
    late = one.began + limit + 1
    if one.number > 1:
        yield Moved(one.began, "reopened", 1)
    if one.ended is None or one.how is None:
        yield Moved(late, "overdue", 1)
        return
    yield Moved(one.ended, one.how, 1)
    if one.number == 1 and one.how == "closed":
        yield Moved(one.ended, "first_pass", 1)
    if one.ended > late:
        yield Moved(late, "overdue", 1)
        yield Moved(one.ended, "overdue", -1)


def _of_response(filed: int, steps: Sequence[Step]) -> Iterator[Moved]:
    signed = next((day_at(step.at) for step in steps if step.status == "signed"), None)
    yield Moved(filed + 1, "response_due", 1)
    if signed is not None and signed <= filed + 1:
        yield Moved(filed + 1, "responded", 1)


def _of_callback(step: Step) -> Iterator[Moved]:
    if not step.told.get("contacted"):
        return
    day = day_at(step.at)
    yield Moved(day, "called_back", 1)
    if step.told.get("resolved"):
        yield Moved(day, "resolved", 1)
    if step.told.get("satisfied"):
        yield Moved(day, "satisfied", 1)
