"""Units, posts, facilities, profiles and dispatch of the sample, at scale 1: what the documents
tell by number is there, and everything that is named is on the map."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import get_args

import pytest

from services.territory.catalogue.events import CataloguePublished
from services.territory.facility.events import AssetRegistered, FacilityOpened, FacilityPlanned
from services.territory.map.stream import MAP
from services.territory.post.events import PostFilled
from services.territory.profile.events import (
    BlockTypeAssigned,
    ManagementModeSet,
    ManagementTakenOver,
    TrainingHeld,
)
from services.territory.profile.words import BlockType, TrainingKind
from services.territory.sample.categories import CATEGORIES
from services.territory.sample.homes import homes
from services.territory.sample.shape import Shape, shape
from services.territory.unit.events import (
    AidGiven,
    PledgeFulfilled,
    PledgeMade,
    UnitFormed,
    UnitLinked,
)
from shared.contracts.dispatch_catalogue import drawn, lineage, proposed
from shared.core.atlas.boundaries import Boundaries
from shared.core.sample import Sample
from tests.territory.sampled import Decided, decided

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LARGEST = "huolongjing"


@pytest.fixture(scope="module")
def taken() -> Decided:
    """All but the people, at scale 1."""
    return decided(Sample())


@pytest.fixture(scope="module")
def district() -> Shape:
    return shape(Sample())


def inside(taken: Decided, root: str) -> frozenset[str]:
    """All that lies in it today, itself too."""
    boundaries = Boundaries(taken.states[MAP], NOW)
    return frozenset(boundaries.below(root))


def test_every_place_that_is_named_is_on_the_map(taken: Decided) -> None:
    atlas = taken.states[MAP]
    for event in taken.events:
        for place in {getattr(event, "territory", None), getattr(event, "building", None)} - {None}:
            found = atlas.get(place)
            assert found is not None, event
            assert found.until is None or event.at < found.until, event


def test_every_unit_that_is_named_was_formed_before(taken: Decided) -> None:
    formed = {event.code: event.at for event in taken.of(UnitFormed)}
    for event in taken.events:
        unit = getattr(event, "unit", None)
        assert unit is None or formed[unit] <= event.at
    for published in taken.of(CataloguePublished):
        assert all(formed[route.unit] <= published.at for route in published.routes)


def test_every_code_is_one_that_a_form_would_take(taken: Decided) -> None:
    for event in taken.events:
        code = getattr(event, "code", "one")
        assert re.fullmatch("[a-z0-9][a-z0-9-]{0,62}", code), code


def test_the_largest_community_has_17_grid_workers_and_63_heads(taken: Decided) -> None:
    there = inside(taken, LARGEST)
    roles = Counter(event.role for event in taken.of(PostFilled) if event.territory in there)
    assert roles["grid_worker"] == 17
    assert roles["building_head"] + roles["lane_head"] == 63


def test_every_community_has_a_secretary_and_mediators(taken: Decided, district: Shape) -> None:
    held = Counter((event.role, event.territory) for event in taken.of(PostFilled))
    for one in district.communities:
        assert held["party_secretary", one.code] == 1
        assert held["mediator", one.code] == 2


def test_twelve_specialists_are_in_four_blocks_and_an_instructor_in_the_merged_estate(
    taken: Decided,
) -> None:
    filled = taken.of(PostFilled)
    specialists = [event for event in filled if event.role == "specialist"]
    assert len(specialists) == 12
    assert len({event.holder for event in specialists}) == 12
    assert len({event.place for event in specialists}) == 4
    assert "sanwan-wenhua" in {one.place for one in filled if one.role == "party_instructor"}


def test_every_head_of_a_building_lives_in_it(taken: Decided, district: Shape) -> None:
    first = {
        building: homes(building, 1)[0].resident(1, 0)
        for estate in district.estates
        for building, doors in estate.doors()
        if doors
    }
    heads = {one.place: one.holder for one in taken.of(PostFilled) if one.role == "building_head"}
    assert heads == first


def test_every_grid_has_its_one_n_and_x(taken: Decided, district: Shape) -> None:
    sides: dict[str, set[str]] = defaultdict(set)
    for event in taken.of(UnitLinked):
        sides[event.territory].add(event.linkage)
    workers = {one.place for one in taken.of(PostFilled) if one.role == "grid_worker"}
    for estate in district.estates:
        for grid in estate.grid_codes():
            assert grid in workers
            assert {"department", "partner", "team", "party"} <= sides[grid]


def test_eight_paired_units_gave_three_million_as_they_promised(taken: Decided) -> None:
    paired = {
        event.code
        for event in taken.of(UnitFormed)
        if event.kind == "partner_unit" and event.territory == LARGEST
    }
    assert len(paired) == 8
    pledged = {one.code: one.amount_fen for one in taken.of(PledgeMade) if one.code in paired}
    given: Counter[str] = Counter()
    for event in taken.of(AidGiven):
        if event.code in paired:
            given[event.code] += event.amount_fen
    assert given == pledged
    assert given.total() == 300_000_000
    assert paired < {one.code for one in taken.of(PledgeFulfilled)}


def test_the_largest_community_has_eight_teams_and_the_mine_its_two(taken: Decided) -> None:
    teams = [event for event in taken.of(UnitFormed) if event.kind == "volunteer_team"]
    of = Counter(event.territory for event in teams)
    assert (of[LARGEST], of["xincun"]) == (8, 2)
    women = next(event for event in teams if "妈妈" in event.name)
    assert women.at.isoformat() == "1990-12-31T16:00:00+00:00"


def test_the_housing_bureau_stands_by_the_mills_estate(taken: Decided) -> None:
    links = {(one.code, one.territory) for one in taken.of(UnitLinked) if one.linkage == "sponsor"}
    assert links == {("housing", "litai")}


def test_the_mills_estate_was_unmanaged_from_2003_to_2020(taken: Decided) -> None:
    modes = [
        (event.at.isoformat()[:10], event.mode)
        for event in taken.events
        if isinstance(event, ManagementModeSet | ManagementTakenOver) and event.territory == "litai"
    ]
    assert modes == [("2002-12-31", "unmanaged"), ("2019-12-31", "community")]


def test_of_every_estate_it_is_known_how_it_is_managed(taken: Decided, district: Shape) -> None:
    told = (ManagementModeSet, ManagementTakenOver)
    managed = {event.territory for kind in told for event in taken.of(kind)}
    assert {estate.code for estate in district.estates} | {"sanwan-wenhua"} == managed


def test_four_blocks_have_the_four_types_and_three_trainings_were_held(taken: Decided) -> None:
    types = {event.block_type for event in taken.of(BlockTypeAssigned)}
    assert types == set(get_args(BlockType))
    assert {event.kind for event in taken.of(TrainingHeld)} == set(get_args(TrainingKind))


def test_37_parks_and_38_murals_on_1500_square_metres(taken: Decided) -> None:
    opened = taken.of(FacilityOpened)
    assert sum(event.kind == "park" for event in opened) == 37
    [murals] = taken.of(AssetRegistered)
    assert (murals.kind, murals.count, murals.area_dm2) == ("mural", 38, 150_000)
    assert len(taken.of(FacilityPlanned)) == 1
    assert len({event.code for event in opened}) == len(opened)


def test_every_category_has_a_unit_everywhere(taken: Decided, district: Shape) -> None:
    first, second = taken.of(CataloguePublished)
    catalogue = drawn(second)
    assert len(second.categories) > 60
    assert all(len([*lineage(path)]) == 3 for path in second.categories)
    for path in second.categories:
        assert proposed(catalogue, path, ["tielu-sushe", LARGEST, "lingjiaoshan", "shili"])
    lamp = "小区与住房/房屋修缮/楼道灯不亮"
    units = [proposed(drawn(one), lamp, ["shili"]) for one in (first, second)]
    assert [unit.unit for unit in units if unit] == ["housing", "community-repair"]
    assert len(CATEGORIES) == len({path.split("/")[0] for path in second.categories})
