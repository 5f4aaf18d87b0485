"""From the life of a case to what it adds to the figures, each on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from services.dashboard.measures.book import Movement
from services.dashboard.measures.days import day_at
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.words import Status

ENDS: Mapping[str, Movement] = {"closed": "closed", "not_accepted": "declined"}
# So much is added to a movement on a day. Plain tuples, here and below: each row that changes is
# counted twice, as it was and as it is.
Moved = tuple[int, Movement, int]


class Step(NamedTuple):
    """What happened to a case: the event of this `version` led to `status`, at so many
    microseconds since 1970. `told` is what of the event may be corrected and counts."""

    version: int
    status: Status
    at: int
    told: Mapping[str, Any] | None = None


class Round(NamedTuple):
    """A time in which a case was open: from a day until one, or still; how it ended."""

    number: int
    began: int
    ended: int | None = None
    how: Movement | None = None


def moves(case_type: str, steps: Sequence[Step]) -> list[Moved]:
    """All that a case of this type adds; `steps` begin with its filing, in order of version. What
    was imported has `told` of its filing, and is due no response."""
    filed, limit, declined = day_at(steps[0].at), BOOK.limit(case_type), False
    told: list[Moved] = [(filed, "filed", 1)]
    for one in rounds(steps):
        declined = declined or one.how == "declined"
        told += _of_round(one, limit)
    if case_type not in BOOK.unanswered and not declined and not steps[0].told:
        told += _of_response(filed, steps)
    for step in steps:
        if step.status == "callback":
            told += _of_callback(step)
    return told


def rounds(steps: Sequence[Step]) -> list[Round]:
    """When the case was open. What would end or begin a round a second time does nothing."""
    told, number, began = list[Round](), 1, day_at(steps[0].at)
    is_open = True
    for step in steps:
        status = step.status
        if is_open and status in ENDS:
            is_open = False
            told.append(Round(number, began, day_at(step.at), ENDS[status]))
        elif status == "reopened" and not is_open:
            is_open = True
            number, began = number + 1, day_at(step.at)
    if is_open:
        told.append(Round(number, began))
    return told


def _of_round(one: Round, limit: int) -> list[Moved]:
    number, began, ended, how = one
    late = began + limit + 1
    told: list[Moved] = [(began, "reopened", 1)] if number > 1 else []
    if ended is None or how is None:
        told.append((late, "overdue", 1))
        return told
    told.append((ended, how, 1))
    if number == 1 and how == "closed":
        told.append((ended, "first_pass", 1))
    if ended > late:
        told += ((late, "overdue", 1), (ended, "overdue", -1))
    return told


def _of_response(filed: int, steps: Sequence[Step]) -> list[Moved]:
    told: list[Moved] = [(filed + 1, "response_due", 1)]
    for step in steps:
        if step.status == "signed":
            if day_at(step.at) <= filed + 1:
                told.append((filed + 1, "responded", 1))
            break
    return told


def _of_callback(step: Step) -> list[Moved]:
    answers = step.told or {}
    if not answers.get("contacted"):
        return []
    day = day_at(step.at)
    told: list[Moved] = [(day, "called_back", 1)]
    if answers.get("resolved"):
        told.append((day, "resolved", 1))
    if answers.get("satisfied"):
        told.append((day, "satisfied", 1))
    return told
