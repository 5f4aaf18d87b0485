"""What the people of the sample did for their points: a year and a half of it, some of it wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from services.points.account.commands import (
    AccountCommand,
    DeductPoints,
    EarnPoints,
    ExpirePoints,
)
from services.points.rules.book import PointsRules
from shared.core.local_time import BEIJING, day_of
from shared.core.messages import Actor

DAYS = 540
# Of which deed, how many times or minutes, out of ten.
KINDS = (
    ("activity", 1), ("activity", 1), ("activity", 1), ("serving", 60), ("serving", 90),
    ("serving", 120), ("clue", 1), ("clue", 1), ("explaining", 1), ("mediation", 1),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """By which rules, counted back from which moment, in which district."""

    rules: PointsRules
    began: datetime
    district: str
    seed: int


def lived(
    person: UUID, community: str, told: Told, *, busy: bool = False
) -> Iterator[AccountCommand]:
    """What somebody was given, oldest first; once in a while points are taken for what was not
    right. The year's end came in between."""
    chance = Random(f"{told.seed} {person} points")
    count = 60 if busy else 6 + chance.randrange(10)
    ago = sorted(chance.sample(range(1, DAYS), count), reverse=True)
    for number, days in enumerate(ago):
        at = _at(told.began - timedelta(days=days), chance.randint(9, 17))
        yield _earned(person, community, told, at, chance)
        if not busy and number == 3 and chance.random() < 0.08:
            yield _deducted(community, told, at + timedelta(hours=3))
    # what ended with the year is on record, as the sweep would have it
    today = told.began
    yield ExpirePoints(at=today, actor=acting(told, "timer", "service"), asked_on=day_of(today))


def acting(told: Told, name: str, role: str) -> Actor:
    """Somebody of the district's staff."""
    return Actor(id=name, roles=frozenset({role}), territory=told.district)


def _earned(person: UUID, community: str, told: Told, at: datetime, chance: Random) -> EarnPoints:
    reason, quantity = chance.choice(KINDS)
    day = day_of(at)
    about: dict[str, Any] = {"territory": community, "home": community, "rules": told.rules}
    return EarnPoints(
        at=at, actor=acting(told, "reviewer-1", "points_reviewer"), asked_on=day, day=day,
        holder=person, reason=reason, quantity=quantity, **about,
    )  # fmt: skip


def _deducted(community: str, told: Told, at: datetime) -> DeductPoints:
    reviewer = acting(told, "reviewer-1", "points_reviewer")
    day = day_of(at)
    return DeductPoints(
        at=at, actor=reviewer, asked_on=day, day=day, reason="uncivil", quantity=1,
        territory=community, rules=told.rules,
    )  # fmt: skip


def _at(moment: datetime, hour: int) -> datetime:
    """This hour of the local day."""
    local: date = (moment + BEIJING).date()
    return datetime.combine(local, time(hour), UTC) - BEIJING
