"""The past of the service's own log, for what is built from it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.core.catalogue import Catalogue
from shared.runtime.projections import paging
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.paging import Page
from shared.store import past
from shared.store.pool import Connection

PAGE = 1_000
BEGINNING = (UUID(int=0), 0)


@dataclass(frozen=True)
class LogPast:
    """A past that is read on the connection it is built on."""

    log: str
    catalogue: Catalogue[Any]

    async def pages(
        self, connection: Connection, known: datetime | None
    ) -> AsyncGenerator[Page, None]:
        """See Past."""
        after, (last, _) = 0, await past.known(connection, self.log, known)
        while after < last:
            limit = min(PAGE, last - after)
            found = await paging.page(connection, self.catalogue, self.log, after, limit)
            if found is None:
                return
            after = found.mark.position
            yield found

    async def streams(
        self, connection: Connection, known: datetime | None
    ) -> AsyncGenerator[Page, None]:
        """See OrderlyPast."""
        mark = await past.known(connection, self.log, known)
        after, held = BEGINNING, list[Entry]()
        while rows := await past.by_stream(connection, (self.log, mark.position), after, PAGE):
            last = rows[-1]["stream_id"]
            after = (last, rows[-1]["version"])
            held += [paging.entry(self.catalogue, row) for row in rows if row["known"]]
            yield Page([one for one in held if one.stream_id != last], mark)
            held = [one for one in held if one.stream_id == last]
        yield Page(held, mark)
