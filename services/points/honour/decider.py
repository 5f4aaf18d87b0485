"""The life of an honour: nominated, on public notice, granted or declined, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import assert_never

from services.points.honour import holding, nominating
from services.points.honour.commands import (
    AnswerHonourObjection,
    DeclineHonour,
    GrantHonour,
    HonourCommand,
    NominateHonour,
    ObjectHonour,
    PubliciseHonour,
    RecordHonour,
    WithdrawHonour,
)
from services.points.honour.events import HonourDeclined, HonourEvent
from services.points.honour.evolution import evolve
from services.points.honour.state import Honour
from services.points.honour.two_people import SEPARATIONS
from services.points.honour.upcasters import UPCASTERS
from services.points.honour.words import HonourStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

AGAIN: Set[HonourStatus] = frozenset({"new", "declined", "withdrawn"})
ASKED: Set[HonourStatus] = frozenset({"nominated", "noticed"})

# In which states a command is taken.
ALLOWED: Mapping[type[HonourCommand], Set[HonourStatus]] = {
    NominateHonour:        AGAIN,
    PubliciseHonour:       {"nominated"},
    ObjectHonour:          {"noticed"},
    AnswerHonourObjection: {"noticed"},
    GrantHonour:           ASKED,
    DeclineHonour:         ASKED,
    WithdrawHonour:        {"held"},
    RecordHonour:          AGAIN,
}  # fmt: skip


def decide(command: HonourCommand, honour: Honour) -> list[HonourEvent]:
    """The events a command leads to. Raises Rejected, and Forbidden where two people are needed."""
    if honour.status not in ALLOWED[type(command)]:
        raise _refused(honour)
    for separation in SEPARATIONS:
        separation.rule(command, honour)
    return [*_decide(command, honour)]


def _decide(command: HonourCommand, honour: Honour) -> Sequence[HonourEvent]:  # noqa: C901, PLR0911 - one arm a command
    match command:
        case NominateHonour():
            return nominating.nominated(command)
        case PubliciseHonour():
            return nominating.publicised(command, honour)
        case ObjectHonour():
            return nominating.objected(command, honour)
        case AnswerHonourObjection():
            return nominating.answered(command, honour)
        case GrantHonour():
            return holding.granted(command, honour)
        case DeclineHonour(at=at, reason=reason, words=words):
            return [HonourDeclined(at=at, reason=reason, words=words)]
        case WithdrawHonour():
            return holding.withdrawn(command, honour)
        case RecordHonour():
            return holding.recorded(command)
        case _:
            assert_never(command)


def concerns(command: HonourCommand, honour: Honour) -> Thing:
    """Where the holder is at home; their own, too."""
    if isinstance(command, NominateHonour | RecordHonour):
        owner = str(command.person) if command.person else None
        return Thing((command.territory,), owner=owner)
    return Thing((honour.territory,) if honour.territory else (), owner=honour.owner)


def _refused(honour: Honour) -> Rejected:
    match honour.status:
        case "new":
            return Rejected("not_nominated", "nobody is nominated here")
        case "nominated":
            return Rejected("honour_nominated", "they are nominated for this honour already")
        case "noticed":
            return Rejected("honour_on_notice", "the nomination is on public notice")
        case "held":
            return Rejected("honour_is_held", "they hold this honour already")
        case "declined":
            return Rejected("honour_declined", "the nomination was declined")
        case "withdrawn":
            return Rejected("honour_withdrawn", "this honour was withdrawn")


honour: Decider[HonourCommand, Honour, HonourEvent] = Decider(
    category="honour",
    initial=Honour(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(HonourEvent, UPCASTERS),
    concerns=concerns,
)
