"""The rules as this process knows them."""

from __future__ import annotations

from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.volunteer_rules.decider import volunteer_rules
from services.volunteer.volunteer_rules.stream import VOLUNTEER_RULES
from shared.runtime.versions_copy import VersionsCopy
from shared.store.pool import Pool

RulesCopy = VersionsCopy[VolunteerRules]


def rules_copy(pool: Pool) -> RulesCopy:
    """All rules that were published, and which of them are in force where."""
    return VersionsCopy(pool, volunteer_rules, VOLUNTEER_RULES, BOOK)
