"""Which steps are open with a whistle as it stands; roles and places aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.grievance.whistle.commands import (
    CallMore,
    EndWhistle,
    GiveResult,
    ReportUnit,
    WhistleCommand,
)
from services.grievance.whistle.decider import ALLOWED
from services.grievance.whistle.rules import MOST
from services.grievance.whistle.state import Whistle
from shared.core.messages import Actor

Condition = Callable[[Whistle, Actor], bool]

STEPS: Mapping[str, type[WhistleCommand]] = {
    "call": CallMore, "report": ReportUnit, "result": GiveResult, "end": EndWhistle,
}  # fmt: skip
CONDITIONS: Mapping[str, Condition] = {
    "call":   lambda whistle, actor: len(whistle.called) < MOST,
    "report": lambda whistle, actor: actor.unit not in whistle.here,
    "result": lambda whistle, actor: actor.unit in whistle.here and actor.unit not in whistle.done,
    "end":    lambda whistle, actor: True,
}  # fmt: skip


def possible(verb: str, whistle: Whistle, actor: Actor) -> bool:
    """Whether this step can be taken by this actor while the whistle stands so."""
    return whistle.status in ALLOWED[STEPS[verb]] and CONDITIONS[verb](whistle, actor)
