"""What the case service does because of others' contracts, and of its own events. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from services.grievance.case.events import CaseEvent
from services.grievance.notice.commands import OweNotice
from services.grievance.notice.decider import notice
from services.grievance.notice.steps import TOLD, notice_of, told_of
from shared.contracts.erasure import SubjectErased, erase_here, policy_actor
from shared.contracts.territory import TerritoryContract
from shared.core.envelope import Recorded
from shared.core.policy import Policy, Reaction

when_a_person_is_erased_in_territory_then_erase_here: Policy[TerritoryContract] = Policy(
    name="when_a_person_is_erased_in_territory_then_erase_here",
    starts="beginning",
    react=erase_here,
    of=SubjectErased,
)


def owe_notice(recorded: Recorded[CaseEvent]) -> Sequence[Reaction]:
    """The petitioner is to be told, once."""
    step = told_of(recorded.event)
    if step is None:
        return []
    case_id, version = recorded.stream_id, recorded.version
    command = OweNotice(
        at=recorded.recorded_at,
        actor=policy_actor(recorded.territory),
        case_id=case_id,
        case_version=version,
        step=step,
        territory=recorded.territory,
    )
    return [Reaction(notice, notice_of(case_id, version), command)]


# What happened before there were notices is told to nobody.
when_a_case_moves_then_owe_a_notice: Policy[CaseEvent] = Policy(
    name="when_a_case_moves_then_owe_a_notice",
    starts="now",
    react=owe_notice,
    of=TOLD,
)
