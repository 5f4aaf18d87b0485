"""A trial of rules gives what the account itself would have been given by them, and adds it up."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.points.account.commands import EarnPoints
from services.points.account.decider import account
from services.points.account.events import PointsCapped, PointsEarned
from services.points.rules.book import PointsRules, Reason
from services.points.rules.book_2026_1 import BOOK
from services.points.rules.comparing import SHOWN, Change, Compared, Side
from services.points.rules.replaying import Done, Replay
from shared.contracts.erasure import policy_actor

ANN = UUID(int=1)
AT = datetime(2026, 5, 1, tzinfo=UTC)
GIVEN = tuple(one.code for one in BOOK.reasons if not one.taken)


def lived(random: Random, rules: PointsRules) -> list[Done]:
    """Deeds of two months as an account was given points for them, those past a limit too."""
    state, done = account.initial, list[Done]()
    for _ in range(random.randrange(1, 40)):
        code, quantity = random.choice(GIVEN), random.randrange(1, 200)
        day = f"2025-{random.choice((3, 4)):02}-{random.randrange(1, 6):02}"
        command = EarnPoints(
            at=AT, actor=policy_actor("d"), holder=ANN, home="d", territory="d", rules=rules,
            reason=code, quantity=quantity, day=day, asked_on="2026-05-01", source=f"{len(done)}",
        )  # fmt: skip
        if code == "serving" and quantity < 30:
            continue  # brings no point, and is not on record
        for event in account.decide(command, state):
            state = account.evolve(state, event)
            if isinstance(event, PointsEarned | PointsCapped):
                points = event.points if isinstance(event, PointsEarned) else 0
                done.append(Done(code, quantity, day, points))
    return done


@pytest.mark.parametrize("seed", range(60))
def test_the_rules_in_force_replayed_give_what_they_gave(seed: int) -> None:
    monthly = BOOK.model_copy(update={"monthly": 120})
    done = lived(Random(seed), monthly)
    assert Replay(monthly)(done) == [one.points for one in done]
    assert sum(one.points for one in done if one.day[:7] == "2025-03") <= 120


def test_a_deed_past_a_limit_is_given_points_by_rules_without_it() -> None:
    deeds = [Done("mediation", 4, "2025-03-01", 50), Done("mediation", 1, "2025-03-02", 10)]
    reason = Reason(code="mediation", label="调解", label_en="Mediating", points=15)
    free = BOOK.model_copy(update={"reasons": (reason,), "daily": None})
    assert Replay(BOOK)(deeds) == [50, 10]
    assert Replay(free)(deeds) == [60, 15]


def test_limits_of_a_month_begin_anew_with_the_next_and_with_the_next_account() -> None:
    replay = Replay(BOOK)
    days = [f"2025-{month:02}-{day:02}" for month in (3, 4) for day in range(1, 8)]
    for _ in range(2):
        given = replay([Done("clue", 2, day, 0) for day in days])
        assert given == [10, 10, 10, 10, 10, 0, 0] * 2


def test_what_the_rules_do_not_know_or_take_points_for_brings_nothing() -> None:
    replay, day = Replay(BOOK), "2025-03-01"
    assert replay([Done("singing", 9, day, 7), Done("uncivil", 1, day, 0)]) == [0, 0]
    assert not replay.gives("singing")
    assert not replay.gives("uncivil")


def test_the_sums_add_up_by_reason_by_place_and_by_who_wins_and_loses() -> None:
    random, compared = Random(4), Compared(Replay(BOOK))
    was, becomes = dict[UUID, int](), dict[UUID, int]()
    for number in range(200):
        deeds = [
            Done(random.choice((*GIVEN, "gone")), random.randrange(1, 90), "2025-03-01",
                 random.randrange(40))
            for _ in range(random.randrange(1, 5))
        ]  # fmt: skip
        one = UUID(int=number)
        was[one], becomes[one] = sum(done.points for done in deeds), sum(Replay(BOOK)(deeds))
        compared.account(one, f"c{number % 7}", deeds)
    assert compared.total.was == sum(was.values())
    assert compared.total.becomes == sum(becomes.values())
    for lines in (compared.by_reason, compared.by_place):
        assert sum(line.was for line in lines.values()) == compared.total.was
        assert sum(line.becomes for line in lines.values()) == compared.total.becomes
    assert sum(line.number for line in compared.by_place.values()) == compared.accounts == 200
    assert compared.more.accounts + compared.less.accounts + compared.same == 200
    gained = sorted((was[one] - becomes[one], one) for one in was if becomes[one] > was[one])
    assert compared.more.points == -sum(points for points, _ in gained)
    shown = [(change.was - change.becomes, change.account) for change in compared.more.items]
    assert shown == gained[:SHOWN]


def test_whoever_else_changes_only_the_ten_greatest_are_kept() -> None:
    side = Side()
    for number in range(1_000):
        points: dict[str, Any] = {"was": 0, "becomes": number % 100}
        side.add(Change(UUID(int=number), "d", **points))
    assert len(side.greatest) == len(side.items) == SHOWN
    assert [change.account.int for change in side.items] == [99 + 100 * n for n in range(10)]
