"""How points pass between the accounts of a household, lot by lot: their days stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from services.points.account.commands import ReceivePoints, TransferPoints
from services.points.account.decider import account
from services.points.account.ending import settled
from services.points.account.events import PointsTransferred
from services.points.account.state import Account
from shared.core.messages import Event, Rejected


def transfer(command: TransferPoints, states: Sequence[Account]) -> list[Sequence[Event]]:
    """What happens to the giver's account and to that of who gets them. Raises Rejected."""
    giver, receiver = states
    if receiver.status == "new":
        raise Rejected("no_account", "nothing is kept for them yet", "to")
    given = account.decide(command, giver)
    [gone] = [event for event in given if isinstance(event, PointsTransferred)]
    lots = settled(giver, command.asked_on, command.at).lots
    came: list[Event] = []
    for part in gone.parts:
        lot = lots[part.lot]
        assert giver.holder is not None
        asked = ReceivePoints(
            at=command.at, actor=command.actor, asked_on=command.asked_on, kind=giver.kind,
            giver=giver.holder, points=part.points, opens=lot.opens, expires=lot.expires,
            carry=lot.carry,
        )  # fmt: skip
        some = account.decide(asked, receiver)
        for event in some:
            receiver = account.evolve(receiver, event)
        came.extend(some)
    return [given, came]
