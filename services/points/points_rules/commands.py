"""What people may ask of the rules. `district` is whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from services.points.rules.book import PointsRules
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class PublishPointsRules(Command):
    """Let these rules be in force from the day on which they start."""

    district: str
    rules: PointsRules


@dataclass(frozen=True, kw_only=True)
class WithdrawPointsRules(Command):
    """Let the rules of this version never start."""

    district: str
    version: str


PointsRulesCommand = PublishPointsRules | WithdrawPointsRules
