"""What the case service keeps of the territory service: who a person is, where a case goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.service import Grievance
from shared.contracts.dispatch_catalogue import DispatchCatalogueRow, dispatch_catalogue
from shared.contracts.known_residents import KnownResidentRow, known_residents
from shared.contracts.organisation import CataloguePublished, Route
from shared.contracts.territory import TERRITORY
from shared.store import tables
from tests.grievance.front_desk import FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LAMPS = "城乡建设/市政/路灯"


async def _publish(service: Grievance, number: int, at: datetime, *routes: Route) -> None:
    published = CataloguePublished(
        at=at, number=number, district="d", categories=(LAMPS,), routes=routes
    )
    row = DispatchCatalogueRow(
        event_id=UUID(int=number), version=number, starts_at=at, schema_version=1, categories=1,
        routes=len(routes), payload=TERRITORY.events.encode(published),
    )  # fmt: skip
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, dispatch_catalogue, {row.event_id: row})


async def _known(service: Grievance, rows: Sequence[KnownResidentRow]) -> None:
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, known_residents, {row.person_id: row for row in rows})


async def _proposal(desk: FrontDesk, **petition: Any) -> Any:
    filed = await desk.file(**petition)
    return (await desk.read(f"/cases/{filed['id']}")).json()["proposal"]


async def test_a_case_is_proposed_to_the_unit_of_the_catalogue(
    desk: FrontDesk, service: Grievance
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9)
    await _publish(
        service, 1, long_ago,
        Route(category="城乡建设", territory="d", unit="works"),
        Route(category=LAMPS, territory="d/s1", unit="lamps"),
    )  # fmt: skip
    assert await _proposal(desk, category=LAMPS) == {"unit": "lamps", "version": 1}
    assert await _proposal(desk, category=LAMPS, territory="d/s2/c9") == {
        "unit": "works", "version": 1,
    }  # fmt: skip
    assert await _proposal(desk, category="环境保护") is None
    assert await _proposal(desk) is None


async def test_a_case_keeps_the_catalogue_it_was_filed_under(
    desk: FrontDesk, service: Grievance
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9)
    await _publish(service, 1, long_ago, Route(category=LAMPS, territory="d", unit="lamps"))
    late = datetime.now(UTC) - timedelta(days=2)
    told = {"category": LAMPS, "occurred_at": late.isoformat(), "late_reason": "paper_form"}
    await _publish(
        service, 2, late + timedelta(hours=1), Route(category=LAMPS, territory="d", unit="parks")
    )
    assert await _proposal(desk, **told) == {"unit": "lamps", "version": 1}
    assert await _proposal(desk, category=LAMPS) == {"unit": "parks", "version": 2}


async def test_a_double_files_under_the_id_that_is_kept(
    desk: FrontDesk, service: Grievance
) -> None:
    kept, double, again = uuid4(), uuid4(), uuid4()
    await _known(
        service,
        [
            KnownResidentRow(kept, "d/s1/c1", None, None, gone=False),
            KnownResidentRow(double, "d/s1/c1", None, kept, gone=False),
            KnownResidentRow(again, "d/s1/c1", None, double, gone=False),
        ],
    )
    for person in (kept, double, again):
        filed = await desk.file(person=str(person))
        view = (await desk.read(f"/cases/{filed['id']}")).json()
        assert view["petitioner"] == str(kept)
    stranger = uuid4()
    filed = await desk.file(person=str(stranger))
    assert (await desk.read(f"/cases/{filed['id']}")).json()["petitioner"] == str(stranger)
