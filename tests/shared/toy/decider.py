"""A purse holds what was put in and not yet taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected
from tests.shared.toy.commands import (
    LookInside,
    OpenPurse,
    PurseCommand,
    PutMoney,
    TakeMoney,
    TransferMoney,
)
from tests.shared.toy.events import (
    UPCASTERS,
    MoneyPut,
    MoneyTaken,
    PurseClosed,
    PurseCorrected,
    PurseEvent,
    PurseMoved,
    PurseOpened,
)

Status = Literal["none", "open", "closed"]


@dataclass(frozen=True)
class Purse:
    """Where a purse stands."""

    status: Status = "none"
    territory: str = ""
    fen: int = 0


def decide(command: PurseCommand, purse: Purse) -> list[PurseEvent]:
    """The events a command leads to. Raises Rejected."""
    wanted = "none" if isinstance(command, OpenPurse) else "open"
    if purse.status != wanted:
        raise Rejected(f"purse_is_{purse.status}")
    match command:
        case OpenPurse(at=at, owner=owner, territory=territory):
            return [PurseOpened(at=at, owner=owner, territory=territory)]
        case PutMoney(at=at, fen=fen, times=times):
            return [MoneyPut(at=at, fen=fen)] * times
        case TakeMoney(at=at, fen=fen):
            if fen > purse.fen:
                raise Rejected("not_enough", f"there are {purse.fen} fen")
            return [MoneyTaken(at=at, fen=fen)]
        case LookInside():
            return []
        case _:
            assert_never(command)


def transfer(command: TransferMoney, purses: Sequence[Purse]) -> list[list[PurseEvent]]:
    """From the first purse to the second, both or none. Raises Rejected."""
    giver, taker = purses
    at, actor, fen = command.at, command.actor, command.fen
    taken = decide(TakeMoney(at=at, actor=actor, fen=fen), giver)
    return [taken, decide(PutMoney(at=at, actor=actor, fen=fen), taker)]


def evolve(purse: Purse, event: PurseEvent) -> Purse:
    """The purse after the event."""
    match event:
        case PurseOpened(territory=territory):
            return Purse("open", territory)
        case MoneyPut(fen=fen):
            return replace(purse, fen=purse.fen + fen)
        case MoneyTaken(fen=fen):
            return replace(purse, fen=purse.fen - fen)
        case PurseMoved(territory=territory):
            return replace(purse, territory=territory)
        case PurseClosed():
            return replace(purse, status="closed")
        case PurseCorrected():
            return purse
        case _:
            assert_never(event)


purse = Decider(
    category="purse",
    initial=Purse(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(PurseEvent, UPCASTERS),
)
