"""The past in two readings: as it was known, and as it was in truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.core.envelope import Recorded
from shared.core.history import as_of, corrected, known_at
from shared.core.messages import Scalar
from tests.shared.toy.events import MoneyPut, MoneyTaken, PurseCorrected, PurseEvent, PurseOpened

MIDNIGHT = datetime(2026, 5, 1, tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)
History = list[Recorded[PurseEvent]]


def _at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def _history(*entries: tuple[PurseEvent, float]) -> History:
    """The events in order of version, each with the hour in which it was recorded."""
    return [
        Recorded(
            "purses", version, UUID(int=1), version, event.type, event.schema_version, "d",
            "clerk", UUID(int=version), UUID(int=version), None, "live", event.at, _at(hour), event,
        )
        for version, (event, hour) in enumerate(entries, start=1)
    ]  # fmt: skip


def _put(fen: int, hour: float) -> MoneyPut:
    return MoneyPut(at=_at(hour), fen=fen)


def _correction(corrects: int, changes: Mapping[str, Scalar], hour: float) -> PurseCorrected:
    return PurseCorrected(at=_at(hour), corrects=corrects, changes=dict(changes), reason="typo")


def _versions(history: Sequence[Recorded[PurseEvent]]) -> list[int]:
    return [recorded.version for recorded in history]


def _amounts(history: Sequence[Recorded[PurseEvent]]) -> list[int]:
    events = [recorded.event for recorded in history]
    return [event.fen for event in events if isinstance(event, MoneyPut | MoneyTaken)]


def test_known_at_is_what_had_been_recorded_by_then() -> None:
    history = _history((_put(1, 9), 9), (_put(2, 8), 10), (_put(3, 11), 11))
    assert _versions(known_at(history, _at(8.9))) == []
    assert _versions(known_at(history, _at(10))) == [1, 2]
    assert _versions(known_at(history, _at(23))) == [1, 2, 3]


def test_a_late_entry_is_read_where_it_happened() -> None:
    history = _history((_put(1, 9), 9), (_put(2, 11), 11), (_put(3, 10), 12))
    assert _versions(as_of(history, FOREVER)) == [1, 3, 2]
    assert _versions(as_of(history, _at(10.5))) == [1, 3]
    assert _versions(as_of(known_at(history, _at(11)), _at(10.5))) == [1]


def test_what_happened_at_the_same_time_is_read_in_order_of_version() -> None:
    history = _history((_put(1, 9), 9), (_put(2, 9), 11), (_put(3, 9), 12))
    assert _versions(as_of(history, _at(9))) == [1, 2, 3]


def test_a_correction_takes_effect_in_place() -> None:
    history = _history((_put(1, 9), 9), (_put(2, 10), 10), (_correction(1, {"fen": 7}, 12), 12))
    assert _amounts(as_of(history, _at(9))) == [7]
    assert _amounts(as_of(history, FOREVER)) == [7, 2]
    assert history[0].event == _put(1, 9)


def test_what_was_known_before_the_correction_is_uncorrected() -> None:
    history = _history((_put(1, 9), 9), (_correction(1, {"fen": 7}, 12), 12))
    assert _amounts(as_of(known_at(history, _at(11)), FOREVER)) == [1]


def test_of_two_corrections_of_one_event_the_later_stands() -> None:
    history = _history(
        (_put(1, 9), 9),
        (_correction(1, {"fen": 7, "late_reason": "found"}, 12), 12),
        (_correction(1, {"fen": 8}, 13), 13),
    )
    [first, *_] = corrected(history)
    assert first.event == MoneyPut(at=_at(9), fen=8, late_reason="found")
    assert _amounts(as_of(known_at(history, _at(12)), FOREVER)) == [7]


def test_a_corrected_time_moves_the_event() -> None:
    moved = {"occurred_at": _at(7).isoformat()}
    history = _history((_put(1, 9), 9), (_put(2, 10), 10), (_correction(2, moved, 12), 12))
    true = as_of(history, FOREVER)
    assert _versions(true) == [2, 1, 3]
    assert true[0].occurred_at == true[0].event.at == _at(7)
    assert _versions(as_of(history, _at(8))) == [2]
    assert _versions(as_of(known_at(history, _at(11)), _at(8))) == []


def test_a_time_corrected_into_the_future_of_the_question_hides_the_event() -> None:
    moved = {"occurred_at": _at(11).isoformat()}
    history = _history((_put(1, 9), 9), (_correction(1, moved, 12), 12))
    assert _versions(as_of(history, _at(10))) == []
    assert _versions(as_of(history, _at(11))) == [1]


def test_a_value_can_be_corrected_to_nothing() -> None:
    late = MoneyPut(at=_at(9), fen=1, late_reason="nobody was there")
    history = _history((late, 10), (_correction(1, {"late_reason": None}, 12), 12))
    assert corrected(history)[0].event.late_reason is None


HOURS = st.integers(0, 23)


@st.composite
def _past(draw: st.DrawFn) -> History:
    """A purse that lives through entries, late entries and corrections in any order."""
    entries: list[tuple[PurseEvent, float]] = [
        (PurseOpened(at=_at(draw(HOURS)), owner="x", territory="d"), 0)
    ]
    for step in range(1, draw(st.integers(1, 12))):
        puts = [n for n, (event, _) in enumerate(entries, start=1) if isinstance(event, MoneyPut)]
        recorded = entries[-1][1] + draw(st.sampled_from([0, 0.5, 2]))
        correcting = draw(st.booleans())
        if puts and correcting:
            moved = {"occurred_at": _at(draw(HOURS)).isoformat()} if draw(st.booleans()) else {}
            changes: dict[str, Scalar] = {"fen": draw(st.integers(1, 99)), **moved}
            event: PurseEvent = _correction(draw(st.sampled_from(puts)), changes, recorded)
        else:
            event = _put(step, draw(HOURS))
        entries.append((event, recorded))
    return _history(*entries)


@settings(deadline=None)
@given(_past(), HOURS, HOURS)
def test_what_was_known_at_a_moment_is_what_a_reader_saw_then(
    history: History, known: int, moment: int
) -> None:
    seen: History = []
    for recorded in history:  # the log grows; the reader looks when the clock passes `known`
        if recorded.recorded_at > _at(known):
            break
        seen.append(recorded)
    then = known_at(history, _at(known))
    assert as_of(then, _at(moment)) == as_of(seen, _at(moment))
    assert as_of(then, FOREVER) == as_of(seen, FOREVER)


@settings(deadline=None)
@given(_past(), HOURS)
def test_as_of_keeps_what_had_happened_in_order_of_happening(history: History, moment: int) -> None:
    true = as_of(history, _at(moment))
    order = [(recorded.occurred_at, recorded.version) for recorded in true]
    assert order == sorted(order)
    assert all(recorded.occurred_at == recorded.event.at <= _at(moment) for recorded in true)
    everything = as_of(history, FOREVER)
    assert len(everything) == len(history)
    assert true == [recorded for recorded in everything if recorded.occurred_at <= _at(moment)]
