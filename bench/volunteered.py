"""A district's volunteers: their accounts with years of records, appended as the kernel appends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from bench import living
from bench.living import Life, person, shares
from bench.stage import SHORT, Stage
from services.volunteer.account.events import ExcessHonoured, TimeDeposited
from services.volunteer.account.record_events import AccountOpened, HoursApproved, HoursLogged
from services.volunteer.account.stream import account_of
from services.volunteer.log import EVENTS, LOG
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.messages import Event
from shared.store.pool import Connection

COMMUNITIES = 33
SERVICES = ("meals", "safety", "culture", "cleaning", "health")
EVIDENCE = ("site_code", "photo", "recorder", "receiver")
WAITING = 100  # one record in so many waits for approval
DAYS = 1_800
NOW = datetime(2026, 9, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Size:
    """So many people, with so many records in all: a few have many, many have few."""

    people: int
    records: int

    @classmethod
    def of(cls, stage: Stage) -> Size:
        """`LINLI_BENCH_VOLUNTEERS` and `LINLI_BENCH_RECORDS`, else 140,000 people with 3,000,000
        records; 1,000 with 20,000 in a short run."""
        short = stage.window.streams <= SHORT.streams
        people, records = (1_000, 20_000) if short else (140_000, 3_000_000)
        return cls(
            int(os.environ.get("LINLI_BENCH_VOLUNTEERS", people)),
            int(os.environ.get("LINLI_BENCH_RECORDS", records)),
        )


def community(number: int) -> str:
    """Where the nth person lives and serves."""
    return f"c{number % COMMUNITIES}"


async def fill(connection: Connection, size: Size) -> int:
    """The accounts of all of them in the log; how many events that is."""
    return await living.fill(connection, LOG, EVENTS, lives(size))


def lives(size: Size) -> Iterator[Life]:
    """The accounts of all of them, with years of records."""
    random = Random(9)
    for number, records in shares(size.people, size.records):
        yield Life(account_of(person(number)), community(number), lived(random, number, records))


def lived(random: Random, number: int, records: int) -> Iterator[Event]:
    """What happened to the nth person's account, with so many records."""
    about: dict[str, Any] = {"person": person(number), "territory": community(number)}
    days = sorted(random.choices(range(1, DAYS), k=records), reverse=True)
    first = NOW - timedelta(days=(days or [1])[0])
    yield AccountOpened(at=first, **about)
    version, total, saved = 2, 0, 0
    for ago in days:
        at, minutes = NOW - timedelta(days=ago), random.choice((30, 60, 90, 120, 180))
        what = {"service": random.choice(SERVICES), "minutes": minutes}
        told: dict[str, Any] = {**about, **what, "day": at.date().isoformat()}
        kind = random.choice(EVIDENCE)
        yield HoursLogged(at=at, evidence=kind, recorder="recorder-1", **told)
        version += 1
        if random.randrange(WAITING) == 0:
            continue
        record, total = version - 1, total + minutes
        yield HoursApproved(at=at, record=record, approver="approver-1", total=total, **told)
        into = min(minutes, BOOK.cap - saved)
        came = [(TimeDeposited, into, {"repaid": 0})] if into else []
        brought: Sequence[Any] = [*came, (ExcessHonoured, minutes - into, {})]
        for one, amount, more in islice(brought, None if into < minutes else len(came)):
            yield one(at=at, record=record, minutes=amount, **more)
            version += 1
        version, saved = version + 1, saved + into
