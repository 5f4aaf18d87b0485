"""A case walked at random beside a card that is kept by hand: the same is taken and refused, and it
stands the same after every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from services.grievance.case.commands import (
    CaseCommand,
    CorrectCase,
    JoinCampaign,
    LinkCase,
    NoteTime,
    RecordPastPetition,
    ReviewShelved,
    ShelveCase,
)
from services.grievance.case.decider import case
from services.grievance.case.events import CaseEvent
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.words import Clock
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from tests.grievance.cases import COMMANDS
from tests.grievance.plain_case import LEADS, Card

ASIDE = (CorrectCase, JoinCampaign, LinkCase, NoteTime, RecordPastPetition)
STEPS = tuple(one for one in COMMANDS if not isinstance(one, ASIDE))
# What leads on is done often, what ends a case seldom.
WEIGHTS = dict.fromkeys(("SignOrder", "SubmitReply", "RecordCallback", "OrderRedo"), 60) | (
    dict.fromkeys(("AskWithdrawal", "WithdrawPetition", "DeclineCase"), 0.02)
)
UNITS = ("repairs", "parks", "records", "roads")
ONCE = {"VerifyClue", "RequestExclusion", "RequestExtension", "DecideExclusion", "DecideExtension"}
WALKS, LONGEST = 250, 60
taken: Counter[tuple[str, str]] = Counter()
steps: Counter[str] = Counter()
PAUSES = st.sampled_from([timedelta(minutes=5), timedelta(hours=3), timedelta(days=20)])


class Walk(RuleBasedStateMachine):
    """One case and its card."""

    def __init__(self) -> None:
        super().__init__()
        self.card, self.events = Card(), list[CaseEvent]()
        self.at = datetime(2026, 1, 5, tzinfo=UTC)

    @initialize(chance=st.integers(0, 10**9))
    def begin(self, chance: int) -> None:
        self.random = Random(f"{chance} {steps.total()}")

    @rule(pause=PAUSES, any_step=st.integers(0, 9).map(lambda n: n == 0))
    def step(self, pause: timedelta, any_step: bool) -> None:
        self.at += pause
        state = case.fold(self.events)
        due = {clock: at for clock, at in state.running.items() if at >= self.at}
        command = self._told(self.random.choice(STEPS) if any_step else self._likely(due))
        refuses = self.card.refuses(command, due)
        steps["all"] += 1
        told = self._decided(command)
        assert (told is None) == refuses, (command, self.card)
        if told is None:
            return
        taken[self.card.status, type(command).__name__] += 1
        self.events += told
        self.card.take(command)
        self._agrees()

    def _likely(self, due: Mapping[Clock, datetime]) -> CaseCommand:
        """What would be taken, first of all what was seldom taken from here."""
        now = [replace(one, at=self.at) for one in STEPS]
        good = [one for one in now if not self.card.refuses(one, due)] or STEPS
        weights = [self._weight(type(one).__name__) for one in good]
        return self.random.choices(good, weights)[0]

    def _weight(self, name: str) -> float:
        """How likely it is to be next; what a case has once is saved for where it never was."""
        often = taken[self.card.status, name]
        return WEIGHTS.get(name, 1) / (1 + often) * (0.001 if often and name in ONCE else 1)

    def _decided(self, command: CaseCommand) -> Sequence[CaseEvent] | None:
        try:
            return case.decide(command, case.fold(self.events))
        except Rejected:
            return None

    def _told(self, command: CaseCommand) -> CaseCommand:
        changes: dict[str, Any] = {"at": self.at, "book": BOOK}
        actor = command.actor
        if actor.unit is not None:
            changes["actor"] = replace(actor, unit=self.random.choice(UNITS))
        if isinstance(command, ShelveCase | ReviewShelved):
            changes["review_on"] = day_of(self.at + timedelta(days=30))
        for name, values in (
            ("unit", UNITS),
            ("case_type", ("clue", "clue", "repair", "clue", "petition")),
            ("granted", (True, False)),
            ("resumed", (True, False)),
        ):
            if hasattr(command, name):
                changes[name] = self.random.choice(values)
        if hasattr(command, "contacted") and self.random.random() < 0.5:
            changes |= {"contacted": False, "resolved": None, "satisfied": None}
        return replace(command, **changes)

    def _agrees(self) -> None:
        state, card = case.fold(self.events), self.card
        assert (state.status, state.reached) == (card.status, card.reached)
        assert ({*state.bounced}, state.bounces) == ({*card.back}, len(card.back))
        assert ({*state.assists}, state.redos) == (card.helpers, card.again)
        assert state.level == card.level
        assert (state.supervised, state.extension) == (card.watched, card.more)
        assert (state.exclusion, state.verified is not None) == (card.out, card.looked_into)
        if card.unit is not None:
            assert (state.unit, state.bound) == (card.unit, card.bound)


def test_a_case_goes_where_its_card_goes() -> None:
    taken.clear()
    steps.clear()
    how = settings(
        max_examples=WALKS, stateful_step_count=LONGEST, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(seed(2)(Walk), settings=how)
    wanted = {(status, name) for name, leads in LEADS.items() for status in leads}
    missing = wanted - taken.keys()
    assert steps["all"] >= 10_000, steps
    assert len(missing) <= len(wanted) * 0.05, sorted(missing)
