"""The figures worked out plainly, day by day: what truly happened, by the words of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from shared.contracts.grievance import (
    CallbackRecorded,
    CaseClosed,
    CaseDeclined,
    CaseReopened,
    GrievanceContract,
    OrderSigned,
    PetitionRaised,
)
from shared.core.local_time import day_of

LIMITS = {"consult": 1, "help": 5, "suggest": 5, "report": 10, "complaint": 10, "petition": 60}
ONE = timedelta(days=1)


def figures(life: Sequence[GrievanceContract], day: date) -> Counter[str]:
    """Whether one case is open and overdue at the end of this day, and what it adds on it."""
    on = [event for event in life if _day(event) == day]
    told: Counter[str] = Counter()
    begun = _open_since(life, day)
    told["open"] = begun is not None
    [filing] = [event for event in life if isinstance(event, PetitionRaised)]
    limit = timedelta(days=LIMITS.get(filing.case_type, 15))
    told["overdue"] = begun is not None and day > begun + limit
    told["filed"] = sum(isinstance(event, PetitionRaised) for event in on)
    told["closed"] = sum(isinstance(event, CaseClosed) for event in on)
    told["reopened"] = sum(isinstance(event, CaseReopened) for event in on)
    told["declined"] = sum(isinstance(event, CaseDeclined) for event in on)
    closings = [event for event in life if isinstance(event, CaseClosed)]
    told["first_pass"] = bool(closings) and _day(closings[0]) == day
    asked = [event for event in on if isinstance(event, CallbackRecorded) and event.contacted]
    told["called_back"] = len(asked)
    told["resolved"] = sum(bool(event.resolved) for event in asked)
    told["satisfied"] = sum(bool(event.satisfied) for event in asked)
    declined = any(isinstance(event, CaseDeclined) for event in life)
    if filing.case_type != "praise" and not declined and day == _day(filing) + ONE:
        told["response_due"] = 1
        signed = [_day(event) for event in life if isinstance(event, OrderSigned)]
        told["responded"] = bool(signed) and min(signed) <= day
    return told


def _open_since(life: Sequence[GrievanceContract], day: date) -> date | None:
    begun = None
    for event in life:
        if _day(event) > day:
            break
        if isinstance(event, PetitionRaised | CaseReopened):
            begun = _day(event)
        elif isinstance(event, CaseClosed | CaseDeclined):
            begun = None
    return begun


def _day(event: GrievanceContract) -> date:
    return date.fromisoformat(day_of(event.at))
