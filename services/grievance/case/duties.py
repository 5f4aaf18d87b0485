"""Who may ask what of a case: one table, and the rules that need the case itself."""

from __future__ import annotations

from collections.abc import Mapping

from services.grievance.case.commands import (
    AcceptCase,
    CaseCommand,
    CloseCase,
    CorrectCase,
    DeclineCase,
    DispatchCase,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    SignOrder,
    SubmitReply,
)
from services.grievance.case.state import Case
from services.grievance.words import Role
from shared.core.messages import Forbidden
from shared.core.territory import within

FRONT: frozenset[Role] = frozenset(
    {"resident", "grid_worker", "building_head", "dispatcher", "first_receiver"}
)

MAY: Mapping[type[CaseCommand], frozenset[Role]] = {
    RaisePetition:      FRONT,
    RecordPastPetition: frozenset({"importer"}),
    AcceptCase:         frozenset({"dispatcher", "first_receiver"}),
    DeclineCase:        frozenset({"dispatcher"}),
    DispatchCase:       frozenset({"dispatcher"}),
    SignOrder:          frozenset({"handling_unit"}),
    SubmitReply:        frozenset({"handling_unit"}),
    RecordCallback:     frozenset({"callback_agent"}),
    CloseCase:          frozenset({"dispatcher"}),
    ReopenCase:         frozenset({"dispatcher", "callback_agent"}),
    CorrectCase:        frozenset({"dispatcher", "supervisor"}),
}  # fmt: skip


def check(command: CaseCommand, case: Case) -> None:
    """Raises Forbidden when the actor may not ask this of a case that lies there."""
    actor = command.actor
    if not actor.roles & MAY[type(command)]:
        roles = ", ".join(sorted(MAY[type(command)]))
        raise Forbidden("role_missing", f"this is for the roles {roles}")
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
