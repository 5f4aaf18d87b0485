"""Deadlines and misses of a case worked out plainly: minute by minute and day by day, from what
happened alone. It knows nothing of the clocks of the service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import holidays

from services.grievance.rules.book_2026_1 import BOOK
from shared.core.messages import Event

CHINA = holidays.country_holidays("CN")
BEIJING = timedelta(hours=8)
DAY = timedelta(days=1)
UNIT = {"sign", "contact", "redo"}
ROUND = UNIT | {
    "dispatch", "answer", "handle", "extension", "remit", "callback", "review", "supervision",
}  # fmt: skip


class Miss(NamedTuple):
    """What ran out, and when."""

    at: datetime
    clock: str


def is_worked(day: date) -> bool:
    """Whether it is a working day."""
    if day in CHINA.weekend_workdays:
        return True
    return day.weekday() < 5 and day not in CHINA


def last_moment(limit: str, since: datetime) -> datetime:
    """The last moment in time, counted step by step."""
    [(count, unit)] = re.findall(r"(\d+)(\w+)", limit)
    if unit in ("min", "h"):
        return since + timedelta(minutes=int(count) * {"min": 1, "h": 60}[unit])
    day, left = (since.replace(tzinfo=None) + BEIJING).date(), int(count)
    while left:
        day += DAY
        left -= 1 if unit == "d" or is_worked(day) else 0
    return end_of(day).replace(tzinfo=since.tzinfo)


def end_of(day: date) -> datetime:
    """The last moment of this day in Beijing, in UTC and without saying so."""
    return datetime(day.year, day.month, day.day) + DAY - BEIJING - timedelta(microseconds=1)  # noqa: DTZ001


def misses(events: Sequence[Event], until: datetime) -> list[Miss]:
    """Everything that ran out before `until`, in the order in which it did."""
    pending: dict[str, datetime] = {}
    promised: dict[str, datetime] = {}
    found: list[Miss] = []
    filing: Any = events[0]

    def pass_to(moment: datetime) -> None:
        over = [clock for clock, due in pending.items() if due < moment]
        found.extend(Miss(pending.pop(clock), clock) for clock in over)

    for event in events:
        pass_to(event.at)
        for clock in stopped(event):
            pending.pop(clock, None)
        for clock, due in started(event, filing, promised):
            pending[clock] = promised[clock] = due
    pass_to(until)
    return sorted(found)


def stopped(event: Any) -> set[str]:
    """What has been done by it."""
    return {
        "case-declined": ROUND,
        "case-closed": ROUND,
        "case-dispatched": {"dispatch", "remit"} | UNIT,
        "remit-decided": {"remit"},
        "order-bounced": {"sign"},
        "order-signed": {"sign"},
        "requester-contacted": {"answer", "contact"} if getattr(event, "reached", 0) else set(),
        "progress-noted": {"answer", "contact"},
        "reply-submitted": {"answer", "contact", "redo"},
        "extension-granted": {"extension"},
        "extension-refused": {"extension"},
        "callback-recorded": {"callback"},
        "redo-ordered": {"callback"},
        "case-shelved": {"dispatch", "answer", "callback"} | UNIT,
        "shelved-case-reviewed": {"review"},
        "supervision-ended": {"supervision"},
        "exclusion-granted": {"exclusion"},
        "exclusion-refused": {"exclusion"},
    }.get(event.type, set())


def started(
    event: Any, filing: Any, promised: dict[str, datetime]
) -> Iterator[tuple[str, datetime]]:
    """What has to be done from now on, and by when."""
    kind, at = filing.case_type, event.at
    handle = BOOK.handle.get(kind, BOOK.handle_otherwise)
    limits: dict[str, dict[str, str]] = {
        "order-signed": {"contact": BOOK.contact},
        "case-dispatched": {"sign": BOOK.sign},
        "order-bounced": {"remit": BOOK.remit},
        "reply-submitted": {"callback": BOOK.callback},
        "redo-ordered": {"redo": BOOK.redo},
        "extension-requested": {"extension": BOOK.extension},
        "supervision-opened": {"supervision": BOOK.supervision},
        "exclusion-requested": {"exclusion": BOOK.exclusion},
        "case-accepted": {"handle": handle} if kind == "petition" else {},
    }
    if event.type in ("petition-raised", "case-reopened"):
        yield "dispatch", last_moment(BOOK.dispatch[filing.urgency], at)
        yield "answer", last_moment(BOOK.answer[filing.urgency], at)
        yield "handle", last_moment(handle, at)
    for clock, limit in limits.get(event.type, {}).items():
        yield clock, last_moment(limit, at)
    if getattr(event, "review_on", None):
        yield "review", end_of(date.fromisoformat(event.review_on)).replace(tzinfo=at.tzinfo)
    if event.type == "extension-granted":
        unit = "d" if kind == "petition" else "wd"
        yield "handle", last_moment(f"{event.days}{unit}", promised["handle"])
