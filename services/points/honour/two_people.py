"""What two people have to do with an honour: who asks for it, and who decides on it."""

from __future__ import annotations

from services.points.honour.commands import (
    AnswerHonourObjection,
    GrantHonour,
    HonourCommand,
    PubliciseHonour,
)
from services.points.honour.state import Honour
from shared.core.access import Separation
from shared.core.messages import Forbidden

JUDGING = PubliciseHonour | AnswerHonourObjection | GrantHonour


def honour_judged_by_holder(command: HonourCommand, honour: Honour) -> None:
    """Nobody judges an honour of their own. Raises Forbidden."""
    if isinstance(command, JUDGING) and command.actor.id == honour.owner:
        detail = "this would be your own honour: another person judges it"
        raise Forbidden("honour_judged_by_holder", detail)


def honour_granted_by_nominator(command: HonourCommand, honour: Honour) -> None:
    """Who nominated somebody does not grant it. Raises Forbidden."""
    if isinstance(command, GrantHonour) and command.actor.id == honour.nominated.nominator:
        detail = "you made this nomination: another person has to grant it"
        raise Forbidden("honour_granted_by_nominator", detail)


def objection_answered_by_objector(command: HonourCommand, honour: Honour) -> None:
    """Nobody answers their own objection. Raises Forbidden."""
    if not isinstance(command, AnswerHonourObjection):
        return
    found = honour.objections.get(command.objection)
    if found is not None and found.objector == command.actor.id:
        detail = "this is your own objection: another person answers it"
        raise Forbidden("objection_answered_by_objector", detail)


OWN = "own honour"
SEPARATIONS = (
    *(
        Separation(("nominate_honour",), then, "person", honour_judged_by_holder, of=OWN)
        for then in ("publicise_honour", "answer_honour_objection", "grant_honour")
    ),
    Separation(("nominate_honour",), "grant_honour", "person", honour_granted_by_nominator),
    Separation(
        ("object_honour",), "answer_honour_objection", "person", objection_answered_by_objector
    ),
)
