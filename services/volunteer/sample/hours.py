"""What the people of the sample served: a year of hours with evidence of every kind, most of them
approved, some waiting, late, rejected, reversed. The veteran has served for years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from services.volunteer.account.commands import (
    AccountCommand,
    ApproveHours,
    LogHours,
    RejectHours,
    ReverseHours,
)
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.words import Evidence, Service
from shared.core.local_time import BEIJING
from shared.core.messages import Actor

KINDS: tuple[Service, ...] = (
    "environment", "culture", "companionship", "safety", "meals", "governance", "errands",
    "learning", "health", "cleaning",
)  # fmt: skip
EVIDENCE: tuple[Evidence, ...] = (
    "site_code", "site_code", "photo", "recorder", "receiver", "paper", "own_word",
)  # fmt: skip
YEAR, WEEK, WAITING = 365, 7, 12  # days; what is younger than the last waits for approval
SHIFT, SHIFTS = 240, 305
TWELVE_HUNDRED = SHIFT * SHIFTS  # minutes: 1,220 hours
SINCE = 1991
LATE_DAYS = 20


@dataclass(frozen=True)
class Serves:
    """Who serves, from which community, in which team; `number` says when and what."""

    person: UUID
    community: str
    team: UUID | None
    number: int


@dataclass(frozen=True)
class Told:
    """By which rules, counted back from which moment, in which district."""

    rules: VolunteerRules
    began: datetime
    district: str
    seed: int


def year(serves: Serves, told: Told) -> Iterator[AccountCommand]:
    """A year of somebody's hours, about one a month, in turn with their approvals."""
    chance = Random(f"{told.seed} {serves.person}")
    yield from _told(serves, told, chance, _of_a_year(serves, chance))


def decades(serves: Serves, told: Told) -> Iterator[AccountCommand]:
    """A day of every year since the team began; and the last year as everybody's."""
    chance, today = Random(f"{told.seed} {serves.person}"), told.began.date()
    mays = [(today - date(number, 5, 20)).days for number in range(SINCE, today.year)]
    days = [(ago, 180) for ago in mays if ago > YEAR]
    yield from _told(serves, told, chance, [*days, *_of_a_year(serves, chance)], sure=True)


def veteran(serves: Serves, told: Told) -> Iterator[AccountCommand]:
    """Four hours a week, for more than 1,200 in all."""
    chance = Random(f"{told.seed} veteran")
    weeks = [(WEEK * n + WAITING, SHIFT) for n in range(SHIFTS, 0, -1)]
    yield from _told(serves, told, chance, weeks, sure=True)


def _of_a_year(serves: Serves, chance: Random) -> list[tuple[int, int]]:
    """So many days ago, so many minutes."""
    days = sorted(chance.sample(range(1, YEAR), 9 + serves.number % 7), reverse=True)
    return [(day, 30 * chance.randint(1, 8)) for day in days]


def _told(
    serves: Serves,
    told: Told,
    chance: Random,
    days: list[tuple[int, int]],
    *,
    sure: bool = False,
) -> Iterator[AccountCommand]:
    version = 2  # behind account-opened
    for ago, minutes in days:
        late = chance.random() < 0.06 and ago > LATE_DAYS + WAITING
        logged = _logged(serves, told, chance, (ago, minutes), late=late)
        yield logged
        record, version = version, version + 1
        if ago < WAITING:
            continue
        approver = acting(told, "approver-1", "hours_approver")
        about: dict[str, Any] = {"actor": approver, "record": record}
        about["at"] = logged.at + timedelta(days=chance.randint(1, 3), hours=2)
        if not sure and chance.random() < 0.03:
            yield RejectHours(**about, reason=chance.choice(("no_evidence", "wrong_time")))
            version += 1
            continue
        yield ApproveHours(**about, rules=told.rules)
        version += 2  # with what it brings
        if not sure and chance.random() < 0.02:
            about["at"] += timedelta(days=6)
            about["actor"] = acting(told, "supervisor-1", "supervisor")
            if about["at"] < told.began:
                yield ReverseHours(**about, reason=chance.choice(("false_hours", "mistake")))
                version += 2


def _logged(
    serves: Serves, told: Told, chance: Random, when: tuple[int, int], *, late: bool
) -> LogHours:
    ago, minutes = when
    since = morning(told.began - timedelta(days=ago), chance.randint(8, 15))
    evidence = chance.choice(EVIDENCE)
    at = since + timedelta(minutes=minutes) + timedelta(days=LATE_DAYS if late else 0)
    shown = f"{serves.person} {ago}".encode()
    own = evidence == "own_word"
    who = (str(serves.person), "volunteer") if own else ("recorder-1", "recorder")
    return LogHours(
        at=at,
        actor=acting(told, *who),
        person=serves.person,
        home=serves.community,
        day=(since + BEIJING).date().isoformat(),
        minutes=minutes,
        territory=serves.community,
        service=KINDS[(serves.number + chance.randint(0, 2)) % len(KINDS)],
        evidence=evidence,
        rules=told.rules,
        since=since,
        until=since + timedelta(minutes=minutes),
        proof=sha256(shown).hexdigest() if evidence in ("photo", "paper") else None,
        team=serves.team,
        sponsor=None if serves.team else f"{serves.community}-party",
        late_reason="paper_form" if late else None,
    )


def morning(moment: datetime, hour: int) -> datetime:
    """The day of this moment in Beijing, at an hour of it."""
    day = (moment + BEIJING).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (day - BEIJING).astimezone(UTC)


def acting(told: Told, name: str, role: str) -> Actor:
    """Somebody of this role, for the whole district."""
    return Actor(id=name, roles=frozenset({role}), territory=told.district)
