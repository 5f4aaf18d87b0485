"""Two estates become one, one becomes two: petitions stay where they were recorded, and every board
adds up under the boundaries of any day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grievance.service import Grievance
from shared.contracts.territory import Part, TerritoriesMerged, TerritorySplit
from shared.testkit.maps import tell
from tests.grievance.front_desk import FrontDesk, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

SANWAN = "d/shengli/sanwan"
WENHUA, SANQI, YUAN = f"{SANWAN}/wenhua", f"{SANWAN}/sanqi", f"{SANWAN}/yuan"
HOUSES = tuple(f"{estate}/g/{n}" for estate in (WENHUA, SANQI) for n in (1, 2))
PLACES = ("d", "d/shengli", SANWAN, WENHUA, SANQI, f"{WENHUA}/g", f"{SANQI}/g", *HOUSES,
          "d/other", "d/other/c")  # fmt: skip


@pytest.fixture
def places() -> Sequence[str]:
    return PLACES


@pytest.fixture
async def before(desk: FrontDesk, service: Grievance) -> datetime:
    """Petitions of both estates, of their houses and of elsewhere; then the fence is taken down."""
    for place in (WENHUA, WENHUA, SANQI, HOUSES[0], HOUSES[2], SANWAN, "d/other/c"):
        await desk.file(territory=place)
    then = datetime.now(UTC)
    merged = TerritoriesMerged(
        at=then + timedelta(milliseconds=1), codes=(WENHUA, SANQI), code=YUAN,
        kind="neighbourhood", name="三湾院", parent=SANWAN,
    )  # fmt: skip
    await tell(service.pool, [merged], after=len(PLACES))
    await service.map.read()
    await desk.file(territory=YUAN)
    await service.projector.drain()
    return then


async def _count(desk: FrontDesk, territory: str, **query: Any) -> int:
    page = await desk.register(territory=territory, **query)
    assert page["total"] == len(page["items"])
    return int(page["total"])


async def test_a_merged_estate_has_the_petitions_of_both(desk: FrontDesk, before: datetime) -> None:
    assert await _count(desk, YUAN) == 6
    then = before.isoformat()
    assert await _count(desk, WENHUA, drawn_at=then) == 3
    assert await _count(desk, SANQI, drawn_at=then) == 2
    assert {line["territory"] for line in (await desk.register(territory=YUAN))["items"]} == {
        WENHUA, SANQI, HOUSES[0], HOUSES[2], YUAN,
    }  # fmt: skip


async def test_totals_are_the_same_under_the_boundaries_of_both_days(
    desk: FrontDesk, before: datetime
) -> None:
    for root, total in (("d", 8), ("d/shengli", 7), (SANWAN, 7), ("d/other", 1)):
        assert await _count(desk, root) == total
        assert await _count(desk, root, drawn_at=before.isoformat()) == total
        for board in ("/channels", "/backlog", "/response-times"):
            now = await desk.read(board, actor=CHIEF, territory=root)
            then = await desk.read(board, actor=CHIEF, territory=root, drawn_at=before.isoformat())
            assert now.json()["items"] == then.json()["items"] != []


async def test_what_was_known_to_a_split_estate_counts_above_its_parts(
    desk: FrontDesk, before: datetime, service: Grievance
) -> None:
    parts = (
        Part(code="east", name="东", takes=(f"{WENHUA}/g",)),
        Part(code="west", name="西", takes=(f"{SANQI}/g",)),
    )
    split = TerritorySplit(
        at=datetime.now(UTC), code=YUAN, kind="neighbourhood", parent=SANWAN, parts=parts
    )
    await tell(service.pool, [split], after=len(PLACES) + 1)
    await service.map.read()
    assert await _count(desk, "east") == 1
    assert await _count(desk, "west") == 1
    assert await _count(desk, SANWAN) == 7


async def test_an_estate_that_is_no_more_names_where_its_petitions_are_shown(
    desk: FrontDesk, before: datetime
) -> None:
    problem = refused(await desk.read("/cases", territory=WENHUA), 422, "not_on_the_map_then")
    assert problem["detail"].endswith(f"its records are shown under {YUAN}")
    early = await desk.read("/cases", territory=YUAN, drawn_at=before.isoformat())
    assert SANWAN in refused(early, 422, "not_on_the_map_then")["detail"]


async def test_nothing_new_is_filed_at_an_estate_that_is_no_more(
    desk: FrontDesk, before: datetime
) -> None:
    form = {"territory": WENHUA, "subject": "x", "details": "y"}
    answer = await desk.client.post("/cases", json=form, headers=desk.headers())
    assert YUAN in refused(answer, 422, "former_territory")["detail"]
    late = {"occurred_at": before.isoformat(), "late_reason": "paper_form"}
    answer = await desk.client.post("/cases", json={**form, **late}, headers=desk.headers())
    assert answer.status_code == 201, answer.text


CHIEF: dict[str, Any] = {"sub": "chief", "roles": ("supervisor",)}
