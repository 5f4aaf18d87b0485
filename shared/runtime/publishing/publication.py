"""The contracts of a log, row by row: what the relay sends and what the feed serves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from shared.contracts.sent import UNPUBLISHABLE, Sent
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.runtime.projections import applying
from shared.store import read
from shared.store.parked import Waiting

# So many rows are turned into contracts before others have their turn: a few milliseconds.
TURN = 500


class Published(NamedTuple):
    """A page's contracts in order, and the events that could not become one."""

    sent: list[Sent]
    failed: list[Waiting]


@dataclass(frozen=True)
class Publication:
    """How the events of a log become the contracts of its source. Those of the types `unpublished`
    concern nobody else, and are not even read."""

    source: Source
    events: Catalogue[Any]
    publish: Callable[[Recorded[Any]], Event | None]
    unpublished: frozenset[str] = frozenset()

    def of(self, rows: Sequence[Any]) -> Published:
        """What these rows of the log, as `read.quick_page` has them, tell others.

        In the place of an event that cannot be published stands one of the type UNPUBLISHABLE, so
        that its readers park its stream instead of going past it.
        """
        try:
            return Published(self._contracts(rows), [])
        except Exception as fault:
            if len(rows) > 1:
                return _joined([self.of([row]) for row in rows])
            [row] = rows
            reason = applying.reason_of(fault)
            waiting = Waiting(row["stream_id"], row["position"], row["type"], reason)
            return Published([_in_place_of(row)], [waiting])

    async def of_page(self, rows: Sequence[Any]) -> Published:
        """The same of many rows; between TURN of them others have their turn."""
        parts = []
        for start in range(0, len(rows), TURN):
            parts.append(self.of(rows[start : start + TURN]))
            await asyncio.sleep(0)
        return _joined(parts)

    def _contracts(self, rows: Sequence[Any]) -> list[Sent]:
        publish, encode, make = self.publish, self.source.events.encode, tuple.__new__
        told = [row for row in rows if row["type"] not in self.unpublished]
        sent = []
        for recorded in read.decode_quick(self.events, told):
            contract = publish(recorded)
            if contract is not None:
                shape = contract.type, contract.schema_version
                fields = (*recorded[1:4], *shape, *recorded[6:14], encode(contract))
                sent.append(make(Sent, fields))
        return sent


def _joined(parts: Sequence[Published]) -> Published:
    sent = [one for part in parts for one in part.sent]
    return Published(sent, [one for part in parts for one in part.failed])


def _in_place_of(row: Any) -> Sent:
    told = {name: row[name] for name in Sent._fields if name not in ("type", "payload")}
    for name in ("occurred_at", "recorded_at"):
        told[name] = datetime.fromisoformat(told[name])
    return Sent(**told, type=UNPUBLISHABLE, payload=b"{}")
