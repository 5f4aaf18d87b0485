"""Whose turn it is: the steps an actor may take with a case, and the cases that wait for them.

Nothing is allowed here: it follows from the states of the commands and the table of access.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from services.grievance.access import ACCESS, UNIT
from services.grievance.case.possible import possible
from services.grievance.case.state import Case
from services.grievance.queries.rounds import Claim
from services.grievance.rules.book import RuleBook
from services.grievance.steps import STEPS
from services.grievance.words import Group, Stage
from shared.core.access import Thing, Within, action_of
from shared.core.messages import Actor
from shared.core.state import replace
from shared.runtime.projections.map_copy import Places

STAGES: Mapping[Stage, Case] = {
    **{stage: Case(stage) for stage in get_args(Stage) if stage != "reached"},
    "reached": Case("callback", reached=True),
}
# What lies on a desk waits for one of these; what else may be done with it does not wait.
MOVES = (
    "accept", "decline", "dispatch", "remit", "sign", "reply", "callback", "close", "review",
    "reopen",
)  # fmt: skip
# A dispatcher may hand over what a unit has, but it lies on the unit's desk.
NOT_YET: Mapping[str, frozenset[str]] = {
    "dispatch": frozenset({"dispatched", "signed", "redo"}),
    "close": frozenset({"shelved"}),
}
# A unit sees its order come back, though the next step is another's.
WATCHED: frozenset[str] = frozenset({"reopened", "bounced"})
GROUPS: tuple[Group, ...] = get_args(Group)
WAITING: Group = "waiting"


def steps_of(actor: Actor, case: Case, within: Within, book: RuleBook | None = None) -> list[str]:
    """The steps that this actor may take with the case as it stands, in the order of its life; by
    this rule book."""
    thing = Thing((case.territory,), unit=case.unit, helpers=case.assists)
    return [
        verb
        for verb, step in STEPS.items()
        if possible(step.command, case, actor, book)
        and ACCESS.allows(actor, action_of(step.command), thing, within)
    ]


def moves_of(actor: Actor, stage: Stage, unit: str | None, within: Within) -> list[str]:
    """The steps that move a case on which stands so in the actor's own territory."""
    case = replace(STAGES[stage], territory=actor.territory, unit=unit)
    steps = steps_of(actor, case, within)
    return [verb for verb in steps if verb in MOVES and stage not in NOT_YET.get(verb, ())]


def group_of(moves: Sequence[str]) -> Group:
    """The pile a case lies in: that of the first thing to do with it."""
    found: Group | None = next((name for name in GROUPS if name in moves), None)
    return found or WAITING


def claim_of(actor: Actor, places: Places, within: Within, group: Group | None = None) -> Claim:
    """What lies on this actor's desk, or in one pile of it."""

    def piled(unit: str | None) -> frozenset[str]:
        moves = {stage: moves_of(actor, stage, unit, within) for stage in STAGES}
        return frozenset(
            stage
            for stage, steps in moves.items()
            if steps and group in (None, group_of(steps))
        )  # fmt: skip

    others = piled(None)
    own = piled(actor.unit) if actor.unit else frozenset[str]()
    if actor.unit and actor.roles & UNIT and group in (None, WAITING):
        own |= WATCHED - others
    both = own & others if actor.unit else others
    return Claim(places=places, unit=actor.unit, anyones=both, own=own - both, others=others - both)
