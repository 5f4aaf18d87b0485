"""What people may ask of the rules. `district` is whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from services.volunteer.rules.book import VolunteerRules
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class PublishVolunteerRules(Command):
    """Let these rules be in force from the day on which they start."""

    district: str
    rules: VolunteerRules


@dataclass(frozen=True, kw_only=True)
class WithdrawVolunteerRules(Command):
    """Let the rules of this version never start."""

    district: str
    version: str


VolunteerRulesCommand = PublishVolunteerRules | WithdrawVolunteerRules
