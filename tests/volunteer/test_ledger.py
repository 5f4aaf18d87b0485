"""The time bank against a plain one, over thousands of random histories: each step is taken by both
or by neither, and everybody has the same after it; the read models have it, too."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from services.volunteer.account.stream import account_of
from services.volunteer.log import LOG
from services.volunteer.projections.time_accounts import time_accounts
from services.volunteer.projections.time_entries import time_entries
from services.volunteer.projections.time_pools import time_pools
from shared.testkit import projections
from shared.testkit.contents import folded
from tests.volunteer.deciding import Decided, person
from tests.volunteer.ledger import Person, Reference

PEOPLE, CAP, OPENS = 4, 300, 100
STEPS = 50
Act = tuple[str, tuple[int, ...]]


def some(random: Random) -> Act:
    """Something that somebody asks for; often it cannot be."""
    who, other = random.randrange(PEOPLE), random.randrange(PEOPLE)
    minutes = random.choice([-5, 0, 1, 20, 60, 100, 250, 301])
    number = random.randrange(8)
    acts: list[Act] = [
        ("reverse", (who, number)),
        ("hold", (who, number, minutes)),
        ("release", (who, number)),
        ("redeem", (who, number, minutes)),
        ("give", (who, other, minutes)),
        ("donate", (who, minutes)),
        ("draw", (minutes,)),
        ("bring_in", (who, minutes)),
    ]
    if random.random() < 0.02:
        return random.choice([("bequeath", (who, other)), ("leave", (who,))])
    return random.choice(acts)


class Both:
    """The two banks, asked the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.plain = Reference(PEOPLE, CAP, OPENS)
        self.decided = Decided(PEOPLE, CAP, OPENS)
        self.taken: set[str] = set()
        self._records = 0
        self._helps = 100

    def step(self) -> None:
        name, about = some(self.random)
        if self.random.random() < 0.35:
            name, about = "deposit", (self.random.randrange(PEOPLE), 0, 0)
        was, did = self._asked(name, about)
        assert was == did, (name, about)
        if was:
            self.taken.add(name)

    def _asked(self, name: str, about: tuple[int, ...]) -> tuple[bool, bool]:
        plain: Callable[..., bool] = getattr(self.plain, name)
        decided: Callable[..., bool] = getattr(self.decided, name)
        if name == "deposit":
            self._records = (self._records + 1) % 8
            who, minutes = about[0], self.random.choice([1, 30, 60, 120, 200])
            if self._records in self.plain.people[who].records:
                return True, True  # the number is in use
            about = (who, self._records, minutes)
        if name == "draw":
            self._helps += 1
            return plain(*about), decided(self._helps, *about)
        return plain(*about), decided(*about)

    def check(self) -> None:
        for mine, theirs in zip(self.decided.states, self.plain.people, strict=True):
            assert _told(mine) == _same(theirs)
            assert mine.balance >= 0
            assert not (mine.balance and mine.debt), "a debt is paid before anything is free"
        assert self.decided.pool.balance == sum(self.plain.pool) >= 0
        assert self.plain.balanced(), "a minute was lost or made"


def _told(account: Any) -> tuple[int, int, int, int, bool]:
    held = sum(account.held.values())
    return account.balance, held, account.debt, account.served, account.status == "closed"


def _same(one: Person) -> tuple[int, int, int, int, bool]:
    return one.free, one.held, one.debt, sum(one.served.values()), one.closed


@pytest.mark.timeout(300)
def test_thousands_of_histories_end_as_a_plain_bank_has_them() -> None:
    taken: set[str] = set()
    for seed in range(2_000):
        both = Both(seed)
        for _ in range(STEPS):
            both.step()
            both.check()
        taken |= both.taken
    assert taken == {
        "deposit", "reverse", "hold", "release", "redeem", "give", "donate", "draw", "bring_in",
        "bequeath", "leave",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_the_read_models_have_what_was_decided(seed: int) -> None:
    both = Both(seed)
    for _ in range(STEPS):
        both.step()
    history = projections.history(LOG, *both.decided.log)
    accounts, entries = (folded(one, history).rows for one in (time_accounts, time_entries))
    for who, state in enumerate(both.decided.states):
        stream = account_of(person(who))
        row = accounts[stream]
        shown = (row.balance, row.held, row.debt, row.served, row.status == "closed")
        assert shown == _told(state)
        lines = [one for one in entries.values() if one.account_id == stream]
        sums = tuple(sum(getattr(one, name) for one in lines) for name in ("free", "held", "debt"))
        assert sums == shown[:3]
        assert sum(one.amount for one in lines) == row.balance + row.held - row.debt
    held = sum(row.balance for row in folded(time_pools, history).rows.values())
    assert held == both.decided.pool.balance
