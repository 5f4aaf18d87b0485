"""Cases that live at random, by the rules: entered late, corrected, closed and reopened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.grievance.case.allowed import ALLOWED
from services.grievance.case.commands import (
    AcceptCase,
    AnswerCallback,
    AskWithdrawal,
    CaseCommand,
    CorrectCase,
    DecideExclusion,
    DeclineCase,
    DispatchCase,
    RecordCallback,
    RequestExclusion,
    SignOrder,
    SubmitReply,
    WithdrawPetition,
)
from services.grievance.case.decider import case
from services.grievance.case.events import CaseEvent, Photo
from services.grievance.log import EVENTS, LOG, GrievanceEvent
from services.grievance.rule_book.events import RuleBookPublished, RuleBookWithdrawn
from services.grievance.rule_book.stream import RULE_BOOKS
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.canonical import Facts
from shared.core.envelope import Recorded
from shared.core.messages import Rejected
from shared.store import read
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection
from tests.grievance.cases import COMMANDS, MAY_1, past, raise_it, sealed

Lives = dict[UUID, list[CaseEvent]]
PLACES = ("d/s1/c1", "d/s1/c2", "d/s2/c9")
CHANNELS = ("online", "hotline", "station")
UNITS = ("repairs", "parks")
OUTCOMES = ("solved", "explained")
TYPES = ("repair", "petition", "clue")
ENDS = (DeclineCase, WithdrawPetition, AskWithdrawal)
MOVES = (AcceptCase, DispatchCase, SignOrder, SubmitReply, AnswerCallback)
STEPS = tuple(one for one in COMMANDS if one not in (past, raise_it))


def often_corrected(command: CaseCommand) -> int:
    """What ends a life is seldom, what changes its past is often."""
    if isinstance(command, ENDS):
        return 1
    return 40 if isinstance(command, CorrectCase) else 9


def often_answered(command: CaseCommand) -> int:
    """What moves an order on is often, what ends it or leaves it out is seldom."""
    if isinstance(command, (*ENDS, RequestExclusion, DecideExclusion)):
        return 3
    return 40 if isinstance(command, MOVES) else 9


async def live_at_random(
    connection: Connection,
    seed: int,
    lives: Lives,
    steps: int = 60,
    weight: Callable[[CaseCommand], int] = often_corrected,
) -> list[Recorded[Any]]:
    """So many commands to these cases and new ones, appended; the whole log."""
    random = Random(seed)
    for _ in range(steps):
        key = random.choice([*lives]) if lives and random.random() < 0.95 else uuid4()
        before = lives.get(key, [])
        try:
            events = list[CaseEvent](
                case.decide(_command(random, before, weight), case.fold(before))
            )
        except Rejected:
            continue
        await append(connection, LOG, [decided(key, len(before), events)])
        lives[key] = [*before, *events]
    return await logged(connection)


async def logged(connection: Connection) -> list[Recorded[Any]]:
    """Every event of the log, in order."""
    return [read.decode(EVENTS, row) for row in await read.page(connection, LOG, 0, 100_000)]


async def publish_at_random(connection: Connection, seed: int, count: int = 12) -> None:
    """So many rule books, most of them withdrawn again, appended."""
    random, told = Random(seed), list[GrievanceEvent]()
    for number in range(count):
        version, at = f"2026.{number + 2}", MAY_1 + timedelta(days=number)
        starts, scope = (at + timedelta(days=9)).date(), random.choice(("", *PLACES))
        about = {"version": version, "starts": starts, "scope": scope}
        book = BOOK.model_copy(update=about)
        told.append(RuleBookPublished(at=at, district="d", book=book))
        if random.random() < 0.6:
            told.append(RuleBookWithdrawn(at=at, version=version))
    await append(connection, LOG, [decided(RULE_BOOKS, 0, told)])


def _command(
    random: Random, before: list[CaseEvent], weight: Callable[[CaseCommand], int]
) -> CaseCommand:
    at = _when(random, before)
    late: dict[str, Any] = {"late_reason": "paper_form"}
    if not before:
        about: dict[str, Any] = {"channel": random.choice(CHANNELS)}
        about |= {"territory": random.choice(PLACES), "case_type": random.choice(TYPES)}
        about["photos"] = (Photo(file=random.randbytes(4).hex(), key=sealed("photo")),)
        return replace(raise_it, at=at, book=BOOK, **about, **late)
    status = case.fold(before).status
    steps = [one for one in STEPS if status in ALLOWED[type(one)]]
    chosen = random.choices(steps, weights=[weight(one) for one in steps])[0]
    if isinstance(chosen, CorrectCase):
        corrects = random.randrange(1, len(before) + 1)
        changes = _changes(random, before, corrects)
        return replace(chosen, at=at, corrects=corrects, changes=changes, **late)
    if isinstance(chosen, RecordCallback):
        chosen = replace(chosen, contacted=False, resolved=None, satisfied=None)
    if isinstance(chosen, AnswerCallback):
        answer = random.choice((True, False))
        chosen = replace(chosen, resolved=answer, satisfied=not answer)
    unit = case.fold(before).unit
    told: dict[str, Any] = {"unit": random.choice(UNITS)} if hasattr(chosen, "unit") else {}
    told |= {"outcome": random.choice(OUTCOMES)} if hasattr(chosen, "outcome") else {}
    actor = replace(chosen.actor, unit=unit if chosen.actor.unit else None)
    return replace(chosen, at=at, actor=actor, book=BOOK, **told, **late)


def _when(random: Random, before: list[CaseEvent]) -> datetime:
    """Late: some hours, at times none, after what happened last."""
    last = max((event.at for event in before), default=MAY_1)
    return last + timedelta(hours=random.choice((0, 0, 7, 200)))


def _changes(random: Random, before: list[CaseEvent], corrects: int) -> dict[str, Any]:
    event = case.fold(before).past[corrects - 1]
    earlier = event.at - timedelta(hours=random.choice((1, 5, 300)))
    possible: dict[str, Any] = {"occurred_at": earlier.isoformat()}
    if event.type == "petition-raised":
        possible |= {"territory": random.choice(PLACES), "channel": random.choice(CHANNELS)}
    if event.type == "case-dispatched":
        possible["unit"] = random.choice(UNITS)
    if event.type == "case-closed":
        possible["outcome"] = random.choice(OUTCOMES)
    names = random.sample([*possible], k=random.randrange(1, len(possible) + 1))
    return {name: possible[name] for name in names}


def decided(key: UUID, version: int, events: Sequence[GrievanceEvent]) -> Decided:
    """These events, to be appended behind a version of a stream."""
    command = uuid4()
    facts = tuple(
        Facts(
            LOG, key, number, event.type, event.schema_version, "d", "clerk-1", command, command,
            None, "live", event.at, EVENTS.encode(event),
        )
        for number, event in enumerate(events, start=version + 1)
    )  # fmt: skip
    return Decided(command, command.bytes, (Check(key, version),), facts)
