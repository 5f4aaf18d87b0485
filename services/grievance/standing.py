"""How a case stands beside its status: what it promises, what it missed, who else is in it."""

from __future__ import annotations

from typing import Any

from services.grievance.case.events import CaseLinked, CaseReopened, DeadlineMissed
from services.grievance.case.links import original_of
from services.grievance.case.state import Case


def of(case: Case) -> dict[str, Any]:
    """What holds of it now."""
    links = [event for event in case.past if isinstance(event, CaseLinked)]
    return {
        "assists": sorted(case.assists),
        "redos": case.redos,
        "level": case.level,
        "supervised": case.supervised,
        "extension": case.extension,
        "exclusion": case.exclusion,
        "verified": case.verified,
        "duplicate_of": original_of(case),
        "duplicates": [link.other for link in links if link.relation == "has_duplicate"],
    }


def clocks(case: Case) -> list[dict[str, Any]]:
    """The clocks that run, and those that have run out since this round began, by their times."""
    told = [{"clock": clock, "due": due, "missed": False} for clock, due in case.running.items()]
    begun = max((n for n, e in enumerate(case.past) if isinstance(e, CaseReopened)), default=0)
    told += [
        {"clock": event.clock, "due": event.at, "missed": True}
        for event in case.past[begun:]
        if isinstance(event, DeadlineMissed)
    ]
    return sorted(told, key=lambda one: one["due"])
