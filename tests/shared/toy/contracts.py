"""What a service that keeps purses tells others: everything but corrections."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.runtime.publishing.publication import Publication
from tests.shared.toy.asking import LOG
from tests.shared.toy.decider import purse
from tests.shared.toy.events import (
    UPCASTERS,
    MoneyPut,
    MoneyTaken,
    PurseClosed,
    PurseMoved,
    PurseOpened,
)

# Not the number that a broker gives to a topic that nobody made.
PARTITIONS = 3

PurseContract = Annotated[
    PurseOpened | MoneyPut | MoneyTaken | PurseMoved | PurseClosed, Field(discriminator="type")
]
CONTRACTS: Catalogue[Any] = Catalogue.of(PurseContract, UPCASTERS)


def source(topic: str, events: Catalogue[Any] = CONTRACTS) -> Source:
    """The purses' contracts on this topic, as one who knows `events` sees them."""
    return Source(service="purses", log=LOG, topic=topic, events=events)


def publication(topic: str, events: Catalogue[Any] = purse.events) -> Publication:
    """How a service that knows `events` publishes its purses."""
    published = source(topic)

    def publish(recorded: Recorded[Event]) -> Event | None:
        return published.narrowed(recorded.event)

    return Publication(published, events, publish)
