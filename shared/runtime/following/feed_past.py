"""The past of another service's log, as its feed tells it, for what is built from it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from shared.contracts.source import Source
from shared.runtime.following import arriving
from shared.runtime.following.feed_client import FeedClient
from shared.runtime.projections.paging import Page
from shared.store.cursors import Watermark
from shared.store.pool import Connection


@dataclass(frozen=True)
class FeedPast:
    """A past that is read over HTTP, from its beginning until what was not known yet."""

    source: Source
    feed: FeedClient

    async def pages(self, _: Connection, known: datetime | None) -> AsyncGenerator[Page, None]:
        """See Past. The mark is that of the last contract. Raises FeedUnavailable."""
        async with aclosing(self.feed.read(0)) as pieces:
            async for piece in pieces:
                sent = [one for one in piece.sent if known is None or one.recorded_at <= known]
                if sent:
                    mark = Watermark(sent[-1].position, sent[-1].recorded_at)
                    yield Page(arriving.entries(self.source, sent), mark)
                if len(sent) < len(piece.sent):
                    return
