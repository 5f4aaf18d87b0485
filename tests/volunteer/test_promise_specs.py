"""The read models of promises and duty posts: what each makes of a life, whatever happens on the
way; and what they agree on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.app import PUBLICATION
from services.volunteer.duty.events import DutyEvent
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.cadre_assessment import cadre_assessment
from services.volunteer.projections.cadre_checkin_board import cadre_checkin_board
from services.volunteer.projections.duty_notes import duty_notes
from services.volunteer.projections.known_cases import known_cases
from services.volunteer.projections.occurrences import occurrences
from services.volunteer.projections.promise_tracker import promise_tracker
from services.volunteer.series.events import SeriesEvent
from shared.contracts.grievance import GRIEVANCE, PetitionRaised
from shared.core.catalogue import Catalogue
from shared.core.envelope import Recorded
from shared.core.local_time import end_of
from shared.store import read
from shared.store.pool import Pool, connect, open_pool
from shared.testkit.contents import Model, folded
from shared.testkit.databases import TestDatabase
from shared.testkit.projections import Told, history, holds
from tests.volunteer.promise_lives import live

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

MODELS: Sequence[Model] = (
    promise_tracker, occurrences, cadre_checkin_board, cadre_assessment, duty_notes,
)  # fmt: skip


async def lived(database: TestDatabase) -> Sequence[Recorded[Any]]:
    connection = await connect(database.service)
    await live(connection, seed=4)
    rows = await read.page(connection, LOG, 0, 100_000)
    await connection.close()
    return [read.decode(EVENTS, row) for row in rows]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_a_read_model_holds(log_database: TestDatabase, model: Model) -> None:
    happened = await lived(log_database)
    wanted = {*Catalogue.of(SeriesEvent).classes, *Catalogue.of(DutyEvent).classes}
    assert wanted <= {one.type for one in happened}, "these were to be tried"
    assert folded(model, happened).rows, "there is something to hold"
    pool: Pool = await open_pool(log_database.service)
    try:
        await holds(pool, model, LOG, EVENTS)
    finally:
        await pool.close()


async def test_the_tracker_counts_what_the_occurrences_are(log_database: TestDatabase) -> None:
    happened = await lived(log_database)
    tracked = folded(promise_tracker, happened).rows
    times = folded(occurrences, happened).rows.values()
    for series_id, row in tracked.items():
        own = [one.status for one in times if one.series_id == series_id]
        assert row.held == own.count("held") + own.count("told_late")
        assert (row.late, row.missed) == (own.count("told_late"), own.count("missed"))
    assert sum(row.missed for row in tracked.values()) > 5


async def test_no_name_and_no_word_goes_on_the_topic(log_database: TestDatabase) -> None:
    told = [PUBLICATION.publish(one) for one in await lived(log_database)]
    kinds = {one.type for one in told if one is not None}
    assert kinds == {"series-established", "occurrence-held", "occurrence-missed"}
    assert all("name" not in one.__dict__ for one in told if one is not None)


def test_a_case_is_known_by_the_event_that_raised_it() -> None:
    raised = PetitionRaised(
        at=end_of("2026-05-01"), petitioner=UUID(int=3), territory="d/c1", area="x",
        channel="station", case_type="suggest",
    )  # fmt: skip
    happened = history(GRIEVANCE.log, (UUID(int=1), [raised]))
    [row] = folded(known_cases, happened).rows.values()
    assert (row.case_id, row.territory, row.channel) == (UUID(int=1), "d/c1", "station")
    assert (row.position, row.correlation_id) == (1, happened[0].correlation_id)
    Told(known_cases)(*happened).rows(row)
