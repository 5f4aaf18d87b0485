"""The sample into a log: all of it, once, whatever cuts it off, and onto an empty map only."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from services.territory.sample import loading, whole
from services.territory.sample.estates import MERGED, MERGER
from services.territory.sample.families import family
from services.territory.sample.shape import shape
from services.territory.service import MODELS, Territory
from services.territory.settings import Settings
from shared.core.sample import Sample, Unsuited
from tests.territory.office import Office
from tests.territory.sampled import decided, projecting

SMALL = Sample(scale=0.01)
HOUSEHOLDS = 240
KEEPER = {"sub": "keeper", "roles": ("administrator",), "territory": "shili"}
REGISTRAR = {"sub": "registrar", "roles": ("registrar",), "territory": "shili"}
AT = "2026-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def events() -> int:
    """How many events the whole sample is, the district's own among them."""
    return len(decided(SMALL, with_people=True).events)


async def _load(service: Territory, sample: Sample) -> None:
    await whole.ground(service, sample)
    await whole.rest(service, sample)


async def load(service: Territory, sample: Sample = SMALL) -> int:
    """Load it, and wait until it shows; where the log ends then."""
    await _load(service, sample)
    head = await service.head()
    await service.watermarks.follow([model.name for model in MODELS], head)
    await service.map.read()
    return head


async def test_loading_it_twice_adds_nothing_and_its_parts_show(
    service: Territory, settings: Settings, office: Office, events: int
) -> None:
    async with projecting(service, settings):
        assert await load(service) == events
        assert await load(service) == events
    await _the_merger_adds_up(office)
    await _the_mill_has_a_past(office)
    await _a_grid_has_its_roster(office)
    await _people_can_be_read(office)


async def _the_merger_adds_up(office: Office) -> None:
    now = await office.read("/households", under="sanwan", actor=KEEPER)
    then = await office.read("/households", under="sanwan", day="2024-06-30", actor=KEEPER)
    assert now["total"] == then["total"] > 0
    one = await office.read("/households", under=MERGER.code, actor=KEEPER)
    parts = [
        (await office.read("/households", under=code, day="2024-06-30", actor=KEEPER))["total"]
        for code in MERGED
    ]
    assert one["total"] == sum(parts)
    whole_district = await office.read("/households", actor=KEEPER)
    assert whole_district["total"] == HOUSEHOLDS


async def _the_mill_has_a_past(office: Office) -> None:
    mill = {"at": "2010-01-01T00:00:00Z", "actor": KEEPER}
    then = await office.read("/territories/litai/profile", **mill)
    assert then["management"]["mode"] == "unmanaged"
    assert then["management"]["since"].startswith("2002-12-31T16:00:00")
    now = await office.read("/territories/litai/profile", actor=KEEPER)
    assert now["management"]["mode"] == "community"


async def _a_grid_has_its_roster(office: Office) -> None:
    [line] = (await office.read("/rosters", territory="tielu-sushe-g1", actor=KEEPER))["items"]
    assert UUID(line["worker"])
    assert {unit["code"] for unit in line["n"]} >= {"lingjiaoshan-police", "huolongjing-centre"}
    assert [unit["kind"] for unit in line["x"]] == ["volunteer_team"]
    heads = await office.read("/territories/tielu-sushe-1/heads", actor=KEEPER)
    assert {"building_head", "grid_worker"} <= {one["role"] for one in heads["items"]}


async def _people_can_be_read(office: Office) -> None:
    home = next(whole.buildings(shape(SMALL)))[0]
    first, *others = family(home, SMALL.seed).people
    told = await office.read(f"/residents/{first.id}", actor=REGISTRAR)
    line = told["resident"]
    assert (line["name"], line["birth_year"]) == (first.name, str(first.born))
    assert (line["phone"], line["building"]) == (first.phone, home.building)
    assert {one["person"] for one in told["relatives"]} == {str(one.id) for one in others}


@pytest.mark.parametrize("place", [0.1, 0.35, 0.6, 0.8, 0.95])
async def test_loading_that_was_cut_off_is_completed_by_the_next(
    service: Territory,
    settings: Settings,
    events: int,
    place: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for many in ("AT_ONCE", "BUILDINGS_AT_ONCE"):
        monkeypatch.setattr(loading, many, 4)  # so that little is under way when it is cut off
    async with projecting(service, settings):
        cut = asyncio.create_task(_load(service, SMALL))
        async with asyncio.timeout(60):
            while await service.head() < events * place:
                assert not cut.done()
        cut.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cut
        assert await service.head() < events
        assert await load(service) == events


@pytest.mark.parametrize("other", [Sample(seed=2, scale=0.01), Sample(scale=0.02)])
async def test_another_sample_is_refused_and_nothing_is_changed(
    service: Territory, settings: Settings, events: int, other: Sample
) -> None:
    async with projecting(service, settings):
        await load(service)
        with pytest.raises(Unsuited, match="holds something else already"):
            await _load(service, other)
        assert await service.head() == events


async def test_a_district_of_another_name_is_refused(
    service: Territory, settings: Settings
) -> None:
    elsewhere = settings.model_copy(update={"district": "gaoxin 高新区"})
    async with projecting(service, elsewhere):
        with pytest.raises(Unsuited, match="of the district shili, not of gaoxin"):
            await _load(service, SMALL)
