"""The rules as this process knows them."""

from __future__ import annotations

from services.points.points_rules.decider import points_rules
from services.points.points_rules.stream import POINTS_RULES
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from shared.runtime.versions_copy import VersionsCopy
from shared.store.pool import Pool

RulesCopy = VersionsCopy[PointsRules]


def rules_copy(pool: Pool) -> RulesCopy:
    """All rules that were published, and which of them are in force where."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._published = Published()
        self._shelf = Shelf()
        self._signed: dict[str, dict[str, Any]] = {}
        self._version = 0
        self._reads = Grouped(self._read)

    @property
    def published(self) -> Published:
        """What was published and withdrawn, as it was last read."""
        return self._published

    @property
    def shelf(self) -> Shelf:
        """The rules there are, as they were last read."""
        return self._shelf

    def signed(self, version: str) -> Mapping[str, Any]:
        """Who published these rules when, and who withdrew them, as it was last read; nothing for
        those that everybody begins with."""
        return self._signed.get(version, {})

    async def fresh(self) -> Shelf:
        """The rules, with every one that was published or withdrawn before this was asked, in
        whatever process. No read model is waited for."""
        await self._reads(None)
        return self._shelf

    async def aclose(self) -> None:
        """Take no more questions."""
        await self._reads.aclose()

    async def _read(self, asked: Sequence[None]) -> Sequence[None]:
        """What all who ask wait for. Only one is under way at a time."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, POINTS_RULES, self._version)
        published = self._published
        for row in rows:
            recorded = read.decode(points_rules.events, row)
            published = points_rules.evolve(published, recorded.event)
            self._sign(recorded)
        if rows:
            self._published, self._version = published, rows[-1]["version"]
            self._shelf = Shelf((BOOK, *published.standing))
        return asked

    def _sign(self, recorded: Recorded[Any]) -> None:
        event, by, at = recorded.event, recorded.actor, recorded.occurred_at
        if isinstance(event, PointsRulesPublished):
            self._signed[event.rules.version] = {"published_at": at, "published_by": by}
        else:
            self._signed[event.version] |= {"withdrawn_at": at, "withdrawn_by": by}
    return VersionsCopy(pool, points_rules, POINTS_RULES, BOOK)
