"""The life of the rules: published, and withdrawn before they start."""

from __future__ import annotations

from typing import assert_never

from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.volunteer_rules.commands import (
    PublishVolunteerRules,
    VolunteerRulesCommand,
    WithdrawVolunteerRules,
)
from services.volunteer.volunteer_rules.events import (
    VolunteerRulesEvent,
    VolunteerRulesPublished,
    VolunteerRulesWithdrawn,
)
from services.volunteer.volunteer_rules.state import Published
from services.volunteer.volunteer_rules.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.versions import publishable, sourced, withdrawable

# A figure that stars or time are decided by says where it comes from, or that it is one's own.
SOURCED = ("ladder", "skipping", "notice_days", "cap", "opens", "kin", "priority",
           "barred_years", "longest", "daily", "late_days")  # fmt: skip


def decide(command: VolunteerRulesCommand, published: Published) -> list[VolunteerRulesEvent]:
    """The events a command leads to. Raises Rejected."""
    match command:
        case PublishVolunteerRules(district=district, rules=rules, at=at):
            publishable(published, BOOK, rules, at)
            sourced(rules, SOURCED)
            return [VolunteerRulesPublished(at=at, district=district, rules=rules)]
        case WithdrawVolunteerRules(version=version, at=at):
            withdrawable(published, version, at)
            return [VolunteerRulesWithdrawn(at=at, version=version)]
        case _:
            assert_never(command)


def evolve(published: Published, event: VolunteerRulesEvent) -> Published:
    """What was published after the event."""
    match event:
        case VolunteerRulesPublished(district=district, rules=rules):
            return published.with_rules(rules, district)
        case VolunteerRulesWithdrawn(version=version):
            return published.without(version)
        case _:
            assert_never(event)


def concerns(command: VolunteerRulesCommand, published: Published) -> Thing:
    """Where the rules are in force, or would be: their scope, or else the whole district."""
    if isinstance(command, PublishVolunteerRules):
        return Thing((command.rules.scope or command.district,))
    return Thing((published.place_of(command.version) or command.district,))


volunteer_rules: Decider[VolunteerRulesCommand, Published, VolunteerRulesEvent] = Decider(
    category="volunteer_rules",
    initial=Published(),
    decide=decide,
    evolve=evolve,
    territory=lambda published: published.touched,
    events=Catalogue.of(VolunteerRulesEvent, UPCASTERS),
    concerns=concerns,
)
