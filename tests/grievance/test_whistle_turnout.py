"""What counts for a unit that is called, or comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from services.grievance.projections.whistle_turnout import standing, whistle_turnout
from services.grievance.whistle.events import (
    TurnoutConfirmed,
    UnitOverdue,
    UnitReported,
    UnitResultGiven,
    WhistleEvent,
)
from shared.testkit.projections import Told, history
from tests.grievance.whistles import DUE, OPEN, after, sealed

told = Told(whistle_turnout)
ONE = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0002)
DAY = "2026-05-06"


def _came(minutes: int, unit: str = "fire", *, unasked: bool = False) -> UnitReported:
    return UnitReported(at=after(minutes), unit=unit, unasked=unasked)


def _said(came: bool, did: bool, unit: str = "fire") -> TurnoutConfirmed:
    return TurnoutConfirmed(at=after(90), unit=unit, came=came, did=did)


did = UnitResultGiven(at=after(60), unit="fire", words=sealed("words"))
missed = UnitOverdue(at=DUE, unit="fire")


@pytest.mark.parametrize(
    ("events", "so", "counted"),
    [
        ([], "awaited", {}),
        ([_came(12)], "in_time", {"in_time": 1}),
        ([_came(12), did], "in_time", {"in_time": 1, "results": 1}),
        ([missed], "absent", {"absent": 1}),
        ([missed, _came(50), did], "late", {"late": 1, "results": 1}),
        ([missed, _came(50), did, _said(True, True)], "late", {"late": 1, "results": 1}),
        # What it says it did counts no more once whoever blew the whistle says that it did not.
        ([_came(12), did, _said(True, False)], "in_time", {"in_time": 1}),
        ([_came(12), did, _said(False, False)], "absent", {"absent": 1}),
        ([missed, _said(False, False)], "absent", {"absent": 1}),
        # It came and nobody reported: that it was in time, nobody knows, but it was not missed.
        ([_said(True, True)], "in_time", {"in_time": 1, "results": 1}),
        ([_said(False, False)], "excused", {}),
    ],
)
def test_a_unit_that_was_called(
    events: Sequence[WhistleEvent], so: str, counted: dict[str, int]
) -> None:
    then = told(*history("grievance", (ONE, [OPEN[0], OPEN[2], *events])))
    [row] = then.held.rows.values()
    assert standing(row) == so
    [(key, sums)] = then.held.sums.items()
    assert key == ("d", "fire", DAY)
    assert {name: n for name, n in sums.items() if n} == {"called": 1, **counted}


@pytest.mark.parametrize(
    ("events", "so", "counted"),
    [
        ([], "unasked", {"unasked": 1}),
        ([_said(True, True, "water")], "unasked", {"unasked": 1, "results": 1}),
        ([_said(False, False, "water")], "absent", {}),
    ],
)
def test_a_unit_that_nobody_called(
    events: Sequence[WhistleEvent], so: str, counted: dict[str, int]
) -> None:
    then = told(*history("grievance", (ONE, [_came(20, "water", unasked=True), *events])))
    [row] = then.held.rows.values()
    assert (standing(row), row.called_at, row.awaited) == (so, None, None)
    sums = [{name: n for name, n in one.items() if n} for one in then.held.sums.values()]
    assert sums == ([counted] if counted else [])


def test_a_unit_is_awaited_until_it_comes_or_is_missed_or_need_not() -> None:
    for events, awaited in (([], DUE), ([_came(12)], None), ([missed], None),
                            ([_said(False, False)], None)):  # fmt: skip
        then = told(*history("grievance", (ONE, [OPEN[0], OPEN[2], *events])))
        [row] = then.held.rows.values()
        assert row.awaited == awaited
        assert row.due == after(30) == OPEN[0].at + timedelta(minutes=30)
