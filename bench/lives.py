"""A district whose cases live for three years: generated contracts, one after the other as a log
has them, and a feed that tells them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import islice
from random import Random
from typing import get_args
from uuid import UUID

from bench.serving import DISTRICT
from services.grievance.words import CaseType
from shared.contracts.grievance import (
    GRIEVANCE,
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDispatched,
    CaseReopened,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from shared.contracts.sent import Sent
from shared.core.messages import Event
from shared.runtime.following.feed_client import WHOLE, FeedClient, Piece
from shared.store.slices import Slice

STREETS, COMMUNITIES, ESTATES = 8, 10, 7
DAYS = 1_000
PIECE = 4_000
NOW = datetime.now(UTC).replace(microsecond=0)
PERSON = UUID(int=7)
HANDLED: Sequence[Event] = (
    CaseAccepted(at=NOW), CaseDispatched(at=NOW, unit="lamps"), OrderSigned(at=NOW),
    ReplySubmitted(at=NOW),
)  # fmt: skip
# Hours until each step is taken, on average.
WAITS = (2, 5, 18, 90, 40, 10, 300)
OF_A_CASE = 8.0  # events, on average


def places() -> Iterator[str]:
    """The codes from the district down, each after what it lies in, with `/` between."""
    yield DISTRICT
    for s in range(STREETS):
        yield f"{DISTRICT}/s{s}"
        for c in range(COMMUNITIES):
            yield f"{DISTRICT}/s{s}/c{c}"
            yield from (f"{DISTRICT}/s{s}/c{c}/e{e}" for e in range(ESTATES))


def told(number: int) -> Iterator[Sent]:
    """So many contracts of cases under way side by side; the last of them is of now."""
    random, facts = Random(1), _Facts()
    cases = number / OF_A_CASE
    begun, gap = NOW - timedelta(days=DAYS), timedelta(days=DAYS) / cases
    waiting: list[tuple[datetime, int, Iterator[tuple[float, bytes, str]], int]] = []
    filed, position = 0, 0
    while True:
        if not waiting or begun + filed * gap <= waiting[0][0]:
            filed += 1
            heappush(waiting, (begun + (filed - 1) * gap, filed, facts.life(random), 1))
        at, case, life, version = heappop(waiting)
        found = next(life, None)
        if found is None:
            continue
        hours, payload, kind = found
        position += 1
        yield _sent(position, at, (case, version), (kind, payload))
        heappush(waiting, (at + timedelta(hours=hours), case, life, version + 1))


class Told(FeedClient):
    """A feed that tells `number` of them, and then goes on as it is asked."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._told = told(number)

    async def aclose(self) -> None:
        """There is nothing to let go of."""

    async def read(
        self,
        after: int,
        until: int | None = None,
        part: Slice = WHOLE,
        *,
        epoch: int | None = None,
    ) -> AsyncGenerator[Piece, None]:
        """As the real one, once, from the beginning."""
        while after < self.number:
            piece = self.further(after, min(PIECE, self.number - after))
            after = piece.through
            yield piece

    def further(self, after: int, number: int) -> Piece:
        """The next so many."""
        sent = list(islice(self._told, number))
        return Piece(sent, after + number, sent[-1].recorded_at)


class _Facts:
    """The payloads, each encoded once."""

    def __init__(self) -> None:
        estates = [code for code in places() if code.count("/") > 1]
        self._filings = [
            _encoded(_filing(place, kind)) for place in estates for kind in get_args(CaseType)
        ]
        self._handled = [_encoded(event) for event in HANDLED]
        self._closed = _encoded(CaseClosed(at=NOW, outcome="solved"))
        self._reopened = _encoded(CaseReopened(at=NOW))
        self._answers = [
            _encoded(CallbackRecorded(at=NOW, contacted=True, resolved=one, satisfied=other))
            for one in (True, True, False)
            for other in (True, False)
        ]

    def life(self, random: Random) -> Iterator[tuple[float, bytes, str]]:
        """What happens to a case: hours until the next, payload and type of each."""
        waits = iter(WAITS)
        payload, kind = random.choice(self._filings)
        yield random.expovariate(1 / next(waits)), payload, kind
        for payload, kind in (*self._handled, random.choice(self._answers), self._closed):
            yield random.expovariate(1 / next(waits)), payload, kind
        if random.random() < 0.15:
            again = (self._reopened, *self._handled[1:], random.choice(self._answers), self._closed)
            for payload, kind in again:
                yield random.expovariate(1 / 20), payload, kind


def _filing(place: str, kind: CaseType) -> PetitionRaised:
    return PetitionRaised(
        at=NOW, petitioner=PERSON, territory=place, area="unknown", channel="online", case_type=kind
    )


def _encoded(event: Event) -> tuple[bytes, str]:
    return GRIEVANCE.events.encode(event), event.type


def _sent(position: int, at: datetime, place: tuple[int, int], told: tuple[str, bytes]) -> Sent:
    (case, version), (kind, payload) = place, told
    return Sent(
        position=position, stream_id=UUID(int=case), version=version, type=kind, schema_version=1,
        territory=DISTRICT, actor="clerk-1", command_id=PERSON, correlation_id=PERSON,
        causation_id=None, origin="live", occurred_at=at, recorded_at=at, payload=payload,
    )  # fmt: skip
