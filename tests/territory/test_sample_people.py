"""The people of the sample: as many as the documents have, in families that could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from services.territory.resident.events import (
    CareTagged,
    ContactConsentGiven,
    RelativeDeclared,
    ResidentRegistered,
)
from services.territory.roster.events import HouseholdReturned, HouseholdVacated
from services.territory.sample.families import YEAR, Family, family
from services.territory.sample.shape import shape
from services.territory.sample.whole import buildings
from shared.core.sample import Sample
from tests.territory.sampled import decided


@pytest.fixture(scope="module")
def families() -> Sequence[Family]:
    """All families of the district at scale 1."""
    return [family(home, 1) for homes in buildings(shape(Sample())) for home in homes]


def test_28_people_live_in_ten_households(families: Sequence[Family]) -> None:
    people = sum(len(one.people) for one in families)
    assert len(families) == 24_000
    assert 2.76 < people / len(families) < 2.84
    largest = {one.code for one in shape(Sample()).estates if one.community == "huolongjing"}
    there = [one for one in families if one.home.building.rpartition("-")[0] in largest]
    assert 16_600 < sum(len(one.people) for one in there) < 17_400


def test_everybody_has_an_id_of_their_own(families: Sequence[Family]) -> None:
    ids = [person.id for one in families for person in one.people]
    assert len(set(ids)) == len(ids)


def test_the_first_of_a_family_is_grown_up_and_children_are_younger(
    families: Sequence[Family],
) -> None:
    for one in families:
        first, *others = one.people
        assert first.kin is None
        assert YEAR - first.born >= 18
        for other in others:
            gap = other.born - first.born
            assert {
                "spouse": abs(gap) <= 3,
                "child": gap >= 20,
                "grandchild": gap >= 40,
                "parent": gap <= -20,
            }[str(other.kin)]


def test_only_those_who_can_be_called_agreed_to_it_and_no_child_can(
    families: Sequence[Family],
) -> None:
    people = [person for one in families for person in one.people]
    assert not [one for one in people if one.purposes and not one.phone]
    assert not [one for one in people if one.phone and one.born > YEAR - 18]
    reached = sum(one.phone is not None for one in people)
    agreed = sum(bool(one.purposes) for one in people)
    assert 0.4 < reached / len(people) < 0.5
    assert 0.15 < agreed / len(people) < 0.3
    assert all(one.phone.startswith("000-") for one in people if one.phone)


def test_care_is_for_whom_it_is_meant(families: Sequence[Family]) -> None:
    counts: Counter[str] = Counter()
    for one in families:
        ages = [YEAR - person.born for person in one.people]
        for person, age in zip(one.people, ages, strict=True):
            counts.update(person.tags)
            if "empty_nest" in person.tags:
                assert min(ages) >= 60
            if "living_alone" in person.tags:
                assert len(ages) == 1
            if "left_behind_child" in person.tags:
                assert person.kin == "grandchild"
                assert age < 30
    assert set(counts) == {
        "empty_nest", "living_alone", "left_behind_child", "hardship", "disabled", "veteran",
    }  # fmt: skip
    assert 0.03 < counts["empty_nest"] / 67_200 < 0.06
    assert 0.004 < counts["left_behind_child"] / 67_200 < 0.012
    assert 0.01 < counts["hardship"] / 24_000 < 0.03


def test_the_first_of_a_family_names_all_others() -> None:
    taken = decided(Sample(scale=0.02), with_people=True)
    people = taken.of(ResidentRegistered)
    homes_of = {one.person: one.household for one in people}
    assert None not in homes_of.values()
    named = taken.of(RelativeDeclared)
    assert len({one.relative for one in named}) >= len(people) - len(set(homes_of.values()))
    assert {one.relation for one in named} == {
        "spouse", "child", "parent", "grandchild", "guardian",
    }  # fmt: skip
    assert taken.of(CareTagged)
    assert taken.of(ContactConsentGiven)


def test_some_of_the_railway_estate_left_and_came_back_with_their_people() -> None:
    taken = decided(Sample())
    back = [event.household for event in taken.of(HouseholdReturned)]
    assert len(back) == len(taken.of(HouseholdVacated)) > 20
    homes = {home.household: home for homes in buildings(shape(Sample())) for home in homes}
    for household in back:
        people = family(homes[household], 1).people
        assert min(person.since for person in people).isoformat() >= "2021-02-28"


def test_nobody_is_on_the_register_before_they_were_born(families: Sequence[Family]) -> None:
    for one in families:
        for person in one.people:
            assert person.since.year >= person.born - 1
            assert person.since.year >= 2018
