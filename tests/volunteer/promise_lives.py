"""Series and duty posts that live at random, as their deciders let them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.volunteer.duty import commands as asked
from services.volunteer.duty.decider import duty
from services.volunteer.duty.turns import repeated, week_of
from services.volunteer.log import EVENTS, LOG
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.series import commands as told
from services.volunteer.series.decider import series
from services.volunteer.series.rhythm import Monthly, Rhythm, Weekly, days_of
from shared.core.canonical import Facts
from shared.core.decider import Decider
from shared.core.local_time import end_of
from shared.core.messages import Actor, Command, Event, Rejected
from shared.core.sealed import Sealed
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection

CHIEF = Actor(id="chief", roles=frozenset({"party_secretary"}), territory="d")
HOLDER = UUID(int=9)
FIRST = date(2026, 1, 5)  # a Monday
WORDS = Sealed(subject=HOLDER, field="words", box="x")


async def live(connection: Connection, seed: int, lives: int = 12) -> None:
    """So many series and posts, appended."""
    random = Random(seed)
    for number in range(lives):
        made = _series(random) if number % 2 else _duty(random)
        await _append(connection, *made)


def _series(random: Random) -> tuple[Decider[Any, Any, Any], Sequence[Command]]:
    rhythm: Rhythm = Weekly(weekday=3) if random.random() < 0.5 else Monthly(day=31)
    since = FIRST.isoformat()
    common: dict[str, Any] = {"actor": CHIEF, "at": _at(since)}
    establish = told.EstablishSeries(
        name="清洁日", territory="d/c1", kind="clean_up", rhythm=rhythm, starts=since,
        asked_on=since, promised=random.random() < 0.7, **common,
    )  # fmt: skip
    days = days_of(rhythm, since, "2026-08-01")
    return series, [establish, *_occurrences(random, days)]


def _occurrences(random: Random, days: Sequence[str]) -> Iterator[Command]:
    for day in days:
        today = day if random.random() < 0.7 else _after(day, 2)
        about: dict[str, Any] = {"actor": CHIEF, "at": _at(today), "asked_on": today}
        if random.random() < 0.2:
            before = {**about, "asked_on": day, "at": _at(day)}
            yield told.MoveOccurrence(day=day, to=_after(day, 1), reason="weather", **before)
        if random.random() < 0.4:
            yield told.NoteMissed(day=day, **{**about, "asked_on": _after(day, 3)})
        if random.random() < 0.7:
            yield told.NoteOccurrence(day=day, people=7, late_reason="paper_form", **about)
    if random.random() < 0.5:
        about = {"actor": CHIEF, "at": _at("2026-08-01")}
        yield told.EndSeries(reason="done", asked_on="2026-08-01", **about)


def _duty(random: Random) -> tuple[Decider[Any, Any, Any], Sequence[Command]]:
    since = FIRST.isoformat()
    weekly = random.random() < 0.5
    shifts = repeated({2, 5}, (time(19), time(21)), since, "2026-02-28")
    assign = asked.AssignDuty(
        actor=CHIEF, at=_at(since), holder=HOLDER, role="cadre", territory="d/c1", since=since,
        asked_on=since, cadence="weekly" if weekly else "shifts",
        shifts=() if weekly else tuple(shifts),
    )  # fmt: skip
    return duty, [assign, *_turns(random, weekly=weekly)]


def _turns(random: Random, *, weekly: bool) -> Iterator[Command]:
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(1, 60)]
    more = repeated({3}, (time(8), time(9)), "2026-03-02", "2026-03-20")
    about: dict[str, Any] = {"actor": CHIEF, "at": _at("2026-03-01"), "asked_on": "2026-03-01"}
    yield asked.AddShifts(shifts=tuple(more), **about)
    for day in days:
        about = {"actor": CHIEF, "at": _at(day), "late_reason": "paper_form"}
        at_day = {**about, "asked_on": day}
        steps: list[Command] = [
            asked.NoteNoCheckIn(
                turn=week_of(day) if weekly else day, **{**at_day, "asked_on": "2027"}
            ),
            asked.CheckIn(day=day, words=WORDS, **at_day),
            asked.ServeShift(day=day, minutes=60, rules=BOOK, **at_day),
            asked.RaiseDutyIssue(words=WORDS, **about),
            asked.MakePledge(kind="inform", **about),
            asked.KeepPledge(pledge=random.randint(2, 20), **about),
            asked.ScoreTrack(track="masses", period="2026-Q1", score=90, **about),
            asked.ScoreTrack(track="performance", period="2026-Q1", score=80, **about),
            asked.PublishAssessment(period="2026-Q1", **about),
        ]
        yield from random.sample(steps, 3)
    about = {"actor": CHIEF, "at": _at("2026-04-01")}
    yield asked.EndDuty(reason="moved", asked_on="2026-04-01", **about)


async def _append(
    connection: Connection, decider: Decider[Any, Any, Any], commands: Sequence[Command]
) -> None:
    key, state, version = uuid4(), decider.initial, 0
    for command in commands:
        try:
            events = list(decider.decide(command, state))
        except Rejected:
            continue
        for event in events:
            state = decider.evolve(state, event)
        if events:
            await append(connection, LOG, [_decided(key, version, events)])
        version += len(events)


def _decided(key: UUID, version: int, events: Sequence[Event]) -> Decided:
    command = uuid4()
    facts = tuple(
        Facts(
            LOG, key, number, event.type, event.schema_version, "d", "chief", command, command,
            None, "live", event.at, EVENTS.encode(event),
        )
        for number, event in enumerate(events, start=version + 1)
    )  # fmt: skip
    return Decided(command, command.bytes, (Check(key, version),), facts)


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _at(day: str) -> datetime:
    return end_of(day).astimezone(UTC) - timedelta(hours=1)
