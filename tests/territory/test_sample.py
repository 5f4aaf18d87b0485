"""The sample district: the shape of the founding documents, the same everywhere."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from services.territory.sample.estates import MERGED
from services.territory.sample.shape import shape
from shared.core.sample import Sample, checked
from tests.territory.sampled import decided, digest

SMALL = Sample(scale=0.01)


def test_it_has_the_shape_of_the_founding_documents() -> None:
    district = shape(Sample())
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
    estates = {estate.code: estate for estate in shape(Sample(seed=7)).estates}
    assert estates["tielu-sushe"].households == 580
    assert estates["xincun-kuangqu"].households == 416
    assert {"litai", *MERGED} <= estates.keys()


@pytest.mark.parametrize(("scale", "households", "communities"), [
    (0.01, 240, 33), (0.1, 2_400, 33), (1, 24_000, 33), (10, 240_000, 330),
])  # fmt: skip
def test_it_grows_and_shrinks(scale: float, households: int, communities: int) -> None:
    district = shape(Sample(scale=scale))
    assert sum(estate.households for estate in district.estates) == households
    assert len(district.communities) == communities
    codes = [one.code for one in district.map()]
    assert len(set(codes)) == len(codes)
    for estate in district.estates:
        assert sum(doors for _, doors in estate.doors()) == estate.households


@pytest.mark.parametrize("scale", [0.001, 11, -1, float("nan"), float("inf")])
def test_a_scale_that_is_none_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match=r"no scale; write a number from 0\.01 to 10"):
        checked(scale=scale)


@pytest.mark.parametrize("seed", [-1, 1_000_000_000])
def test_a_seed_that_is_none_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="no seed; write a whole number from 0 to 999999999"):
        checked(seed=seed)


def test_a_seed_makes_the_same_district_everywhere() -> None:
    assert shape(Sample(seed=3)) == shape(Sample(seed=3))
    assert shape(Sample(seed=3)) != shape(Sample(seed=4))
    told = repr([(one.code, one.name, one.households) for one in shape(Sample()).estates])
    assert sha256(told.encode()).hexdigest()[:16] == "6f695fb72860bed3"


def test_a_seed_makes_the_same_commands_everywhere() -> None:
    assert digest(SMALL) == digest(SMALL)
    assert digest(SMALL)[:16] == COMMANDS
    assert digest(Sample(seed=2, scale=0.01)) != digest(SMALL)


COMMANDS = "6432b853ce64dd15"


@pytest.mark.parametrize(("seed", "scale"), [(1, 0.01), (7, 0.03), (123, 0.1)])
def test_its_rules_take_all_of_it(seed: int, scale: float) -> None:
    taken = decided(Sample(seed, scale), with_people=True)
    assert len(set(taken.names)) == len(taken.names)
    assert len(taken.events) > 3_000


def test_its_rules_take_a_larger_district_too() -> None:
    assert len(decided(Sample(seed=9, scale=2)).events) > 48_000
