"""The sample district: the shape of the founding documents, the same everywhere."""

from __future__ import annotations

import asyncio
from collections import Counter
from hashlib import sha256

import pytest

from services.territory import founding
from services.territory.sample import loading
from services.territory.sample.estates import MERGED, MERGER
from services.territory.sample.shape import shape
from services.territory.service import Territory
from services.territory.settings import Settings
from tests.territory.office import Headers, Office

SCALE = 0.02
KEEPER = {"sub": "keeper", "roles": ("administrator",), "territory": "shili"}


def test_it_has_the_shape_of_the_founding_documents() -> None:
    district = shape()
    kinds = Counter(one.kind for one in district.map())
    assert (kinds["subdistrict"], kinds["community"], kinds["block"]) == (5, 33, 6)
    assert kinds["neighbourhood"] == len(district.estates) == 141
    assert sum(estate.households for estate in district.estates) == 24_000
    assert {code for code, _ in district.members} == {one.code for one in district.communities}
    largest = [estate for estate in district.estates if estate.community == "huolongjing"]
    assert sum(estate.grids for estate in largest) == 17
    assert sum(estate.buildings + estate.lanes for estate in largest) == 63
    assert 16_900 < sum(estate.households for estate in largest) * 2.8 < 17_100


def test_named_estates_have_their_own_figures() -> None:
    estates = {estate.code: estate for estate in shape(seed=7).estates}
    assert estates["tielu-sushe"].households == 580
    assert estates["xincun-kuangqu"].households == 416
    assert {"litai", *MERGED} <= estates.keys()


@pytest.mark.parametrize(("scale", "households", "communities"), [
    (0.01, 240, 33), (0.1, 2_400, 33), (1, 24_000, 33), (10, 240_000, 330),
])  # fmt: skip
def test_it_grows_and_shrinks(scale: float, households: int, communities: int) -> None:
    district = shape(scale=scale)
    assert sum(estate.households for estate in district.estates) == households
    assert len(district.communities) == communities
    codes = [one.code for one in district.map()]
    assert len(set(codes)) == len(codes)
    for estate in district.estates:
        assert sum(doors for _, doors in estate.doors()) == estate.households


@pytest.mark.parametrize("scale", [0.001, 11, -1])
def test_a_scale_that_is_none_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        shape(scale=scale)


def test_a_seed_makes_the_same_district_everywhere() -> None:
    assert shape(seed=3) == shape(seed=3)
    assert shape(seed=3) != shape(seed=4)
    told = repr([(one.code, one.name, one.households) for one in shape(seed=1).estates])
    assert sha256(told.encode()).hexdigest()[:16] == FINGERPRINT


FINGERPRINT = "6f695fb72860bed3"


async def test_loading_it_twice_adds_nothing_and_the_merger_adds_up(
    service: Territory, settings: Settings, office: Office, headers: Headers
) -> None:
    stop = asyncio.Event()
    working = asyncio.create_task(service.projector.run(stop))
    try:
        await founding.found(service, *settings.named_district())
        await loading.load(service, scale=SCALE)
        head = await service.head()
        await loading.load(service, scale=SCALE)
        assert await service.head() == head
        await service.watermarks.follow(["households", "management_history"], head)
        await service.map.read()
    finally:
        stop.set()
        await working
    now = await office.read("/households", under="sanwan", actor=KEEPER)
    then = await office.read("/households", under="sanwan", day="2024-06-30", actor=KEEPER)
    assert now["total"] == then["total"] > 0
    one = await office.read("/households", under=MERGER.code, actor=KEEPER)
    assert one["total"] == sum(
        [
            (await office.read("/households", under=code, day="2024-06-30", actor=KEEPER))["total"]
            for code in MERGED
        ]
    )
    whole = await office.read("/households", actor=KEEPER)
    assert whole["total"] == 24_000 * SCALE
    mill = {"at": "2010-01-01T00:00:00Z", "actor": KEEPER}
    then = await office.read("/territories/litai/profile", **mill)
    assert then["management"]["mode"] == "unmanaged"
    assert then["management"]["since"].startswith("2002-12-31T16:00:00")
    now = await office.read("/territories/litai/profile", actor=KEEPER)
    assert now["management"]["mode"] == "community"
