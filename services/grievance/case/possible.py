"""Which steps are open with a case as it stands; roles, places and times aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.grievance.case.allowed import ALLOWED
from services.grievance.case.commands import (
    BounceOrder,
    CaseCommand,
    DecideExclusion,
    DecideExtension,
    EndSupervision,
    GiveAssist,
    LinkCase,
    OpenSupervision,
    RaiseLevel,
    RecordCallback,
    RequestExclusion,
    RequestExtension,
    ShelveCase,
    VerifyClue,
    VerifySite,
)
from services.grievance.case.oversight import grounds
from services.grievance.case.state import Case
from services.grievance.case.two_people import handled
from services.grievance.rules.book import RuleBook
from shared.core.messages import Actor

Condition = Callable[[Case, Actor], bool]

CONDITIONS: Mapping[type[CaseCommand], Condition] = {
    RecordCallback:   lambda case, actor: not (case.reached or handled(actor, case)),
    VerifySite:       lambda case, actor: not handled(actor, case),
    BounceOrder:      lambda case, actor: not case.bound,
    GiveAssist:       lambda case, actor: actor.unit in case.assists,
    RequestExtension: lambda case, actor: case.extension == "no" and "handle" in case.running,
    DecideExtension:  lambda case, actor: case.extension == "asked"
                                          and actor.id != case.extension_by,
    ShelveCase:       lambda case, actor: case.extension == "granted"
                                          or "handle" not in case.running,
    LinkCase:         lambda case, actor: not case.is_over,
    OpenSupervision:  lambda case, actor: not case.supervised,
    EndSupervision:   lambda case, actor: case.supervised,
    RequestExclusion: lambda case, actor: case.exclusion in ("no", "refused"),
    DecideExclusion:  lambda case, actor: case.exclusion == "asked"
                                          and actor.id != case.exclusion_by,
    VerifyClue:       lambda case, actor: case.case_type == "clue" and case.verified is None,
}  # fmt: skip


def possible(
    kind: type[CaseCommand], case: Case, actor: Actor, book: RuleBook | None = None
) -> bool:
    """Whether a command of this kind can be taken from this actor while the case stands so, by
    this rule book."""
    if case.status not in ALLOWED[kind]:
        return False
    if kind is RaiseLevel:
        return book is not None and grounds(case, book) is not None
    condition = CONDITIONS.get(kind)
    return condition is None or condition(case, actor)
