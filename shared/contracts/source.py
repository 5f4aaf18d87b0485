"""A published log: who owns it, where its contracts travel, what they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.core.catalogue import Catalogue
from shared.core.messages import Event


@dataclass(frozen=True)
class Source:
    """The contracts of one log. A `topic` name ends in the version of its whole language."""

    service: str
    log: str
    topic: str
    events: Catalogue[Any]

    def narrowed(self, event: Event) -> Event | None:
        """The contract of the same type, with those of the event's fields that it names; None
        where there is no such contract."""
        contract: type[Event] | None = self.events.classes.get(event.type)
        if contract is None:
            return None
        known = event.__dict__
        return contract.model_construct(**{name: known[name] for name in contract.model_fields})
