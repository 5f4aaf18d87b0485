"""A thousand random lives of a map: whatever was merged and split, nothing is lost or doubled."""

from __future__ import annotations

from random import Random

import pytest

from shared.core.atlas.atlas import Atlas
from shared.core.atlas.boundaries import Boundaries
from shared.core.atlas.kinds import GROUPS
from tests.territory.maps import DAY, START, Life, records_of, tree

LIVES = 1_000
STEPS = 45
HUNDREDS = range(0, LIVES, 100)


@pytest.mark.parametrize("first", HUNDREDS)
def test_every_record_belongs_to_one_territory_under_the_boundaries_of_any_day(first: int) -> None:
    merged = divided = refused = 0
    for seed in range(first, first + 100):
        life = Life(seed)
        atlas = life.live(STEPS)
        _check_lineage(atlas)
        days = Random(seed).choices(range(-2, (life.now - START).days + 2), k=4)
        for number in [*days, (life.now - START).days + 1]:
            _check(atlas, Boundaries(atlas, START + number * DAY), f"seed {seed}, day {number}")
        ended = [one for one in atlas.territories.values() if one.until]
        merged += sum(len(one.into) == 1 for one in ended)
        divided += sum(len(one.into) > 1 for one in ended)
        refused += life.refused
    assert merged > 100
    assert divided > 100
    assert refused > 100


def _check(atlas: Atlas, boundaries: Boundaries, where: str) -> None:
    for code, one in atlas.territories.items():
        shown = boundaries.shown(code)
        assert boundaries.above(code)[-1] == atlas.district, where
        if one.exists(boundaries.moment):
            assert shown == (code, True), where
        else:
            home = atlas.territories[shown.code]
            assert home.exists(boundaries.moment) or shown.code == atlas.district, where
    assert tree(atlas, boundaries, atlas.district) == len(atlas.territories), where
    for code in atlas.territories:
        found = boundaries.below(code)
        assert set(found) == records_of(atlas, boundaries, code), (where, code)
        assert len(set(found)) == len(found), (where, code)


def _check_lineage(atlas: Atlas) -> None:
    for code, one in atlas.territories.items():
        assert all(code in atlas.territories[made].out_of for made in one.into)
        assert all(code in atlas.territories[came].into for came in one.out_of)
        assert one.until is None or one.since <= one.until
        for stay in one.stays:
            root = atlas.territories[stay.root]
            assert root.since <= stay.since
            assert root.kind not in GROUPS
            last = stay.until or one.until
            assert root.until is None or (last is not None and last <= root.until), (code, stay)
