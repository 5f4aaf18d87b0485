"""Accounts by lots against plain points, over thousands of random histories: each step is taken by
both or by neither, and everybody has the same after it; the read models have it, too."""

from __future__ import annotations

import os

import pytest

from services.points.log import LOG
from services.points.projections.point_entries import point_entries
from services.points.projections.points_accounts import left_on, points_accounts
from shared.testkit import projections
from shared.testkit.contents import folded
from tests.points.both import CHANCES, STEPS, Both, schedule

HISTORIES = int(os.environ.get("LINLI_LEDGER_HISTORIES", "10000"))


@pytest.mark.timeout(max(300, HISTORIES // 10))
def test_thousands_of_histories_end_as_plain_points_have_them() -> None:
    taken: set[str] = set()
    for seed in range(HISTORIES):
        both = Both(seed)
        for _ in range(STEPS):
            both.step()
            both.check()
        taken |= both.taken
    assert taken == CHANCES.keys() - {"rules"}


@pytest.mark.parametrize("seed", range(40))
def test_the_read_models_have_what_was_decided(seed: int) -> None:
    both = Both(seed)
    for _ in range(STEPS):
        both.step()
    history = projections.history(LOG, *both.decided.log)
    accounts, entries = (folded(one, history).rows for one in (points_accounts, point_entries))
    for who, state in enumerate(both.decided.states):
        if state.status == "new":
            continue
        stream, today = both.decided.stream(who), both.decided.today.isoformat()
        row = accounts[stream]
        assert (row.held, row.debt, row.version) == (state.held, state.debt, state.version)
        assert row.earned == sum(one.points for one in state.earned.values() if not one.back)
        shown, truth = left_on(row, today), both.decided.settled(who)
        assert (shown.free(today), schedule(shown)) == (truth.free(today), schedule(truth))
        ends = [lot.expires for lot in state.in_order() if lot.expires]
        assert row.ends_next == min(ends, default=None)
        lines = [one for one in entries.values() if one.account_id == stream]
        sums = [sum(getattr(one, name) for one in lines) for name in ("free", "held", "debt")]
        left = sum(lot.left for lot in state.lots.values())
        assert sums == [left, state.held, state.debt]
        assert sum(one.amount for one in lines) == left + state.held - state.debt
