"""What must hold of a topic-fed read model: it is the fold of the log's contracts, and no more."""

from __future__ import annotations

from services.dashboard.service import MODELS
from services.grievance.app import PUBLICATION
from services.grievance.log import LOG
from shared.contracts.grievance import GRIEVANCE
from shared.core.envelope import Recorded
from shared.runtime.following import arriving
from shared.runtime.projections import folding
from shared.store import slices
from shared.store.pool import Pool
from shared.store.slices import Slice
from tests.faults import proofs

WAITING = "select (select count(*) from parked) + (select count(*) from garbled)"


async def the_dashboard_is_what_the_contracts_say(owner: Pool, reader: Pool) -> None:
    """Rows and tallies equal a fold of every contract of the log; nothing is parked."""
    async with owner.acquire() as connection:
        rows = await slices.page(connection, LOG, (0, proofs.ALL), proofs.ALL, Slice())
    published = PUBLICATION.of(rows)
    assert not published.failed
    entries = [arriving.entry_of(GRIEVANCE, sent) for sent in published.sent]
    events = [entry for entry in entries if isinstance(entry, Recorded)]
    assert len(events) == len(published.sent)
    async with reader.acquire() as connection:
        assert await connection.fetchval(WAITING) == 0
        for model in MODELS:
            keyed = folding.keyed_rows(model, events)
            await proofs.table_is(connection, model, folding.fold(model, keyed, {}))
