"""Accounts that live at random, by the rules: hours logged, approved, rejected, reversed; time
given away and brought in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.volunteer.account.commands import (
    AccountCommand,
    ApproveHours,
    LogHours,
    OpenAccount,
    RejectHours,
    ReverseHours,
)
from services.volunteer.account.decider import account
from services.volunteer.account.events import AccountEvent
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import BringInTime, DonateTime
from services.volunteer.log import EVENTS, LOG
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.canonical import Facts
from shared.core.envelope import Recorded
from shared.core.messages import Actor, Rejected
from shared.store import read
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection

PLACES = ("d/s1/c1", "d/s1/c2", "d/s2/c9")
BEGAN = datetime(2026, 4, 20, 2, tzinfo=UTC)
RULES = BOOK.model_copy(update={"cap": 600, "opens": 60, "late_days": 400})
LEADER = Actor(id="leader", roles=frozenset({"team_leader"}), territory="d")
APPROVER = Actor(id="approver", roles=frozenset({"hours_approver"}), territory="d")
Lives = dict[UUID, list[AccountEvent]]


async def live_at_random(
    connection: Connection, seed: int, lives: Lives, steps: int = 100
) -> list[Recorded[Any]]:
    """So many commands to these accounts and new ones, appended; the whole log."""
    random = Random(seed)
    for number in range(steps):
        person = random.choice([*lives]) if lives and random.random() < 0.93 else uuid4()
        before = lives.get(person, [])
        try:
            told = account.decide(
                _command(random, person, before, BEGAN + timedelta(hours=5 * number)),
                account.fold(before),
            )
        except Rejected:
            continue
        await append(connection, LOG, [_decided(person, len(before), [*told])])
        lives[person] = [*before, *told]
    return [read.decode(EVENTS, row) for row in await read.page(connection, LOG, 0, 100_000)]


def _decided(person: UUID, version: int, told: list[AccountEvent]) -> Decided:
    stream, command = account_of(person), uuid4()
    facts = tuple(
        Facts(
            LOG, stream, number, event.type, event.schema_version, "d", "clerk-1", command, command,
            None, "live", event.at, EVENTS.encode(event),
        )
        for number, event in enumerate(told, start=version + 1)
    )  # fmt: skip
    return Decided(command, command.bytes, (Check(stream, version),), facts)


def _command(
    random: Random, person: UUID, before: list[AccountEvent], at: datetime
) -> AccountCommand:
    leads: dict[str, Any] = {"at": at, "actor": LEADER}
    if not before:
        return OpenAccount(**leads, person=person, territory=random.choice(PLACES))
    state = account.fold(before)
    number = random.choice([*state.records, 99])
    approves: dict[str, Any] = {"at": at, "actor": APPROVER, "record": number}
    steps: list[AccountCommand] = [
        _hours(random, person, at),
        ApproveHours(**approves, rules=RULES),
        RejectHours(**approves, reason="not_served"),
        ReverseHours(**approves, reason="mistake"),
        DonateTime(**leads, pool="d", minutes=random.randrange(1, 200)),
        BringInTime(
            **leads, person=person, home="d/s1/c1", minutes=random.randrange(1, 90),
            source="old book",
        ),
    ]  # fmt: skip
    return random.choices(steps, weights=[9, 9, 1, 4, 2, 1])[0]


def _hours(random: Random, person: UUID, at: datetime) -> LogHours:
    day = (at - timedelta(days=random.randrange(40))).date().isoformat()
    return LogHours(
        at=at, actor=LEADER, person=person, home="d/s1/c1", day=day,
        minutes=random.randrange(10, 240), territory=random.choice(PLACES),
        service=random.choice(("meals", "safety")), evidence=random.choice(("photo", "site_code")),
        rules=RULES, team=random.choice((None, UUID(int=7))),
    )  # fmt: skip
