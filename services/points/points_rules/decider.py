"""The life of the rules: published, and withdrawn before they start."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from services.points.points_rules.commands import (
    PointsRulesCommand,
    PublishPointsRules,
    WithdrawPointsRules,
)
from services.points.points_rules.events import (
    PointsRulesEvent,
    PointsRulesPublished,
    PointsRulesWithdrawn,
)
from services.points.points_rules.state import Published
from services.points.points_rules.upcasters import UPCASTERS
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.state import replace

# A figure that points are given or kept by says where it comes from, or that it is one's own.
SOURCED = ("reasons", "limits", "expiry", "fen", "pickup_hours", "refund_days")


def decide(command: PointsRulesCommand, published: Published) -> list[PointsRulesEvent]:
    """The events a command leads to. Raises Rejected."""
    match command:
        case PublishPointsRules(district=district, rules=rules, at=at):
            _publishable(published, rules, at)
            return [PointsRulesPublished(at=at, district=district, rules=rules)]
        case WithdrawPointsRules(version=version, at=at):
            _withdrawable(published, version, at)
            return [PointsRulesWithdrawn(at=at, version=version)]
        case _:
            assert_never(command)


def evolve(published: Published, event: PointsRulesEvent) -> Published:
    """What was published after the event."""
    match event:
        case PointsRulesPublished(district=district, rules=rules):
            versions, touched = (*published.versions, rules), rules.scope or district
            return replace(published, versions=versions, district=district, touched=touched)
        case PointsRulesWithdrawn(version=version):
            withdrawn = published.withdrawn | {version}
            touched = _scope(published, version) or published.district
            return replace(published, withdrawn=withdrawn, touched=touched)
        case _:
            assert_never(event)


def concerns(command: PointsRulesCommand, published: Published) -> Thing:
    """Where the rules are in force, or would be: their scope, or else the whole district."""
    if isinstance(command, PublishPointsRules):
        return Thing((command.rules.scope or command.district,))
    return Thing((_scope(published, command.version) or command.district,))


def _publishable(published: Published, rules: PointsRules, at: datetime) -> None:
    if rules.version == BOOK.version or published.of(rules.version) is not None:
        detail = f"there were rules {rules.version} already: what they decided names them"
        raise Rejected("version_taken", detail, "rules/version")
    if rules.starts < (today := _day(at)):
        detail = f"they can start today, {today}, at the earliest: rules change nothing past"
        raise Rejected("starts_in_the_past", detail, "rules/starts")
    for name in SOURCED:
        if name not in rules.sources:
            detail = f"say where {name} comes from, or that it is your own"
            raise Rejected("source_missing", detail, f"rules/sources/{name}")


def _withdrawable(published: Published, version: str, at: datetime) -> None:
    rules = published.of(version)
    if rules is None:
        raise Rejected("no_such_rules", f"no rules {version} were published", "version")
    if version in published.withdrawn:
        raise Rejected("is_withdrawn", f"rules {version} were withdrawn already")
    if rules.starts <= _day(at):
        detail = f"they are in force since {rules.starts}: publish others instead"
        raise Rejected("rules_have_started", detail)


def _scope(published: Published, version: str) -> str:
    rules = published.of(version)
    return rules.scope if rules else ""


def _day(at: datetime) -> date:
    return date.fromisoformat(day_of(at))


points_rules: Decider[PointsRulesCommand, Published, PointsRulesEvent] = Decider(
    category="points_rules",
    initial=Published(),
    decide=decide,
    evolve=evolve,
    territory=lambda published: published.touched,
    events=Catalogue.of(PointsRulesEvent, UPCASTERS),
    concerns=concerns,
)
