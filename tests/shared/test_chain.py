"""The chain of a partition: whatever the schedule, every event is applied once and in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.core import chain
from shared.core.chain import Due, Gap, Place, Stretch

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)


class Happened(NamedTuple):
    """An event of which nothing is known but its place."""

    position: int


Said = Stretch[Happened]


def one(partition: int, previous: int, position: int, at: datetime | None = None) -> Said:
    """A message of a topic."""
    return Stretch(partition, previous, position, at, (Happened(position),))


def beat(partition: int, previous: int, head: int, at: datetime | None = None) -> Said:
    """A heartbeat."""
    return Stretch(partition, previous, head, at)


def positions(due: Due[Happened]) -> list[int]:
    return [event.position for event in due.events]


def test_what_follows_is_applied_and_moves_the_place() -> None:
    due = chain.due({0: Place(3)}, [one(0, 3, 7, NOON), one(0, 7, 8, LATER)])
    assert positions(due) == [7, 8]
    assert due.places == {0: Place(8, LATER)}
    assert due.gaps == []


def test_what_an_earlier_epoch_told_is_dropped_and_a_later_one_is_not_joined_to_it() -> None:
    old, now = one(0, 3, 7), one(0, 7, 8)._replace(epoch=2)
    assert chain.of_epoch([old], 1) == [old]
    assert chain.of_epoch([], 1) == []
    assert chain.of_epoch([old, now, old], 2) == [now]
    with pytest.raises(chain.NewEpoch) as new:
        chain.of_epoch([old, now], 1)
    assert new.value.known == 1
    assert chain.joined([old, now]) == [old, now]
    [both] = chain.joined([now, one(0, 8, 9)._replace(epoch=2)])
    assert (both.after, both.until, both.epoch) == (7, 9, 2)
    assert chain.due({}, [now]).gaps == [Gap(0, 0, 7, 2)]


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3), st.integers(0, 3))), st.data())
def test_joined_or_one_by_one_they_say_the_same(
    steps: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    said: list[Said] = []
    ends = {0: 0, 1: 0}
    for number, (partition, back, forth) in enumerate(steps):
        after = max(0, ends[partition] + back - 2)
        until = ends[partition] = after + forth
        events = tuple(Happened(place) for place in range(after + 1, until + 1))
        said.append(Stretch(partition, after, until, NOON + number * (LATER - NOON), events))
    places = {number: Place(data.draw(st.integers(0, 6))) for number in (0, 1)}
    assert _by_partition(chain.due(places, chain.joined(said))) == _by_partition(
        chain.due(places, said)
    )


def _by_partition(due: Due[Happened]) -> object:
    """Partitions do not wait for each other."""
    return sorted(positions(due)), due.places, sorted(due.gaps)


def test_a_repeat_is_dropped_and_moves_nothing() -> None:
    due = chain.due({0: Place(8, LATER)}, [one(0, 3, 7, NOON), one(0, 7, 8, NOON)])
    assert due == Due([], {}, [])


def test_a_partition_without_a_place_begins_at_0() -> None:
    assert chain.due({}, [one(2, 0, 5)]) == Due([Happened(5)], {2: Place(5)}, [])


def test_behind_a_gap_nothing_is_applied_until_it_is_closed() -> None:
    due = chain.due({0: Place(3)}, [one(0, 5, 7), one(0, 7, 8), one(0, 3, 5)])
    assert due == Due([], {}, [Gap(0, 3, 5)])


def test_a_gap_in_the_middle_takes_what_is_before_it_only() -> None:
    due = chain.due({0: Place(3)}, [one(0, 3, 5), one(0, 6, 7), one(0, 7, 8)])
    assert due == Due([Happened(5)], {0: Place(5)}, [Gap(0, 5, 6)])


def test_a_gap_holds_up_its_own_partition_only() -> None:
    due = chain.due({0: Place(3), 1: Place(4)}, [one(0, 5, 7), one(1, 4, 9), one(1, 9, 11)])
    assert positions(due) == [9, 11]
    assert due.places == {1: Place(11)}
    assert due.gaps == [Gap(0, 3, 5)]


def test_a_page_that_begins_before_the_place_gives_only_what_is_new() -> None:
    page = Stretch(0, 0, 9, LATER, tuple(map(Happened, (2, 4, 6, 8))))
    due = chain.due({0: Place(4)}, [page])
    assert positions(due) == [6, 8]
    assert due.places == {0: Place(9, LATER)}


def test_a_heartbeat_shows_what_was_lost_behind_the_last_message() -> None:
    assert chain.due({0: Place(3)}, [beat(0, 7, 12)]).gaps == [Gap(0, 3, 7)]


def test_a_heartbeat_of_a_log_that_stands_still_moves_the_time_alone() -> None:
    due = chain.due({0: Place(7, NOON)}, [beat(0, 7, 7, LATER)])
    assert due == Due([], {0: Place(7, LATER)}, [])
    assert chain.due({0: Place(7, LATER)}, [beat(0, 7, 7, LATER)]).places == {}


def test_the_time_never_runs_backwards() -> None:
    due = chain.due({0: Place(7, LATER)}, [one(0, 7, 9, NOON), beat(0, 9, 9, NOON)])
    assert due.places == {0: Place(9, LATER)}


class Log(NamedTuple):
    """Events by partition: the positions 1, 2, 3 … are dealt to them."""

    parts: Sequence[Sequence[int]]

    @staticmethod
    def dealt(owners: Sequence[int], partitions: int) -> Log:
        places = list(enumerate(owners, start=1))
        return Log([[place for place, owner in places if owner == n] for n in range(partitions)])

    @property
    def head(self) -> int:
        return sum(map(len, self.parts))

    def messages(self) -> list[Said]:
        """Every event of the log as its relay sends it."""
        return [
            one(number, previous, position)
            for number, part in enumerate(self.parts)
            for previous, position in zip([0, *part], part, strict=False)
        ]

    def beats(self, head: int) -> list[Said]:
        """The heartbeats of a relay that has come to `head`."""
        lasts = [max((p for p in part if p <= head), default=0) for part in self.parts]
        return [beat(number, last, head) for number, last in enumerate(lasts)]

    def feed(self, gap: Gap, page: int) -> list[Said]:
        """What closes the gap, in pages of so many events."""
        missing = [p for p in self.parts[gap.partition] if gap.after < p <= gap.until]
        ends = [*missing[page - 1 :: page], gap.until]
        starts = [gap.after, *ends]
        return [
            Stretch(gap.partition, after, until, None,
                    tuple(Happened(p) for p in missing if after < p <= until))
            for after, until in zip(starts, ends, strict=False)
        ]  # fmt: skip


@dataclass
class Reader:
    """Keeps what it applied, in order; never goes back."""

    log: Log
    page: int
    places: dict[int, Place] = field(default_factory=dict)
    applied: list[int] = field(default_factory=list)

    def take(self, batch: Sequence[Said], feed: bool) -> None:
        while gaps := self._apply(batch).gaps:
            if not feed:
                return
            for gap in gaps:
                assert gap.after == self.places.get(gap.partition, Place(0)).position < gap.until
                for piece in self.log.feed(gap, self.page):
                    assert self._apply([piece]).gaps == []

    def _apply(self, batch: Sequence[Said]) -> Due[Happened]:
        due = chain.due(self.places, batch)
        for number, place in due.places.items():
            assert place.position >= self.places.get(number, Place(0)).position
        self.places |= due.places
        self.applied += positions(due)
        return due


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[Log, list[list[Said]]]:
    """A log, and what its topic brings: anything of it, any number of times, in any order."""
    partitions = draw(st.integers(1, 4))
    owners = draw(st.lists(st.integers(0, partitions - 1), max_size=24))
    log = Log.dealt(owners, partitions)
    said = [*log.messages(), *log.beats(log.head // 2), *log.beats(log.head)]
    return log, draw(st.lists(st.lists(st.sampled_from(said), max_size=15), max_size=8))


@settings(max_examples=1_000, deadline=None)
@given(deliveries(), st.integers(1, 5), st.data())
def test_any_schedule_applies_every_event_once_and_in_order(
    delivered: tuple[Log, list[list[Said]]], page: int, data: st.DataObject
) -> None:
    log, batches = delivered
    reader = Reader(log, page)
    for batch in batches:
        reader.take(batch, feed=data.draw(st.booleans()))
        for number, part in enumerate(log.parts):
            reached = reader.places.get(number, Place(0)).position
            had = [p for p in reader.applied if p in set(part)]
            assert had == [p for p in part if p <= reached]
    reader.take(log.beats(log.head), feed=True)
    assert sorted(reader.applied) == list(range(1, log.head + 1))
    for part in log.parts:
        assert [p for p in reader.applied if p in set(part)] == list(part)


@settings(max_examples=300, deadline=None)
@given(deliveries(), st.permutations(range(4)))
def test_partitions_may_be_mixed_in_any_way(
    delivered: tuple[Log, list[list[Said]]], order: list[int]
) -> None:
    _, batches = delivered
    for batch in batches:
        mixed = [said for number in order for said in batch if said.partition == number]
        plain, sorted_ = chain.due({}, batch), chain.due({}, mixed)
        assert plain.places == sorted_.places
        assert set(plain.gaps) == set(sorted_.gaps)
        assert sorted(plain.events) == sorted(sorted_.events)


@pytest.mark.parametrize("lost", range(6))
def test_of_a_missing_message_the_next_one_tells(lost: int) -> None:
    log = Log([list(range(1, 7))])
    batch = log.messages()
    reader = Reader(log, page=2)
    reader.take([*batch[:lost], *batch[lost + 1 :], *log.beats(6)], feed=True)
    assert reader.applied == [1, 2, 3, 4, 5, 6]
