"""What the communities owe their people, put together from what each place has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from services.volunteer.homing import community_of
from services.volunteer.queries.accounts import Accounts
from services.volunteer.service import Volunteers
from shared.core.local_time import months_of
from shared.runtime.projections.map_copy import Places

FIGURES = ("accounts", "served", "free", "held", "owed", "pool", "lately")
MONTHS = 3


async def liability(
    service: Volunteers, places: Places, moment: datetime
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A line a community, the one with the most outstanding first, and all of them together."""
    rows = await Accounts(service.pool).liability(places, whole_months(moment))
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
    for row in rows:
        line = sums[community_of(service, row["territory"])]
        for name in FIGURES:
            line[name] += row.get(name, 0)
    items = [told(code, line) for code, line in sums.items()]
    whole = {name: sum(line[name] for line in sums.values()) for name in FIGURES}
    items.sort(key=lambda item: (-item["outstanding"], item["territory"]))
    return items, told("", whole)


def whole_months(moment: datetime) -> Sequence[str]:
    """The last MONTHS months that are over."""
    return months_of(moment - timedelta(days=31 * (MONTHS + 1)), moment)[-MONTHS - 1 : -1]


def told(territory: str, line: Mapping[str, int]) -> dict[str, Any]:
    """A line with what follows from its figures."""
    outstanding = line["free"] + line["held"] + line["pool"]
    monthly = line["lately"] // MONTHS
    shown = {name: line[name] for name in FIGURES if name != "lately"}
    return {
        **shown,
        "territory": territory,
        "outstanding": outstanding,
        "monthly": monthly,
        "months": -(-outstanding // monthly) if monthly else None,
    }
