"""Rules for points: published once and whole, withdrawn only before they start, the narrowest in
force."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from services.points.points_rules.commands import PublishPointsRules, WithdrawPointsRules
from services.points.points_rules.decider import SOURCED, concerns, points_rules
from services.points.points_rules.events import PointsRulesPublished, PointsRulesWithdrawn
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from services.points.rules.shelf import Shelf
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.testkit.spec import Spec

given = Spec(points_rules)
KEEPER = Actor(id="keeper", roles=frozenset({"administrator"}), territory="d")
# It is the 2nd of May in Beijing by then.
MOMENT = datetime(2026, 5, 1, 16, 30, tzinfo=UTC)
MAY_2, JUNE = date(2026, 5, 2), date(2026, 6, 1)


def rules(version: str = "2026.2", **changes: Any) -> PointsRules:
    told = BOOK.model_dump() | {"version": version, "starts": MAY_2} | changes
    return PointsRules.model_validate(told)


NARROW = rules("s1-2026", starts=JUNE, scope="d/s1")


def publish(told: PointsRules) -> PublishPointsRules:
    return PublishPointsRules(at=MOMENT, actor=KEEPER, district="d", rules=told)


def published(told: PointsRules) -> PointsRulesPublished:
    return PointsRulesPublished(at=MOMENT, district="d", rules=told)


def withdraw(version: str, at: datetime = MOMENT) -> WithdrawPointsRules:
    return WithdrawPointsRules(at=at, actor=KEEPER, district="d", version=version)


def test_rules_are_published_as_they_are_from_today_on_at_the_earliest() -> None:
    given().when(publish(rules())).then(published(rules()))
    early = rules(starts=date(2026, 5, 1))
    assert given().when(publish(early)).rejected("starts_in_the_past").field == "rules/starts"


def test_a_version_is_never_used_again() -> None:
    gone = PointsRulesWithdrawn(at=MOMENT, version="2026.2")
    given(published(rules())).when(publish(rules())).rejected("version_taken")
    given(published(rules()), gone).when(publish(rules())).rejected("version_taken")
    given().when(publish(rules(BOOK.version))).rejected("version_taken")


def test_every_figure_says_where_it_comes_from() -> None:
    assert set(SOURCED) <= set(BOOK.sources)
    sources = {name: told for name, told in BOOK.sources.items() if name != "fen"}
    refusal = given().when(publish(rules(sources=sources))).rejected("source_missing")
    assert refusal.field == "rules/sources/fen"


def test_rules_are_withdrawn_until_the_day_before_they_start() -> None:
    began = published(NARROW)
    eve = datetime(2026, 5, 31, 15, 59, 59, tzinfo=UTC)
    gone = PointsRulesWithdrawn(at=eve, version="s1-2026")
    given(began).when(withdraw("s1-2026", eve)).then(gone)
    start = datetime(2026, 5, 31, 16, tzinfo=UTC)
    given(began).when(withdraw("s1-2026", start)).rejected("rules_have_started")
    given(began, gone).when(withdraw("s1-2026", eve)).rejected("is_withdrawn")
    given(began).when(withdraw("2026.9")).rejected("no_such_rules")


def test_they_concern_where_they_are_in_force() -> None:
    state = points_rules.fold([published(rules()), published(NARROW)])
    assert concerns(publish(NARROW), state) == Thing(("d/s1",))
    assert concerns(withdraw("2026.2"), state) == Thing(("d",))
    assert points_rules.territory(state) == "d/s1"


def test_the_narrowest_rules_that_have_started_are_in_force() -> None:
    shelf = Shelf((BOOK, rules(), NARROW))
    above, july = ("d/s1/c1", "d/s1", "d"), datetime(2026, 7, 1, tzinfo=UTC)
    assert shelf.in_force(above, july).version == "s1-2026"
    assert shelf.in_force(above, MOMENT).version == "2026.2"
    assert shelf.in_force(("d/s2", "d"), july).version == "2026.2"
    assert shelf.in_force(above, datetime(2026, 4, 1, tzinfo=UTC)) == BOOK
    assert shelf.of("s1-2026") == NARROW
    assert shelf.of("none") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"expiry": {"mode": "days"}},
        {"expiry": {"mode": "never", "carry": 5}},
        {"reactions": {"hours_approved": "activity"}},
        {"reactions": {"clue_verified": "uncivil"}},
        {"reactions": {"clue_verified": "nothing_known"}},
        {"reasons": [*BOOK.model_dump()["reasons"], BOOK.model_dump()["reasons"][0]]},
    ],
)
def test_rules_that_contradict_themselves_are_none(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rules(**changes)
