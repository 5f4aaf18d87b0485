"""Publishing and withdrawing rules: from a form to the log."""

from __future__ import annotations

from datetime import UTC, datetime

from services.points.access import ACCESS
from services.points.points_rules.commands import (
    PointsRulesCommand,
    PublishPointsRules,
    WithdrawPointsRules,
)
from services.points.points_rules.decider import points_rules
from services.points.points_rules.stream import POINTS_RULES
from services.points.rules.book import PointsRules
from services.points.service import PointsService
from shared.core.access import Reach, action_of
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


async def publish(service: PointsService, rules: PointsRules, asking: Asking) -> Answer:
    """Publish rules. Raises Rejected."""
    return await asking.first_or(_published(service, rules, asking), service.executor)


async def withdraw(service: PointsService, version: str, asking: Asking) -> Answer:
    """Withdraw rules. Raises Problem (404) for a version that nobody published, Rejected."""
    return await asking.first_or(_withdrawn(service, version, asking), service.executor)


async def _published(service: PointsService, rules: PointsRules, asking: Asking) -> Answer:
    district = await _district(service)
    if rules.scope:
        await service.map.known(rules.scope, field="rules/scope")
    if rules.scope == district:
        rules = rules.model_copy(update={"scope": ""})
    now = datetime.now(UTC)
    asked = PublishPointsRules(at=now, actor=asking.actor, district=district, rules=rules)
    return await _taken(service, asked, asking)


async def _withdrawn(service: PointsService, version: str, asking: Asking) -> Answer:
    district = await _district(service)
    # Who may withdraw none is told of none.
    ACCESS.reach(asking.actor, action_of(WithdrawPointsRules), Reach(), service.map.within)
    await service.books.fresh()
    if service.books.published.of(version) is None:
        raise no_such_rules(version)
    now = datetime.now(UTC)
    asked = WithdrawPointsRules(at=now, actor=asking.actor, district=district, version=version)
    return await _taken(service, asked, asking)


def no_such_rules(version: str) -> Problem:
    """The answer for a version that there is not."""
    return Problem(404, "no_such_rules", f"no rules {version} were published here")


async def _district(service: PointsService) -> str:
    district = (await service.map.fresh()).district
    if not district:
        raise Rejected("no_district", "there is no district on the map yet")
    return district


async def _taken(service: PointsService, command: PointsRulesCommand, asking: Asking) -> Answer:
    return await service.executor.execute(
        single(Target(points_rules, POINTS_RULES), command, asking.identity)
    )
