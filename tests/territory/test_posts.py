"""Posts: who may hold what when; whatever is entered in whichever order, nothing overlaps."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.territory.post.commands import (
    EndLeave,
    FillPost,
    PostCommand,
    TakeLeave,
    VacatePost,
)
from services.territory.post.decider import post
from services.territory.post.events import LeaveEnded, LeaveTaken, PostFilled, PostVacated
from services.territory.post.seats import SEATS, Seating
from services.territory.post.state import Post
from shared.core.messages import Rejected
from shared.testkit.spec import Spec
from tests.territory.maps import CLERK, day

given = Spec(post)
ZHONG, LI, XIANG = UUID(int=1), UUID(int=2), UUID(int=3)
SEAT: dict[str, Any] = {"role": "grid_worker", "place": "grid-3", "territory": "grid-3"}
MEDIATORS: dict[str, Any] = {"role": "mediator", "place": "sanwan", "territory": "sanwan"}


def fill(at: int, holder: UUID = ZHONG, until: int | None = None, **seat: Any) -> FillPost:
    named = {**SEAT, "kind": "grid", **seat}
    end = None if until is None else day(until)
    return FillPost(at=day(at), actor=CLERK, holder=holder, until=end, **named)


def filled(at: int, holder: UUID = ZHONG, until: int | None = None, **seat: Any) -> PostFilled:
    end = None if until is None else day(until)
    return PostFilled(at=day(at), holder=holder, until=end, **{**SEAT, **seat})


def vacate(at: int, holder: UUID = ZHONG, **seat: Any) -> VacatePost:
    return VacatePost(at=day(at), actor=CLERK, holder=holder, **{**SEAT, **seat})


def vacated(at: int, number: int, holder: UUID = ZHONG) -> PostVacated:
    return PostVacated(at=day(at), holder=holder, filled=number, **SEAT)


def leave(since: int, until: int, delegate: UUID | None = LI, holder: UUID = ZHONG,
          **seat: Any) -> TakeLeave:  # fmt: skip
    span = {"since": day(since), "until": day(until)}
    named: dict[str, Any] = {**SEAT, **seat, **span}
    return TakeLeave(at=day(1), actor=CLERK, holder=holder, delegate=delegate, **named)


def away(since: int, until: int, number: int = 1, holder: UUID = ZHONG,
         delegate: UUID | None = LI, **seat: Any) -> LeaveTaken:  # fmt: skip
    return LeaveTaken(
        at=day(1), holder=holder, filled=number, since=day(since), until=day(until),
        delegate=delegate, **{**SEAT, **seat},
    )  # fmt: skip


def back(at: int, holder: UUID = ZHONG) -> EndLeave:
    return EndLeave(at=day(at), actor=CLERK, holder=holder, **SEAT)


def test_a_post_is_filled_and_vacated() -> None:
    given().when(fill(5)).then(filled(5))
    given(filled(5)).when(vacate(9)).then(vacated(9, 1))
    given(filled(5), vacated(9, 1)).when(fill(9, LI)).then(filled(9, LI))


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        (1, 5, True), (1, 10, True), (1, 11, False), (10, 12, False), (12, 15, False),
        (19, 25, False), (20, 25, True), (20, None, False), (20, 30, True), (20, 31, False),
        (31, None, False), (9, None, False),
    ],
)  # fmt: skip
def test_a_post_of_one_has_one_holder_at_a_time(since: int, until: int | None, fits: bool) -> None:
    # held from the 10th to the 20th, and again from the 30th on
    past = given(filled(10, until=20), filled(30, LI))
    asked = past.when(fill(since, XIANG, until))
    if fits:
        asked.then(filled(since, XIANG, until))
    else:
        assert asked.rejected("overlaps_in_time").field == "occurred_at"


def test_a_late_entry_closes_a_gap_of_the_past() -> None:
    past = given(filled(10), vacated(20, 1), filled(30, LI))
    past.when(fill(20, XIANG, until=30)).then(filled(20, XIANG, until=30))
    past.when(fill(20, XIANG)).rejected("overlaps_in_time")


def test_a_post_of_several_has_each_person_once_at_a_time() -> None:
    kind: dict[str, Any] = {"kind": "community"}
    past = given(filled(10, **MEDIATORS))
    past.when(fill(12, LI, **MEDIATORS, **kind)).then(filled(12, LI, **MEDIATORS))
    past.when(fill(12, ZHONG, **MEDIATORS, **kind)).rejected("overlaps_in_time")


@pytest.mark.parametrize("role", [*SEATS])
def test_a_post_is_of_the_kinds_of_place_that_have_it(role: Seating) -> None:
    kinds = {kind for seat in SEATS.values() for kind in seat.kinds} | {"volunteer_team", "nothing"}
    for kind in sorted(kinds):
        asked = given().when(fill(1, role=role, kind=kind))
        if kind in SEATS[role].kinds:
            asked.then(filled(1, role=role))
        else:
            assert asked.rejected("wrong_kind_of_place").field == "place"


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (fill(5, until=5), "ends_before_it_begins", "until"),
        (vacate(10), "ends_before_it_begins", "occurred_at"),
        (vacate(9), "does_not_hold", "holder"),
        (vacate(25), "does_not_hold", "holder"),
        (vacate(15, LI), "does_not_hold", "holder"),
        (leave(12, 12), "ends_before_it_begins", "until"),
        (leave(9, 12), "does_not_hold", "holder"),
        (leave(12, 21), "outlasts_the_post", "until"),
        (leave(12, 14, None), "delegate_missing", "delegate"),
        (leave(12, 14, ZHONG), "delegates_to_self", "delegate"),
        (back(12), "not_on_leave", "holder"),
    ],
)
def test_what_does_not_fit_is_refused(command: PostCommand, code: str, field: str) -> None:
    past = given(filled(10, until=20))
    assert past.when(command).rejected(code).field == field


def test_a_leave_names_who_stands_in() -> None:
    given(filled(10)).when(leave(12, 14)).then(away(12, 14))
    past = given(filled(10), away(12, 14))
    past.when(leave(13, 16)).rejected("overlaps_in_time")
    past.when(leave(14, 16)).then(away(14, 16))


def test_where_several_hold_a_post_nobody_has_to_stand_in() -> None:
    given(filled(10, **MEDIATORS)).when(leave(12, 14, None, **MEDIATORS)).then(
        away(12, 14, delegate=None, **MEDIATORS)
    )


def test_who_is_away_cannot_stand_in_and_who_stands_in_cannot_be_away() -> None:
    both = [filled(1, ZHONG, **MEDIATORS), filled(1, LI, **MEDIATORS)]
    past = given(*both, away(12, 14, delegate=LI, **MEDIATORS))
    past.when(leave(13, 15, XIANG, LI, **MEDIATORS)).rejected("stands_in")
    past.when(leave(14, 15, ZHONG, LI, **MEDIATORS)).then(away(14, 15, 2, LI, ZHONG, **MEDIATORS))
    third = filled(1, XIANG, **MEDIATORS)
    past = given(*both, third, away(12, 14, delegate=XIANG, **MEDIATORS))
    refused = past.when(leave(13, 15, ZHONG, LI, **MEDIATORS)).rejected("delegate_on_leave")
    assert refused.field == "delegate"


def test_a_leave_ends_early_or_is_called_off() -> None:
    past = given(filled(10), away(12, 16))
    early = LeaveEnded(at=day(13), holder=ZHONG, taken=2, until=day(13), **SEAT)
    past.when(back(13)).then(early)
    given(filled(10), away(12, 16), early).when(back(14)).rejected("not_on_leave")
    called_off = LeaveEnded(at=day(11), holder=ZHONG, taken=2, until=day(12), **SEAT)
    past.when(back(11)).then(called_off)
    given(filled(10), away(12, 16), called_off).when(leave(13, 15)).then(away(13, 15))


def test_a_leave_ends_with_the_post() -> None:
    past = given(filled(10), away(12, 16), vacated(14, 1), filled(14))
    past.when(leave(15, 17)).then(away(15, 17, 4))


def test_500_random_lives_have_no_moment_with_two_holders() -> None:
    refused = holdings = 0
    for seed in range(500):
        random, state = Random(seed), Post()
        for _ in range(25):
            try:
                for event in post.decide(_any(random), state):
                    state = post.evolve(state, event)
            except Rejected:
                refused += 1
        holdings += len(state.holdings)
        spans = [(one.since, one.until or day(10_000)) for one in state.holdings]
        assert not any(_meet(a, b) for a, b in combinations(spans, 2)), seed
        leaves = [(one.since, one.until) for one in state.leaves if one.since < one.until]
        assert not any(_meet(a, b) for a, b in combinations(leaves, 2)), seed
    assert min(refused, holdings) > 500


def _any(random: Random) -> PostCommand:
    at, holder = random.randrange(60), random.choice([ZHONG, LI, XIANG])
    end = random.choice([None, at + random.randrange(1, 30)])
    commands: list[PostCommand] = [
        fill(at, holder, end),
        vacate(at, holder),
        leave(at, at + random.randrange(1, 9), random.choice([ZHONG, LI, XIANG]), holder),
        back(at, holder),
    ]
    return random.choice(commands)


def _meet(a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
