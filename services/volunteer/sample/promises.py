"""What recurs in the sample: a salon of many Sundays, a clinic that missed a month, festivals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from services.volunteer.promising.noting import TIMEKEEPER
from services.volunteer.sample.hours import Told, acting
from services.volunteer.sample.people import LARGEST, OLDEST, Community, teams
from services.volunteer.series.commands import EstablishSeries, NoteMissed, NoteOccurrence
from services.volunteer.series.decider import series
from services.volunteer.series.rhythm import Listed, Monthly, Rhythm, Weekly, days_of
from services.volunteer.service import Volunteers
from services.volunteer.words import SeriesKind
from shared.core.derived import derived
from shared.core.local_time import day_of, end_of, start_of
from shared.core.messages import Command
from shared.runtime.telling import tell_in_turn

SUNDAYS, MONTHS, YEARS = 84, 14, 2  # so far
SILENT = 3  # so many months ago nobody said that there was a clinic
# Lantern festival, dragon boats, mid-autumn, double ninth.
FESTIVALS = (
    "2024-02-24", "2024-06-10", "2024-09-17", "2024-10-11",
    "2025-02-12", "2025-05-31", "2025-10-06", "2025-10-29",
    "2026-03-03", "2026-06-19", "2026-09-25", "2026-10-18",
    "2027-02-20", "2027-06-09", "2027-09-15", "2027-10-08",
    "2028-02-09", "2028-05-28", "2028-10-03", "2028-10-26",
)  # fmt: skip


async def load(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    """The salon and the festivals of S0's community, the clinic of S1's."""
    today = date.fromisoformat(day_of(told.began))
    for one in communities:
        if one.code == LARGEST:
            sundays = (today - timedelta(weeks=SUNDAYS)).isoformat()
            await _recurs(service, told, one, ("周日邻里沙龙", "salon", Weekly(weekday=7), sundays))
            since = f"{max(today.year - YEARS, 2024)}-01-01"
            if since < FESTIVALS[-1]:
                days = Listed(days=FESTIVALS)
                await _recurs(service, told, one, ("我们的节日", "festival", days, since))
        if one.code == OLDEST:
            since = (today - timedelta(days=30 * MONTHS)).isoformat()
            await _recurs(service, told, one, ("每月义诊", "clinic", Monthly(day=15), since))


def id_of(community: str, kind: SeriesKind) -> UUID:
    """The series of this kind in a community."""
    return derived("sample-series", community, kind)


async def _recurs(
    service: Volunteers,
    told: Told,
    place: Community,
    what: tuple[str, SeriesKind, Rhythm, str],
) -> None:
    known = id_of(place.code, what[1])
    commands = _lived(told, place, what)
    await tell_in_turn(service, f"series {place.code} {what[1]}", series, known, commands)


def _lived(
    told: Told, place: Community, what: tuple[str, SeriesKind, Rhythm, str]
) -> Iterator[Command]:
    name, kind, rhythm, since = what
    lead = acting(told, "lead-1", "activity_lead")
    yield EstablishSeries(
        at=start_of(since), actor=lead, late_reason="migration", name=name, territory=place.code,
        kind=kind, rhythm=rhythm, starts=since, promised=True, asked_on=since,
        team=teams(place.code)[1 % len(teams(place.code))],
    )  # fmt: skip
    chance = Random(f"{told.seed} {kind}")
    days = days_of(rhythm, since, day_of(told.began))
    for place_back, day in zip(range(len(days), 0, -1), days, strict=True):
        came = chance.randint(18, 46)
        if kind == "clinic" and place_back == SILENT:
            after = end_of(day) + timedelta(hours=1)
            yield NoteMissed(at=after, actor=TIMEKEEPER, day=day, asked_on=day_of(after))
        else:
            about: dict[str, Any] = {"day": day, "asked_on": day, "people": came}
            yield NoteOccurrence(at=start_of(day) + timedelta(hours=17), actor=lead, **about)
