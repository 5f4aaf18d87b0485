"""The feed of the purses, over their log as it is now."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime

from shared.runtime.following.feed_client import WHOLE, FeedUnavailable, Piece
from shared.store.slices import Slice
from shared.testkit.deliveries import KeptFeed
from tests.shared.simulation.log import Log
from tests.shared.simulation.process import call
from tests.shared.simulation.weather import Weather


class Feed(KeptFeed):
    """Answers in pieces; may be down, or break off. `asked` counts the questions."""

    def __init__(self, log: Log, weather: Weather) -> None:
        super().__init__(log, weather.random)
        self._log = log
        self._weather = weather
        self.is_down = False
        self.asked = 0

    async def read(
        self,
        after: int,
        until: int | None = None,
        part: Slice = WHOLE,
        *,
        epoch: int | None = None,
    ) -> AsyncGenerator[Piece, None]:
        """As the real one. Raises FeedUnavailable."""
        self.asked += 1
        async for piece in super().read(after, until, part, epoch=epoch):
            yield piece

    async def go_on(self) -> None:
        """A call that may fail. Raises FeedUnavailable."""
        await call(FeedUnavailable)
        if self.is_down:
            raise FeedUnavailable("nobody answers")

    def complete(self, through: int) -> datetime | None:
        """As the closing line tells it."""
        if through == self._log.head and not self._log.being_appended:
            return self._weather.now()
        return self._log.recorded_at(through) if through else None
