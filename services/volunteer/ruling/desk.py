"""Publishing and withdrawing rules: from a form to the log."""

from __future__ import annotations

from datetime import UTC, datetime

from services.volunteer.access import ACCESS
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.service import Volunteers
from services.volunteer.volunteer_rules.commands import (
    PublishVolunteerRules,
    VolunteerRulesCommand,
    WithdrawVolunteerRules,
)
from services.volunteer.volunteer_rules.decider import volunteer_rules
from services.volunteer.volunteer_rules.stream import VOLUNTEER_RULES
from shared.core.access import Reach, action_of
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Target, single
from shared.runtime.web.asking import Asking
from shared.runtime.web.problems import Problem
from shared.store.load import Answer


async def publish(service: Volunteers, rules: VolunteerRules, asking: Asking) -> Answer:
    """Publish rules. Raises Rejected."""
    return await asking.first_or(_published(service, rules, asking), service.executor)


async def withdraw(service: Volunteers, version: str, asking: Asking) -> Answer:
    """Withdraw rules. Raises Problem (404) for a version that nobody published, Rejected."""
    return await asking.first_or(_withdrawn(service, version, asking), service.executor)


async def _published(service: Volunteers, rules: VolunteerRules, asking: Asking) -> Answer:
    district = await _district(service)
    if rules.scope:
        await service.map.known(rules.scope, field="rules/scope")
    if rules.scope == district:
        rules = rules.model_copy(update={"scope": ""})
    now = datetime.now(UTC)
    asked = PublishVolunteerRules(at=now, actor=asking.actor, district=district, rules=rules)
    return await _taken(service, asked, asking)


async def _withdrawn(service: Volunteers, version: str, asking: Asking) -> Answer:
    district = await _district(service)
    # Who may withdraw none is told of none.
    ACCESS.reach(asking.actor, action_of(WithdrawVolunteerRules), Reach(), service.map.within)
    await service.books.fresh()
    if service.books.published.of(version) is None:
        raise no_such_rules(version)
    now = datetime.now(UTC)
    asked = WithdrawVolunteerRules(at=now, actor=asking.actor, district=district, version=version)
    return await _taken(service, asked, asking)


def no_such_rules(version: str) -> Problem:
    """The answer for a version that there is not."""
    return Problem(404, "no_such_rules", f"no rules {version} were published here")


async def _district(service: Volunteers) -> str:
    district = (await service.map.fresh()).district
    if not district:
        raise Rejected("no_district", "there is no district on the map yet")
    return district


async def _taken(service: Volunteers, command: VolunteerRulesCommand, asking: Asking) -> Answer:
    return await service.executor.execute(
        single(Target(volunteer_rules, VOLUNTEER_RULES), command, asking.identity)
    )
