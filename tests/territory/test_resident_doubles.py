"""A person who was registered twice: one is kept, nothing is lost, nothing is merged again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.territory.resident.decider import resident
from services.territory.resident.events import (
    CareTagged,
    CareUntagged,
    DoubleAbsorbed,
    DoublesMerged,
    RelativeDeclared,
    RelativeWithdrawn,
    ResidentFact,
)
from services.territory.resident.merging import MergeDoubles, merged
from shared.core.messages import Rejected
from tests.territory.maps import day
from tests.territory.residents import (
    ABOUT,
    DOUBLE,
    LI,
    LIVED,
    SON,
    STATES,
    declared,
    left,
    registered_as,
)

MERGE = MergeDoubles(**ABOUT, double=DOUBLE, into=LI)
Past = list[ResidentFact]


def decided(double: Any, kept: Any, command: MergeDoubles = MERGE) -> list[Past]:
    """What becomes of the two."""
    return merged(command, [resident.fold(double), resident.fold(kept)])


def test_care_and_relatives_go_over_and_the_double_keeps_nothing() -> None:
    at = day(100)
    grandchild = UUID(int=10)
    double: Past = [
        registered_as(DOUBLE),
        CareTagged(at=day(1), tag="empty_nest"),
        CareTagged(at=day(1), tag="hardship"),
        RelativeDeclared(at=day(1), relative=SON, relation="child"),
        RelativeDeclared(at=day(1), relative=grandchild, relation="grandchild"),
    ]
    given, taken = decided(double, LIVED)
    assert given == [
        CareUntagged(at=at, tag="empty_nest"),
        CareUntagged(at=at, tag="hardship"),
        RelativeWithdrawn(at=at, relative=SON),
        RelativeWithdrawn(at=at, relative=grandchild),
        DoublesMerged(at=at, into=LI),
    ]
    assert taken == [
        DoubleAbsorbed(at=at, doubles=(DOUBLE,)),
        CareTagged(at=at, tag="hardship"),
        RelativeDeclared(at=at, relative=grandchild, relation="grandchild"),
    ]
    state = resident.fold([*double, *given])
    assert (state.status, state.into, state.tags, state.relatives) == ("merged", LI, (), {})


def test_two_who_were_called_relatives_are_none_of_themselves() -> None:
    own: Past = [
        registered_as(LI),
        RelativeDeclared(at=day(1), relative=DOUBLE, relation="sibling"),
    ]
    theirs: Past = [
        registered_as(DOUBLE),
        RelativeDeclared(at=day(1), relative=LI, relation="sibling"),
    ]
    _, taken = decided(theirs, own)
    assert resident.fold([*own, *taken]).relatives == {}
    assert RelativeWithdrawn(at=day(100), relative=DOUBLE) in taken


def test_the_doubles_of_a_double_are_known_to_the_last_one() -> None:
    first = DoubleAbsorbed(at=day(1), doubles=(SON,))
    _, taken = decided([registered_as(DOUBLE), first], [registered_as(LI)])
    assert taken == [DoubleAbsorbed(at=day(100), doubles=(DOUBLE, SON))]


@pytest.mark.parametrize("status", ["new", "merged", "erased"])
def test_neither_may_be_gone(status: Any) -> None:
    fine = [registered_as(DOUBLE)]
    with pytest.raises(Rejected) as refused:
        decided(STATES[status], fine)
    assert (refused.value.code, refused.value.field) == (f"resident_is_{status}", None)
    with pytest.raises(Rejected) as refused:
        decided(fine, STATES[status])
    assert (refused.value.code, refused.value.field) == (f"resident_is_{status}", "into")


def test_nobody_is_a_double_of_themself() -> None:
    with pytest.raises(Rejected) as refused:
        decided(LIVED, LIVED, MergeDoubles(**ABOUT, double=LI, into=LI))
    assert refused.value.code == "double_of_oneself"


def test_a_late_entry_says_so_in_every_event_of_both() -> None:
    command = MergeDoubles(**ABOUT, late_reason="handover", double=DOUBLE, into=LI)
    double = [registered_as(DOUBLE), declared, left]
    for events in decided(double, [registered_as(LI)], command):
        assert {event.late_reason for event in events} == {"handover"}
