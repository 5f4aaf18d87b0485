"""Which steps the rules would take now, from whom: what a page offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.volunteer.account.state import Account
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.stars.commands import (
    ApplyStar,
    AwardStar,
    ClearStar,
    NoticeStar,
    RefuseStar,
    RevokeStar,
    StarsCommand,
)
from services.volunteer.stars.decider import decide
from services.volunteer.stars.state import Stars
from shared.core.messages import Actor, Rejected

STEPS: Mapping[str, type[StarsCommand]] = {
    "apply": ApplyStar,
    "notice": NoticeStar,
    "award": AwardStar,
    "refuse": RefuseStar,
    "revoke": RevokeStar,
    "clear": ClearStar,
}


def possible(verb: str, stars: Stars, account: Account, asked: tuple[Actor, datetime]) -> bool:
    """Whether the rules would take this step of this actor at this moment, with everything that it
    needs named. Applying is what `may_apply` is for."""
    actor, at = asked
    told: dict[str, Any] = {"actor": actor, "at": at}
    if verb in ("refuse", "revoke"):
        told["reason"] = "conduct"
    if verb == "award":
        told["document"] = "-"
    return _taken(STEPS[verb](**told), stars, account)


def may_apply(
    stars: Stars, account: Account, rules: VolunteerRules, asked: tuple[Actor, datetime]
) -> int | None:
    """The highest star that the person could apply for under these rules now; None for none."""
    actor, at = asked
    if account.person is None:
        return None
    for rung in reversed(rules.ladder):
        command = ApplyStar(
            at=at,
            actor=actor,
            person=account.person,
            territory=account.territory,
            star=rung.star,
            rules=rules,
        )
        if _taken(command, stars, account):
            return rung.star
    return None


def _taken(command: StarsCommand, stars: Stars, account: Account) -> bool:
    try:
        decide(command, stars, account)
    except Rejected:
        return False
    return True
