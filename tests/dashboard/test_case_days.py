"""The fold of the case days: where a case stands, the day it counts for, what corrections move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dashboard.projections.case_days import CaseDayRow, case_days, fold
from services.grievance.case.events import CaseCorrected
from services.grievance.projections import case_register
from services.grievance.projections.case_register import CaseRow
from shared.contracts.erasure import SubjectErased
from shared.contracts.grievance import GRIEVANCE
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.messages import Event
from tests.dashboard import told
from tests.dashboard.told import MAY_1, case_id, corrected, raised
from tests.grievance import cases

AFTER = {
    "case-accepted": "accepted", "case-declined": "not_accepted", "case-dispatched": "dispatched",
    "order-signed": "signed", "reply-submitted": "replied", "callback-recorded": "callback",
    "case-closed": "closed", "case-reopened": "reopened",
}  # fmt: skip
STEPS = (*told.LIFE, told.declined)
ERASED = SubjectErased(at=MAY_1, subject=told.PERSON, reason="own_request")


def recorded(event: Event, version: int) -> Recorded[Any]:
    """The event at its place in a case's stream."""
    one = case_id(version)
    return Recorded(
        "grievance", version, case_id(1), version, event.type, 1, "d", "clerk", one, one, None,
        "live", event.at, MAY_1, event,
    )  # fmt: skip


def folded(*events: Event) -> CaseDayRow | None:
    row: CaseDayRow | None = None
    for version, event in enumerate(events, start=1):
        row = fold(row, recorded(event, version))
    return row


def test_a_petition_counts_for_the_day_it_is_in_beijing() -> None:
    assert folded(raised()) == CaseDayRow(
        case_id=case_id(1),
        territory="d/s1/c1",
        channel="online",
        status="filed",
        day="2026-05-01",
        raised_at=MAY_1,
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 4, 30, 15, 59, 59, 999_999, UTC), "2026-04-30"),
        (datetime(2026, 4, 30, 16, tzinfo=UTC), "2026-05-01"),
        (datetime(1900, 12, 31, 16, tzinfo=UTC), "1901-01-01"),
        (datetime.fromisoformat("2026-05-01T01:00:00+09:00"), "2026-05-01"),
    ],
)
def test_a_day_begins_at_midnight_in_beijing(moment: datetime, day: str) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize("event", STEPS, ids=lambda event: event.type)
def test_each_step_moves_the_case_on(event: Event) -> None:
    row = folded(raised(), event)
    assert row is not None
    assert row.status == AFTER[event.type]
    assert row.day == "2026-05-01"


def test_an_erasure_is_no_event_of_a_case() -> None:
    assert case_days.key(recorded(ERASED, 1)) is None
    row = folded(raised(), told.accepted)
    assert fold(row, recorded(ERASED, 3)) == row


def test_every_contract_was_tried() -> None:
    tried = {event.type for event in (*STEPS, raised(), corrected(1), ERASED)}
    assert tried == GRIEVANCE.events.classes.keys()


def test_a_reopened_case_goes_round_again_and_keeps_its_day() -> None:
    row = folded(raised(), *told.LIFE, *told.LIFE[:3])
    assert row is not None
    assert (row.status, row.day) == ("signed", "2026-05-01")


def test_nothing_is_known_of_a_case_that_was_never_raised() -> None:
    assert [folded(event) for event in (*STEPS, corrected(1, territory="d"))] == [None] * 9


def test_a_correction_of_the_filing_moves_territory_channel_and_day() -> None:
    row = folded(
        raised(), told.accepted,
        corrected(1, territory="d/s2", channel="hotline", occurred_at="2026-04-02T23:00:00+08:00"),
    )  # fmt: skip
    assert row is not None
    assert (row.territory, row.channel, row.status) == ("d/s2", "hotline", "accepted")
    assert row.day == "2026-04-02"
    assert row.raised_at == datetime(2026, 4, 2, 15, tzinfo=UTC)


def test_the_last_correction_of_a_field_stands() -> None:
    row = folded(raised(), corrected(1, territory="d/s2"), corrected(1, territory="d/s3"))
    assert row is not None
    assert row.territory == "d/s3"


@pytest.mark.parametrize("version", [2, 3])
def test_a_correction_of_a_later_event_moves_no_day(version: int) -> None:
    moved = corrected(version, occurred_at="2020-01-01T00:00:00+00:00", territory="d/s9")
    row = folded(raised(), told.accepted, told.closed, moved)
    assert row == folded(raised(), told.accepted, told.closed)


def test_what_is_corrected_but_not_told_here_changes_nothing() -> None:
    assert folded(raised(), corrected(1, urgency="critical", category=None)) == folded(raised())


def test_a_case_counts_once() -> None:
    assert case_days.tally is not None
    row = folded(raised(), told.accepted)
    assert row is not None
    counted = case_days.tally.count(row)
    assert counted == {("d/s1/c1", "accepted", "2026-05-01"): {"cases": 1}}


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "territory": st.sampled_from(["d/s2", "d/s3/c1"]),
        "channel": st.sampled_from(["hotline", "app"]),
        "urgency": st.just("urgent"),
        "occurred_at": st.sampled_from(["2026-01-01T00:00:00+08:00", "2026-04-01T12:00:00+00:00"]),
    },
)
OWN: dict[str, Event] = {event.type: event for state in cases.STATES.values() for event in state}


@given(st.lists(st.sampled_from(sorted(OWN.keys() - {"petition-raised"})) | CHANGES, max_size=12))
def test_the_register_and_the_dashboard_agree_on_every_case(
    steps: list[str | dict[str, str]],
) -> None:
    """The same events, once as the service has them and once as others are told."""
    line: CaseRow | None = None
    row: CaseDayRow | None = None
    for version, step in enumerate(["petition-raised", *steps], start=1):
        event = OWN[step] if isinstance(step, str) else _correction(step)
        contract = GRIEVANCE.narrowed(event)
        assert contract is not None
        line = case_register.fold(line, recorded(event, version))
        row = fold(row, recorded(contract, version))
    assert line is not None
    assert row is not None
    assert (row.case_id, row.territory, row.channel, row.status, row.raised_at) == (
        line.case_id, line.territory, line.channel, line.status, line.raised_at,
    )  # fmt: skip
    assert row.day == (line.raised_at + timedelta(hours=8)).astimezone(UTC).date().isoformat()


def _correction(changes: dict[str, str]) -> Event:
    return CaseCorrected(at=MAY_1, corrects=1, changes={**changes}, reason="entry_error")
