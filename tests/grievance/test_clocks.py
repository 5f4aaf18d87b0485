"""Clocks by property: whatever happens in whatever order, wherever the host is, however long the
timer stood still, the same is promised and missed as a plain count over ten years says."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grievance.case.allowed import ALLOWED
from services.grievance.case.clocks import after
from services.grievance.case.commands import (
    CaseCommand,
    CorrectCase,
    LinkCase,
    NoteTime,
    RecordPastPetition,
    ReviewShelved,
    ShelveCase,
)
from services.grievance.case.decider import case
from services.grievance.case.events import CaseEvent, DeadlineMissed
from services.grievance.case.state import Case
from services.grievance.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from tests.grievance import plain_clocks
from tests.grievance.cases import COMMANDS, TIMER, Events, past, raise_it
from tests.grievance.plain_clocks import Miss

BEGAN = datetime(2023, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=3_653)
# Steps from minutes to months, so that everything is done in time and late.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 50, 170, 1_300, 2_000, 9_000, 30_000, 200_000))
STEPS = tuple(c for c in COMMANDS if not isinstance(c, CorrectCase | LinkCase | NoteTime))
KINDS = ("consult", "help", "complaint", "petition", "repair", "clue")


def _asked(random: Random, state: Case, at: datetime) -> CaseCommand:
    status = state.status
    commands = [one for one in STEPS if status in ALLOWED[type(one)] and one is not past]
    chosen = random.choice(commands)
    told: dict[str, Any] = {"at": at, "book": BOOK}
    if chosen is raise_it:
        told |= {"case_type": random.choice(KINDS), "urgency": random.choice([*BOOK.answer])}
    if isinstance(chosen, ShelveCase | ReviewShelved):
        told["review_on"] = day_of(at + timedelta(days=random.randrange(1, 360)))
        told |= {"resumed": random.random() < 0.4} if isinstance(chosen, ReviewShelved) else {}
    if hasattr(chosen, "granted"):
        told["granted"] = random.random() < 0.6
    if hasattr(chosen, "unit"):
        told["unit"] = random.choice(("repairs", "parks", "records", "roads"))
    unit = state.unit if chosen.actor.unit else None
    return replace(chosen, actor=replace(chosen.actor, unit=unit), **told)


def _lived(random: Random, ticks: float) -> tuple[Events, datetime]:
    """A case over ten years; between its steps the timer comes by with this likelihood."""
    at, state = BEGAN + random.random() * 300 * timedelta(days=1), case.initial
    events: list[CaseEvent] = []
    while at < BEGAN + YEARS and len(events) < 120:
        asked = [_asked(random, state, at)]
        if state.past and random.random() < ticks:
            asked.insert(0, NoteTime(at=at - random.random() * timedelta(hours=1), actor=TIMER))
        for command in asked:
            if state.past and command.at < state.past[-1].at:
                continue
            try:
                told = case.decide(command, state)
            except Rejected:
                continue
            events += told
            state = case.fold(events)
        at += random.choice(PAUSES) * random.uniform(0.5, 1.5)
    end = max(at, BEGAN + YEARS)
    events += case.decide(NoteTime(at=end, actor=TIMER), state)
    return tuple(events), end


def _missed(events: Events) -> list[Miss]:
    return sorted(Miss(e.at, e.clock) for e in events if isinstance(e, DeadlineMissed))


def _happened(events: Events) -> list[CaseEvent]:
    return [event for event in events if not isinstance(event, DeadlineMissed)]


@given(st.integers(0, 10**9), st.sampled_from((0.0, 0.3, 1.0)))
@settings(max_examples=150, deadline=None)
def test_misses_are_those_of_a_plain_count(seed: int, ticks: float) -> None:
    events, end = _lived(Random(seed), ticks)
    assert _missed(events) == plain_clocks.misses(_happened(events), end)


def test_every_clock_was_tried() -> None:
    found = {miss.clock for seed in range(400) for miss in _missed(_lived(Random(seed), 0.3)[0])}
    assert found == {clock for clocks in (plain_clocks.ROUND, {"exclusion"}) for clock in clocks}


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_the_timer_changes_nothing_but_who_noted_it(seed: int) -> None:
    events, end = _lived(Random(seed), 1.0)
    state, alone = case.initial, list[CaseEvent]()
    for event in _happened(events):
        # Without a timer: each thing that happens records first what ran out before it.
        late = [Miss(due, clock) for clock, due in state.running.items() if due < event.at]
        alone += [DeadlineMissed(at=one.at, clock=one.clock) for one in late]
        for miss in alone[len(alone) - len(late) :]:
            state = case.evolve(state, miss)
        alone.append(event)
        state = case.evolve(state, event)
    alone += case.decide(NoteTime(at=end, actor=TIMER), state)
    assert _missed(tuple(alone)) == _missed(events)


@given(st.integers(0, 10**9))
@settings(max_examples=30, deadline=None)
def test_what_ran_out_is_noted_once(seed: int) -> None:
    events, end = _lived(Random(seed), 0.5)
    state = case.fold(events)
    assert case.decide(NoteTime(at=end, actor=TIMER), state) == []
    assert all(due >= end for due in state.running.values())
    noted = [(event.at, event.clock) for event in events if isinstance(event, DeadlineMissed)]
    assert len(noted) == len({*noted})


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """The host's time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize("elsewhere", ["Pacific/Kiritimati", "America/Adak"], indirect=True)
def test_the_hosts_time_zone_changes_nothing(elsewhere: None) -> None:
    for seed in range(10):
        events, end = _lived(Random(seed), 0.3)
        assert _missed(events) == plain_clocks.misses(_happened(events), end)


def test_a_later_rule_book_changes_no_promise() -> None:
    [filed] = case.decide(replace(raise_it, book=BOOK), case.initial)
    shorter = BOOK.model_copy(update={"version": "next", "handle_otherwise": "1d"})
    state = case.fold([filed])
    told = case.decide(replace(COMMANDS[2], book=shorter, at=filed.at), state)
    assert case.fold([filed, *told]).promises["handle"] == state.promises["handle"]
    assert [event.rules for event in (filed, *told)] == ["2026.1", "next"]


def test_what_is_told_of_the_past_promises_nothing() -> None:
    assert isinstance(past, RecordPastPetition)
    state = case.fold(case.decide(past, case.initial))
    assert (dict(state.promises), dict(state.running)) == ({}, {})
    assert case.decide(NoteTime(at=BEGAN + YEARS, actor=TIMER), state) == []


def test_clocks_are_folded_from_events_alone() -> None:
    events, _ = _lived(Random(1), 0.3)
    running: Any = {}
    for event in events:
        running = after(running, event)
    assert running == case.fold(events).running
