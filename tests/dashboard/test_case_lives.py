"""The fold of the case lives: where a case stands, what it adds to the figures, and that a mistake
that was corrected leaves no trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.dashboard.measures import days
from services.dashboard.measures.book import Measure
from services.dashboard.measures.ledger import BEFORE, MOVEMENTS, Ledger
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.projections.case_lives import CaseLifeRow, case_lives, counted, fold
from services.grievance.case.events import CaseCorrected
from services.grievance.projections import case_register
from services.grievance.projections.case_register import CaseRow
from shared.contracts.erasure import SubjectErased
from shared.contracts.grievance import GRIEVANCE
from shared.core.envelope import Recorded
from shared.core.messages import Event
from tests.dashboard import told, truth
from tests.dashboard.lives import Versions, life
from tests.dashboard.told import MAY_1, case_id, corrected, raised
from tests.grievance import cases

AFTER = {
    "case-accepted": "accepted", "case-declined": "not_accepted", "case-dispatched": "dispatched",
    "order-signed": "signed", "reply-submitted": "replied", "callback-recorded": "callback",
    "case-closed": "closed", "case-reopened": "reopened", "order-bounced": "bounced",
    "redo-ordered": "redo", "case-shelved": "shelved", "shelved-case-reviewed": "accepted",
}  # fmt: skip
STEPS = (*told.LIFE, *told.DETOURS, told.declined)
ERASED = SubjectErased(at=MAY_1, subject=told.PERSON, reason="own_request")
ONE = timedelta(days=1)


def recorded(event: Event, version: int) -> Recorded[Any]:
    """The event at its place in a case's stream."""
    one = case_id(version)
    return Recorded(
        "grievance", version, case_id(1), version, event.type, 1, "d", "clerk", one, one, None,
        "live", event.at, MAY_1, event,
    )  # fmt: skip


def of_versions(history: Versions) -> CaseLifeRow | None:
    row: CaseLifeRow | None = None
    for version, event in history:
        row = fold(row, recorded(event, version))
    return row


def folded(*events: Any) -> CaseLifeRow | None:
    return of_versions(list(enumerate(events, start=1)))


def row_of(*events: Any) -> CaseLifeRow:
    row = folded(*events)
    assert row is not None
    return row


def test_a_petition_is_open_in_its_first_round() -> None:
    assert folded(raised(case_type="help", unit="lamps")) == CaseLifeRow(
        case_id=case_id(1),
        number=1,
        territory="d/s1/c1",
        channel="online",
        case_type="help",
        urgency="normal",
        unit="lamps",
        status="filed",
        rounds=1,
        raised_at=MAY_1,
        due_day="2026-05-06",
        closed_at=None,
        steps='[1,"filed",1777566600000000,null]',
    )


@pytest.mark.parametrize("event", STEPS, ids=lambda event: event.type)
def test_each_step_moves_the_case_on(event: Event) -> None:
    row = row_of(raised(), event)
    assert row.status == AFTER[event.type]
    assert (row.closed_at is not None) == (event.type in ("case-closed", "case-declined"))


def test_what_was_imported_was_never_due_a_response() -> None:
    imported = fold(None, recorded(raised(), 1)._replace(origin="history"))
    assert imported is not None
    assert not any("response_due" in line for line in counted(imported).values())
    assert any("response_due" in line for line in counted(row_of(raised())).values())


def test_an_erasure_is_no_event_of_a_case() -> None:
    assert case_lives.key(recorded(ERASED, 1)) is None
    row = folded(raised(), told.accepted)
    assert fold(row, recorded(ERASED, 3)) == row


def test_every_contract_was_tried() -> None:
    tried = {event.type for event in (*STEPS, *told.ASIDE, raised(), corrected(1), ERASED)}
    assert tried == GRIEVANCE.events.classes.keys()


def test_nothing_is_known_of_a_case_that_was_never_raised() -> None:
    events = (*STEPS, *told.ASIDE, corrected(1, territory="d"))
    assert [folded(event) for event in events] == [None] * len(events)


@pytest.mark.parametrize("event", told.ASIDE, ids=lambda event: event.type)
def test_what_is_told_beside_leaves_the_case_where_it_is(event: Event) -> None:
    row = row_of(raised(), told.accepted)
    assert fold(row, recorded(event, 3)) == row


def test_a_reopened_case_has_a_limit_of_its_own() -> None:
    later = told.reopened.model_copy(update={"at": MAY_1 + 9 * ONE})
    row = row_of(raised(), *told.LIFE[:6], later)
    assert (row.status, row.rounds, row.due_day) == ("reopened", 2, "2026-05-25")
    assert row.closed_at is None


def test_a_case_adds_to_its_days_their_months_and_years() -> None:
    row = row_of(raised(days=30, case_type="consult"), told.accepted)
    assert counted(row) == {
        ("2026-05-31", "d/s1/c1"): {"filed": 1},
        ("2026-05", "d/s1/c1"): {"filed": 1},
        ("2026-06-02", "d/s1/c1"): {"overdue": 1},
        ("2026-06-01", "d/s1/c1"): {"response_due": 1},
        ("2026-06", "d/s1/c1"): {"overdue": 1, "response_due": 1},
        ("2026", "d/s1/c1"): {"filed": 1, "overdue": 1, "response_due": 1},
    }


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_what_was_recorded_wrongly_and_corrected_leaves_the_row_of_the_truth(seed: int) -> None:
    one = life(Random(seed))
    assert of_versions(one.recorded) == of_versions(one.true)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_every_figure_of_every_day_is_what_truly_happened(seed: int) -> None:
    random = Random(seed)
    lives = [life(random) for _ in range(random.randrange(1, 5))]
    rows = [of_versions(one.recorded) for one in lives]
    truly = [[event for _, event in one.true] for one in lives]
    until = max(event.at for one in truly for event in one).date() + 70 * ONE
    first, last = date(2026, 5, 20), until
    ledger = Ledger(_number(first), _number(last), _summed(rows, _number(first), _number(last)))
    day = first
    while (day := day + ONE) <= last:
        for measure in BOOK.measures:
            expected = sum(_plainly(measure, truth.figures(one, day)) for one in truly)
            assert ledger.value(measure, _number(day)) == expected, (measure.code, day)
            if measure.among:
                among = sum(truth.figures(one, day)[measure.among] for one in truly)
                assert ledger.rate(measure, _number(day), 1).denominator == among


def _plainly(measure: Measure, told: Any) -> int:
    return int(told[measure.code] if measure.kind != "rate" else told[next(iter(measure.counts))])


def _number(day: date) -> int:
    return days.parse(day.isoformat())


def _summed(rows: Iterable[CaseLifeRow | None], first: int, last: int) -> dict[str, list[int]]:
    """All places together: every day, and under BEFORE what was before the month of the last."""
    before = set(days.cover(days.parse("2026-01-01"), days.first_of_month(last) - 1))
    daily = set(days.days(min(first, days.first_of_month(last)), last))
    sums: dict[str, list[int]] = {}
    for row in rows:
        assert row is not None
        for (period, _), line in counted(row).items():
            for label in [BEFORE] * (period in before) + [period] * (period in daily):
                own = sums.setdefault(label, [0] * len(MOVEMENTS))
                for movement, amount in line.items():
                    own[MOVEMENTS.index(movement)] += amount
    return sums


@given(st.integers(0, 40_000), st.integers(0, 1_200))
def test_periods_cover_a_stretch_of_days_without_overlap(first: int, length: int) -> None:
    found = list(days.cover(first, first + length))
    expected = days.days(first, first + length)
    around = days.days(first - 366, first + length + 366)
    assert [day for period in found for day in around if day.startswith(period)] == expected
    assert len(found) <= 2 * 30 + 2 * 11 + length // 365 + 1
    assert list(days.cover(first, first - 1)) == []


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
    row: CaseLifeRow | None = None
    for version, step in enumerate(["petition-raised", *steps], start=1):
        event = OWN[step] if isinstance(step, str) else _correction(step)
        contract = GRIEVANCE.narrowed(event)
        assert contract is not None
        line = case_register.fold(line, recorded(event, version))
        row = fold(row, recorded(contract, version))
    assert line is not None
    assert row is not None
    shared = ("case_id", "number", "territory", "channel", "case_type", "urgency", "unit", "status",
              "raised_at")  # fmt: skip
    assert {n: getattr(row, n) for n in shared} == {n: getattr(line, n) for n in shared}


def _correction(changes: dict[str, str]) -> Event:
    return CaseCorrected(at=MAY_1, corrects=1, changes={**changes}, reason="entry_error")


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
    assert days.text_of(days.number_of(moment)) == day
    assert days.parse(day) == days.number_of(moment)
    assert days.number_of(days.begins(days.parse(day))) == days.parse(day)
