"""The rules as this process knows them."""

from __future__ import annotations

from services.points.points_rules.decider import points_rules
from services.points.points_rules.stream import POINTS_RULES
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK
from shared.runtime.versions_copy import VersionsCopy
from shared.store.pool import Pool

RulesCopy = VersionsCopy[PointsRules]


def rules_copy(pool: Pool) -> RulesCopy:
    """All rules that were published, and which of them are in force where."""
    return VersionsCopy(pool, points_rules, POINTS_RULES, BOOK)
