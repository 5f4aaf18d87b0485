"""The contracts of a log, row by row: what the relay sends and what the feed serves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from shared.contracts.sent import UNPUBLISHABLE, Sent
from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.runtime import applying
from shared.store import read
from shared.store.parked import Waiting


class Published(NamedTuple):
    """A page's contracts in order, and the events that could not become one."""

    sent: list[Sent]
    failed: list[Waiting]


@dataclass(frozen=True)
class Publication:
    """How the events of a log become the contracts of its source."""

    source: Source
    events: Catalogue[Any]
    publish: Callable[[Recorded[Any]], Event | None]

    def of(self, rows: Sequence[Any]) -> Published:
        """What these rows of the log tell others.

        In the place of an event that cannot be published stands one of the type UNPUBLISHABLE, so
        that its readers park its stream instead of going past it.
        """
        sent: list[Sent] = []
        failed: list[Waiting] = []
        encode = self.source.events.encode
        for row in rows:
            try:
                recorded = read.decode(self.events, row)
                contract = self.publish(recorded)
                if contract is not None:
                    version = contract.schema_version
                    sent.append(_sent(recorded, contract.type, version, encode(contract)))
            except Exception as fault:
                reason = applying.reason_of(fault)
                failed.append(Waiting(row["stream_id"], row["position"], row["type"], reason))
                sent.append(_in_place_of(row))
        return Published(sent, failed)


def _sent(recorded: Recorded[Any], type_: str, schema_version: int, payload: bytes) -> Sent:
    return Sent(
        recorded.position,
        recorded.stream_id,
        recorded.version,
        type_,
        schema_version,
        recorded.territory,
        recorded.actor,
        recorded.command_id,
        recorded.correlation_id,
        recorded.causation_id,
        recorded.origin,
        recorded.occurred_at,
        recorded.recorded_at,
        payload,
    )


def _in_place_of(row: Any) -> Sent:
    told = {name: row[name] for name in Sent._fields if name not in ("type", "payload")}
    return Sent(**told, type=UNPUBLISHABLE, payload=b"{}")
