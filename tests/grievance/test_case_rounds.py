"""The round a case is in: where it waits, since when, and until when it may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from services.grievance.case.decider import case
from services.grievance.case.events import CallbackRecorded, CaseCorrected, CaseEvent
from services.grievance.projections.case_rounds import RoundRow, case_rounds
from services.grievance.turns import STAGES
from shared.core.envelope import Recorded
from shared.core.messages import Scalar
from tests.grievance.cases import MAY_1, NOW, STATES, called, missed, raised, reopened

CASE = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)
NIGHT = "2026-05-31T16:00:00+00:00"  # the first minute of 1 June in Beijing


def _round(*events: CaseEvent) -> RoundRow:
    row: RoundRow | None = None
    for version, event in enumerate(events, start=1):
        recorded = Recorded[CaseEvent](
            "grievance", 100 + version, CASE, version, event.type, 1, "d", "clerk-1", CASE, CASE,
            None, "live", event.at, NOW, event,
        )  # fmt: skip
        row = case_rounds.fold(row, recorded)
    assert row is not None
    return row


def _counted(row: RoundRow) -> list[tuple[str, ...]]:
    assert case_rounds.tally is not None
    return [*case_rounds.tally.count(row)]


def _correction(corrects: int, **changes: Scalar) -> CaseCorrected:
    return CaseCorrected(at=NOW, corrects=corrects, changes=changes, reason="entry_error")


@pytest.mark.parametrize("status", [name for name in STATES if name != "new"])
def test_an_open_case_is_counted_where_it_waits_with_its_due_day(status: str) -> None:
    row = _round(*STATES[status])
    assert row.stage == status
    assert row.is_open == (status not in ("closed", "not_accepted"))
    unit = "" if status in ("filed", "accepted") else "repairs"
    due = "2026-05-21" if status == "reopened" else "2026-05-16"
    assert row.due == due
    assert _counted(row) == ([("d/s1/c1", unit, status, due)] if row.is_open else [])


def test_a_callback_that_was_answered_waits_to_be_closed() -> None:
    replied = STATES["replied"]
    assert _round(*replied, missed).stage == "callback"
    assert _round(*replied, missed, called).stage == "reached"
    assert _round(*replied, called, _correction(6, contacted=False)).stage == "callback"
    assert _round(*replied, missed, _correction(6, contacted=True)).stage == "reached"
    assert _round(*STATES["closed"], _correction(6, contacted=False)).stage == "closed"
    assert _round(*STATES["reopened"], _correction(6, contacted=False)).stage == "reopened"


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ((raised,), "2026-05-16"),
        ((raised, _correction(1, case_type="consult")), "2026-05-02"),
        ((raised, _correction(1, occurred_at=NIGHT)), "2026-06-16"),
        ((raised, _correction(1, case_type="petition", occurred_at=NIGHT)), "2026-07-31"),
        ((*STATES["reopened"], _correction(8, occurred_at=NIGHT)), "2026-06-16"),
        ((*STATES["reopened"], _correction(1, occurred_at=NIGHT)), "2026-05-21"),
        ((*STATES["reopened"], _correction(1, case_type="help")), "2026-05-11"),
        ((*STATES["signed"], _correction(3, occurred_at=NIGHT)), "2026-05-16"),
    ],
)
def test_a_round_is_due_by_its_type_and_the_day_it_began(
    events: Sequence[CaseEvent], due: str
) -> None:
    assert _round(*events).due == due


def test_a_second_round_begins_when_the_case_is_reopened() -> None:
    row = _round(*STATES["reopened"])
    assert (row.raised_at, row.begun_at) == (MAY_1, reopened.at)
    moved = _round(*STATES["reopened"], _correction(1, occurred_at=NIGHT))
    assert (moved.raised_at, moved.begun_at) == (datetime.fromisoformat(NIGHT), reopened.at)


def test_what_it_is_found_by_follows_corrections() -> None:
    row = _round(
        *STATES["signed"], _correction(1, territory="d/s2", channel="app"), _correction(3, unit="x")
    )
    assert (row.territory, row.channel, row.unit) == ("d/s2", "app", "x")
    earlier = _correction(1, occurred_at=(MAY_1 - timedelta(days=1)).isoformat())
    assert _round(*STATES["signed"], earlier).raised_at == MAY_1 - timedelta(days=1)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("contact", [missed, called], ids=["missed", "reached"])
def test_a_stage_stands_for_the_case_as_its_rules_see_it(
    status: str, contact: CallbackRecorded
) -> None:
    events = STATES[status] if status != "callback" else (*STATES["replied"], contact)
    row, state = _round(*events) if events else None, case.fold(events)
    if row is not None and row.is_open:
        meant = next(told for stage, told in STAGES.items() if stage == row.stage)
        assert (meant.status, meant.reached) == (state.status, state.reached)
