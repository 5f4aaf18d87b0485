"""The life of the rules: published, and withdrawn before they start."""

from __future__ import annotations

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
from services.points.rules.book_2026_1 import BOOK
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.versions import publishable, sourced, withdrawable

# A figure that points are given or kept by says where it comes from, or that it is one's own.
SOURCED = ("reasons", "limits", "expiry", "fen", "pickup_hours", "refund_days")


def decide(command: PointsRulesCommand, published: Published) -> list[PointsRulesEvent]:
    """The events a command leads to. Raises Rejected."""
    match command:
        case PublishPointsRules(district=district, rules=rules, at=at):
            publishable(published, BOOK, rules, at)
            sourced(rules, SOURCED)
            return [PointsRulesPublished(at=at, district=district, rules=rules)]
        case WithdrawPointsRules(version=version, at=at):
            withdrawable(published, version, at)
            return [PointsRulesWithdrawn(at=at, version=version)]
        case _:
            assert_never(command)


def evolve(published: Published, event: PointsRulesEvent) -> Published:
    """What was published after the event."""
    match event:
        case PointsRulesPublished(district=district, rules=rules):
            return published.with_rules(rules, district)
        case PointsRulesWithdrawn(version=version):
            return published.without(version)
        case _:
            assert_never(event)


def concerns(command: PointsRulesCommand, published: Published) -> Thing:
    """Where the rules are in force, or would be: their scope, or else the whole district."""
    if isinstance(command, PublishPointsRules):
        return Thing((command.rules.scope or command.district,))
    return Thing((published.place_of(command.version) or command.district,))


points_rules: Decider[PointsRulesCommand, Published, PointsRulesEvent] = Decider(
    category="points_rules",
    initial=Published(),
    decide=decide,
    evolve=evolve,
    territory=lambda published: published.touched,
    events=Catalogue.of(PointsRulesEvent, UPCASTERS),
    concerns=concerns,
)
