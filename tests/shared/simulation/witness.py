"""What must be true of every commit, the moment it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from shared.contracts.partitions import partition_of
from shared.runtime.publishing.outbox import CURSOR, SENT
from tests.shared.simulation.broker import Broker
from tests.shared.simulation.log import LARGE, Log

Kept = Mapping[tuple[Any, ...], Any]


class Broken(BaseException):
    """A promise is broken; not an Exception, so that nobody takes it for a fault of an event."""


class Witness:
    """Judges commits. The first broken promise is kept: who broke it may not come to tell."""

    def __init__(self, log: Log, broker: Broker) -> None:
        self._log = log
        self._broker = broker
        self.broken: str | None = None

    def readers(self, kept: Kept, changes: Kept) -> None:
        """A reader's commit: rows and cursors go on together, event by event, without a hole."""
        gained: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for key, row in changes.items():
            if key[0] == "row":
                _, model, stream_id = key
                had = kept.get(key, ())
                in_order = row[: len(had)] == had and list(row) == sorted(set(row))
                self._expect(in_order, f"{model} of {stream_id} had {had} and has {row}")
                gained[model, partition_of(stream_id, self._log.partitions)] += row[len(had) :]
        for key, mark in changes.items():
            if key[0] == "cursor":
                self._moved(key, kept.get(key, (0, None)), mark, gained)
        self._expect(not gained, f"rows went on without their cursors: {dict(gained)}")

    def _moved(self, key: Any, before: Any, after: Any, gained: dict[Any, list[int]]) -> None:
        _, model, *_, number = key
        due = self._log.between(number, before[0], after[0])
        got = gained.pop((model, number), [])
        self._expect(sorted(got) == due, f"{model} took {got} of {number}, due were {due}")
        self._expect(before[0] <= after[0], f"{model} went back from {before} to {after}")
        following = self._log.first_after(number, after[0])
        late = after[1] is not None and following is not None and following < after[1]
        self._expect(not late, f"{model} says it is true up to {after}, but lacks {following}")

    def relays(self, kept: Kept, changes: Kept) -> None:
        """A relay's commit: what its cursor has passed was acknowledged, and was sent last."""
        key = ("cursor", CURSOR, self._log.source.log, 1, "", 0)
        if key not in changes:
            return
        (before, _), (after, _) = kept.get(key, (0, None)), changes[key]
        passed = {one.position for one in self._log.sent if before < one.position <= after
                  and len(one.payload) <= LARGE}  # fmt: skip
        lost = passed - self._broker.acknowledged
        self._expect(not lost, f"the relay went on to {after} without an answer to {sorted(lost)}")
        now = {**kept, **changes}
        for number in range(self._log.partitions):
            place, _ = now["cursor", SENT, self._log.source.log, 1, self._log.source.topic, number]
            due = [0, *self._log.between(number, 0, after)][-1]
            self._expect(place == due, f"{place} was sent last to {number} by {after}, not {due}")

    def _expect(self, so: bool, otherwise: str) -> None:
        if not so and self.broken is None:
            self.broken = otherwise
        self.ask()

    def ask(self) -> None:
        """Raises Broken once a promise is."""
        if self.broken is not None:
            raise Broken(self.broken)
