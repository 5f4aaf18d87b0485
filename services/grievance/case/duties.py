"""Who may ask what of a case, where it needs the case itself to tell."""

from __future__ import annotations

from collections.abc import Set

from services.grievance.case.commands import (
    CaseCommand,
    RecordCallback,
    SignOrder,
    SubmitReply,
)
from services.grievance.case.state import Case
from services.grievance.words import Role
from shared.core.messages import Forbidden
from shared.core.territory import within


def check(command: CaseCommand, case: Case, roles: Set[Role]) -> None:
    """Raises Forbidden when the actor may not ask this of a case that lies there."""
    actor = command.actor
    if not actor.roles & roles:
        raise Forbidden("role_missing", f"this is for the roles {', '.join(sorted(roles))}")
    if case.status != "new" and not within(case.territory, actor.territory):
        raise Forbidden("outside_territory", f"the case lies outside {actor.territory}")


def check_unit(command: CaseCommand, case: Case) -> None:
    """Raises Forbidden for an order that is another unit's, or a callback on one's own work."""
    actor = command.actor
    if isinstance(command, SignOrder | SubmitReply) and actor.unit != case.unit:
        raise Forbidden("not_the_handling_unit", f"the order went to {case.unit}")
    if isinstance(command, RecordCallback) and actor.unit and actor.unit == case.unit:
        raise Forbidden(
            "callback_by_handler", "the handling unit may not call back on its own work"
        )
