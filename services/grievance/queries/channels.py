"""The channel mix: how many petitions came in which way, and how they ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal

from services.grievance.words import PROACTIVE
from shared.runtime.projections.map_copy import Places
from shared.store.pool import Connection

By = Literal["channel", "month"]

CHANNELS = """
select case when $4 then month end as month, channel, outcome, sum(petitions)::bigint as petitions
from channel_count
where ($1::text[] is null or territory = any($1))
  and ($2::text is null or month >= $2) and ($3::text is null or month <= $3)
group by 1, channel, outcome
order by 1, channel, outcome
"""


@dataclass(frozen=True, kw_only=True)
class Mix:
    """Which petitions: of these places or of all, filed in these months (`2026-05`), both in."""

    by: By = "channel"
    places: Places = None
    first: str | None = None
    last: str | None = None


async def read(connection: Connection, mix: Mix) -> list[dict[str, Any]]:
    """A line a channel, or a month and channel: petitions, how many are closed, by outcome."""
    about = (mix.places, mix.first, mix.last, mix.by == "month")
    rows = await connection.fetch(CHANNELS, *about)
    return list(_lines(rows))


def proactive(lines: Sequence[Mapping[str, Any]]) -> dict[str, int | None]:
    """How many of the petitions of these lines were found before anyone complained."""
    petitions = sum(line["petitions"] for line in lines)
    found = sum(line["petitions"] for line in lines if line["channel"] in PROACTIVE)
    per_mille = (1_000 * found + petitions // 2) // petitions if petitions else None
    return {"found": found, "petitions": petitions, "per_mille": per_mille}


def _lines(rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for (month, channel), same in groupby(rows, itemgetter("month", "channel")):
        petitions = {row["outcome"]: row["petitions"] for row in same}
        still_open = petitions.pop("", 0)
        closed = sum(petitions.values())
        yield {
            "month": month,
            "channel": channel,
            "petitions": still_open + closed,
            "closed": closed,
            "outcomes": petitions,
        }
