"""How far back words are looked for: first where the next cases are, then further.

A word that many cases have fills a page from the latest few; to find a rare one among all is cheap.
What lies between would be dear either way, so it is looked for in parts of the past, each some
twenty times as long as the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from services.grievance.queries.search import Filters
from shared.core.local_time import months_of

FIRST = 500  # cases
FURTHER = (1, 20, 400)
SHORTEST = timedelta(days=1)
LONGEST = timedelta(days=3_650)


def windows(filters: Filters, first: datetime, last: datetime) -> Iterator[Filters]:
    """The same question of ever longer parts of the past, at last of all of it; the next cases were
    filed between `first` and `last`."""
    span = max(last - first, SHORTEST)
    for times in FURTHER:
        since = last - span * times
        if span * times > LONGEST or (filters.since is not None and since <= filters.since):
            break
        yield replace(filters, since=since, months=tuple(months_of(since, last)))
    yield filters
