"""The chain of a partition: what a reader may apply, what it has had, what it lacks.

A stretch says: these are all the events of this partition past `after`, up to `until`. A message of
a topic is a stretch of one event, a heartbeat one of none, a page of the feed one of many.
Positions are those of one epoch; what another one says must not be joined to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from typing import Generic, NamedTuple, Protocol, TypeVar

from shared.core.births import FIRST


class Placed(Protocol):
    """Anything that has a place in its log."""

    @property
    def position(self) -> int:
        """The place."""


P = TypeVar("P", bound=Placed)


class Stretch(NamedTuple, Generic[P]):
    """All events of `partition` with `after` < position <= `until`, in order of position.

    `at` is the time up to which the log is known by it, where it tells.
    """

    partition: int
    after: int
    until: int
    at: datetime | None
    events: tuple[P, ...] = ()
    epoch: int = FIRST


class Place(NamedTuple):
    """How far a reader has come in one partition."""

    position: int
    at: datetime | None = None


class Gap(NamedTuple):
    """Everything with `after` < position <= `until` is missing in this partition."""

    partition: int
    after: int
    until: int
    epoch: int = FIRST


class Due(NamedTuple, Generic[P]):
    """What may be applied now, in order in each partition, where that leads, what is missing."""

    events: list[P]
    places: dict[int, Place]
    gaps: list[Gap]


def due(places: Mapping[int, Place], stretches: Iterable[Stretch[P]]) -> Due[P]:
    """Join the stretches to the reader's places.

    What lies behind a place is a repeat and is dropped; behind a gap nothing of that partition is
    taken. A partition without a place begins at 0. `places` of the answer holds only what moved.
    All of it is of one epoch: see `of_epoch`.
    """
    events: list[P] = []
    moved: dict[int, Place] = {}
    gaps: dict[int, Gap] = {}
    for stretch in stretches:
        number = stretch.partition
        if number in gaps:
            continue
        place = moved.get(number) or places.get(number) or Place(0)
        if stretch.after > place.position:
            gaps[number] = Gap(number, place.position, stretch.after, stretch.epoch)
        elif stretch.until > place.position:
            events += (event for event in stretch.events if event.position > place.position)
            moved[number] = Place(stretch.until, _later(place.at, stretch.at))
        elif stretch.until == place.position and _later(place.at, stretch.at) != place.at:
            moved[number] = Place(place.position, _later(place.at, stretch.at))
    return Due(events, moved, [*gaps.values()])


class NewEpoch(Exception):
    """Something says that the log is in another epoch by now than in the one that is `known`."""

    def __init__(self, known: int, told: int) -> None:
        super().__init__(f"in epoch {known} of the log, epoch {told} was heard of")
        self.known = known


def of_epoch(stretches: Sequence[Stretch[P]], epoch: int) -> Sequence[Stretch[P]]:
    """Those that speak of this epoch; those of an earlier one are old, and dropped.

    Raises NewEpoch for a later one: then none is taken.
    """
    told = {one.epoch for one in stretches}
    if told <= {epoch}:
        return stretches
    if max(told) > epoch:
        raise NewEpoch(epoch, max(told))
    return [one for one in stretches if one.epoch == epoch]


def joined(stretches: Iterable[Stretch[P]]) -> list[Stretch[P]]:
    """The same said in fewer stretches: those of a partition that follow on each other are one.

    For several readers of the same messages, each of whom then has less to look at.
    """
    runs: list[list[Stretch[P]]] = []
    last: dict[int, list[Stretch[P]]] = {}
    for stretch in stretches:
        run = last.get(stretch.partition)
        if run is not None and _follows(run[-1], stretch):
            run.append(stretch)
        else:
            run = last[stretch.partition] = [stretch]
            runs.append(run)
    return [run[0] if len(run) == 1 else _as_one(run) for run in runs]


def _follows(last: Stretch[P], stretch: Stretch[P]) -> bool:
    return last.until == stretch.after and last.epoch == stretch.epoch


def _as_one(run: Sequence[Stretch[P]]) -> Stretch[P]:
    at = reduce(_later, (one.at for one in run))
    events = tuple([event for one in run for event in one.events])
    return Stretch(run[0].partition, run[0].after, run[-1].until, at, events, run[0].epoch)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return max(one, other)
