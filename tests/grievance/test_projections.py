"""The folds of the boards and the timeline, event by event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.grievance.case.events import CaseCorrected, CaseDispatched, CaseEvent
from services.grievance.projections.campaign_results import campaign_results
from services.grievance.projections.case_clocks import case_clocks
from services.grievance.projections.case_ends import case_ends
from services.grievance.projections.case_files import case_files
from services.grievance.projections.case_timeline import case_timeline
from services.grievance.projections.channel_mix import ChannelRow, channel_mix
from services.grievance.projections.erased_persons import erased_persons
from services.grievance.projections.missed_deadlines import missed_deadlines
from services.grievance.projections.notice_log import notice_log
from services.grievance.projections.rule_books import rule_books
from services.grievance.projections.unit_backlog import BacklogRow, unit_backlog
from services.grievance.projections.whistle_turnout import whistle_turnout
from services.grievance.projections.whistles import whistles
from services.grievance.service import MODELS
from services.grievance.words import OVER
from shared.core.envelope import Recorded
from shared.core.local_time import month_of
from shared.core.messages import Event, Scalar
from shared.core.person.events import SubjectErased
from tests.grievance.cases import MAY_1, NOW, STATES, dispatched, raised

CASE = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)
COUNTED = {
    "filed": ("", "open"),
    "not_accepted": ("", None),
    "accepted": ("", "open"),
    "dispatched": ("repairs", "open", "dispatched"),
    "signed": ("repairs", "open", "signed"),
    "replied": ("repairs", "replied"),
    "callback": ("repairs", "replied"),
    "closed": ("repairs", "closed"),
    "reopened": ("", "open"),
}


def _history(*events: Event) -> list[Recorded[Any]]:
    return [
        Recorded(
            "grievance", 100 + version, CASE, version, event.type, 1, "d", "clerk-1", CASE, CASE,
            None, "live", event.at, NOW, event,
        )
        for version, event in enumerate(events, start=1)
    ]  # fmt: skip


def _fold(model: Any, events: Sequence[CaseEvent]) -> Any:
    row = None
    for recorded in _history(*events):
        row = model.fold(row, recorded)
    return row


def _correction(corrects: int, **changes: Scalar) -> CaseCorrected:
    return CaseCorrected(at=NOW, corrects=corrects, changes=changes, reason="entry_error")


def _backlog(*events: CaseEvent) -> BacklogRow:
    row: BacklogRow = _fold(unit_backlog, events)
    return row


def _channel(*events: CaseEvent) -> ChannelRow:
    row: ChannelRow = _fold(channel_mix, events)
    return row


def _timeline(*events: CaseEvent) -> list[Any]:
    return [case_timeline.fold(None, recorded) for recorded in _history(*events)]


@pytest.mark.parametrize("state", COUNTED)
def test_a_case_counts_where_it_waits(state: str) -> None:
    assert unit_backlog.tally is not None
    row = _backlog(*STATES[state])
    unit, *counted = COUNTED[state]
    assert row.status == state
    [((told, place), sums)] = unit_backlog.tally.count(row).items()
    assert (told, place) == (unit, "d/s1/c1")
    assert {name for name, amount in sums.items() if amount} == {*counted} - {None}
    assert set(sums) == set(unit_backlog.tally.measures)
    assert row.is_open == ("open" in counted)


def test_a_case_lies_with_a_unit_since_it_was_dispatched_there() -> None:
    for state in ("dispatched", "signed", "replied", "closed"):
        row = _backlog(*STATES[state])
        assert (row.unit, row.since, row.raised_at) == ("repairs", dispatched.at, raised.at)
    assert (_backlog(raised).unit, _backlog(raised).since) == (None, raised.at)
    again = CaseDispatched(at=NOW, unit="parks")
    back = _backlog(*STATES["reopened"])
    assert (back.unit, back.since) == (None, MAY_1 + timedelta(days=5))
    assert _backlog(*STATES["reopened"], again).unit == "parks"


def test_a_past_petition_lies_with_the_unit_its_source_names() -> None:
    assert _backlog(raised.model_copy(update={"unit": "parks"})).unit == "parks"


def test_the_backlog_follows_corrections_of_what_it_shows() -> None:
    at = (MAY_1 - timedelta(hours=2)).isoformat()
    row = _backlog(*STATES["signed"], _correction(1, territory="d/s2", occurred_at=at))
    assert (row.territory, row.raised_at, row.since) == (
        "d/s2",
        MAY_1 - timedelta(hours=2),
        dispatched.at,
    )
    assert _backlog(raised, _correction(1, occurred_at=at)).since == MAY_1 - timedelta(hours=2)
    late = (MAY_1 + timedelta(minutes=90)).isoformat()
    row = _backlog(*STATES["signed"], _correction(3, unit="parks", occurred_at=late))
    assert (row.unit, row.since) == ("parks", MAY_1 + timedelta(minutes=90))
    of_old = _correction(3, unit="parks", occurred_at=late)
    assert _backlog(*STATES["reopened"], of_old) == _backlog(*STATES["reopened"])
    assert _backlog(*STATES["signed"], _correction(1, category="x")) == _backlog(*STATES["signed"])


def test_a_petition_counts_by_channel_month_and_outcome() -> None:
    assert channel_mix.tally is not None
    row = _channel(*STATES["closed"])
    assert (row.channel, row.territory, row.month, row.outcome) == (
        "online", "d/s1/c1", "2026-05", "solved",
    )  # fmt: skip
    key = ("online", "d/s1/c1", "2026-05", "solved")
    assert channel_mix.tally.count(row) == {key: {"petitions": 1}}
    assert channel_mix.tally.count(_channel(raised)) == {(*key[:3], ""): {"petitions": 1}}
    assert _channel(*STATES["reopened"]).outcome is None, "solved does not stick"


def test_the_channel_mix_follows_corrections_of_what_it_shows() -> None:
    moved = _correction(1, channel="hotline", territory="d/s2", occurred_at="2026-04-30T15:59:59Z")
    row = _channel(*STATES["closed"], moved, _correction(7, outcome="explained"))
    assert (row.channel, row.territory, row.month, row.outcome) == (
        "hotline", "d/s2", "2026-04", "explained",
    )  # fmt: skip
    of_old = _correction(7, outcome="explained")
    assert _channel(*STATES["reopened"], of_old).outcome is None
    assert _channel(*STATES["closed"], _correction(3, unit="x")) == _channel(*STATES["closed"])


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        ("2026-05-31T15:59:59.999999+00:00", "2026-05"),
        ("2026-05-31T16:00:00+00:00", "2026-06"),
        ("2025-12-31T23:30:00+08:00", "2025-12"),
        ("2025-12-31T23:30:00-05:00", "2026-01"),
        ("1900-01-01T00:00:00+00:00", "1900-01"),
    ],
)
def test_a_month_is_one_of_beijing(moment: str, month: str) -> None:
    assert month_of(datetime.fromisoformat(moment)) == month


def test_every_event_of_a_case_is_a_row_of_its_own() -> None:
    events = (*STATES["reopened"], _correction(3, unit="parks", occurred_at=MAY_1.isoformat()))
    rows = _timeline(*events)
    assert len({row.event_id for row in rows}) == len(events)
    assert [row.version for row in rows] == list(range(1, len(events) + 1))
    assert [row.type for row in rows] == [event.type for event in events]
    assert [row.event_id for row in _timeline(*events)] == [row.event_id for row in rows]
    assert {row.event_id.version for row in rows} == {8}
    assert {row.event_id.bytes[:6] for row in rows} == {CASE.bytes[:6]}, "neighbours in the index"
    assert [row.unit for row in rows if row.unit] == ["repairs", "parks"]
    assert [row.outcome for row in rows if row.outcome] == ["solved"]


def test_a_correction_names_what_it_changes_and_the_new_values() -> None:
    [*_, row] = _timeline(
        *STATES["closed"],
        _correction(7, outcome="referred", occurred_at="2026-05-04T10:00:00+08:00"),
    )
    assert (row.corrects, row.fields, row.outcome) == (7, "occurred_at,outcome", "referred")
    assert row.moved_to == datetime(2026, 5, 4, 2, tzinfo=UTC)


# Nothing in them comes from what these tests tell.
WORDLESS = (
    campaign_results, case_clocks, case_files, erased_persons, missed_deadlines, notice_log,
    rule_books, whistle_turnout, whistles,
)  # fmt: skip


def test_what_anyone_wrote_stays_out_of_every_row() -> None:
    events = (*STATES["reopened"], _correction(1, category="x"))
    for model in (one for one in MODELS if one not in WORDLESS):
        rows = _timeline(*events) if model is case_timeline else [_fold(model, events)]
        boxes = [value for row in rows for name, value in vars(row).items() if value == "AAAA"]
        assert len(boxes) == (model.name == "case_register"), "the register's subject, sealed"


@pytest.mark.parametrize(
    "model", [one for one in MODELS if one != erased_persons], ids=lambda model: str(model.name)
)
def test_an_erasure_is_no_event_of_a_case(model: Any) -> None:
    erased = SubjectErased(at=NOW, subject=CASE, territory="d", reason="own_request")
    [told] = _history(STATES["filed"][0])
    assert model.row_of(told._replace(type=erased.type, event=erased)) is None


@pytest.mark.parametrize("model", [unit_backlog, channel_mix], ids=lambda model: str(model.name))
def test_nothing_follows_from_what_was_never_raised(model: Any) -> None:
    for event in STATES["reopened"][1:]:
        assert _fold(model, [event]) is None


def test_a_case_has_ended_while_no_round_of_it_is_open() -> None:
    folded = {state: _fold(case_ends, events) for state, events in STATES.items()}
    over = {state for state, row in folded.items() if row and row.ended_at}
    assert over == {state for state in STATES if state in OVER}
    closed = STATES["closed"]
    assert folded["closed"].ended_at == closed[-1].at
    moved = _fold(case_ends, [*closed, _correction(len(closed), occurred_at=MAY_1.isoformat())])
    assert moved.ended_at == MAY_1
