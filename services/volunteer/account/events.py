"""What can have happened to a person's time: each event says how many minutes came or went. The
union is the catalogue of all that can have happened to an account.

Of what comes in, `repaid` pays an open debt, the rest is free to spend. Nothing is ever taken back
but by another event.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.volunteer.account.record_events import RecordEvent
from services.volunteer.words import Relation
from shared.core.messages import Event


class TimeDeposited(Event):
    """Approved minutes of a record were saved."""

    type: Literal["time-deposited"] = "time-deposited"
    record: int
    minutes: int
    repaid: int


class ExcessHonoured(Event):
    """These approved minutes went past the cap: they are honoured, and not saved."""

    type: Literal["excess-honoured"] = "excess-honoured"
    record: int
    minutes: int


class TimeReversed(Event):
    """Saved minutes of a record that was reversed were taken back; what had been spent already is
    `owed`, and the next that comes in pays it."""

    type: Literal["time-reversed"] = "time-reversed"
    record: int
    minutes: int
    owed: int


class TimeHeld(Event):
    """Minutes were put aside for help that was asked for."""

    type: Literal["time-held"] = "time-held"
    help: UUID
    minutes: int


class TimeReleased(Event):
    """What was put aside for it, or was left of that, is free again; `repaid` paid a debt."""

    type: Literal["time-released"] = "time-released"
    help: UUID
    minutes: int
    repaid: int


class TimeRedeemed(Event):
    """Minutes that were put aside paid for help received. It was given in territory `served`."""

    type: Literal["time-redeemed"] = "time-redeemed"
    help: UUID
    minutes: int
    helper: UUID
    served: str


class TimeGifted(Event):
    """Minutes were given to a relative, who is the `relation` of the giver."""

    type: Literal["time-gifted"] = "time-gifted"
    to: UUID
    minutes: int
    relation: Relation


class TimeReceived(Event):
    """A relative gave minutes."""

    type: Literal["time-received"] = "time-received"
    giver: UUID
    minutes: int
    repaid: int


class TimeDonated(Event):
    """Minutes were given to the pool of a territory."""

    type: Literal["time-donated"] = "time-donated"
    pool: str
    minutes: int


class TimeBroughtIn(Event):
    """Minutes came from elsewhere: an earlier system, another district. `source` names which."""

    type: Literal["time-brought-in"] = "time-brought-in"
    minutes: int
    repaid: int
    source: str


class TimeTransferredOut(Event):
    """All that was left went to the time bank of `place`, outside the district."""

    type: Literal["time-transferred-out"] = "time-transferred-out"
    minutes: int
    place: str


class AccountBequeathed(Event):
    """The person died: all that was left went to `heir`, and the account is closed."""

    type: Literal["account-bequeathed"] = "account-bequeathed"
    heir: UUID
    minutes: int
    relation: Relation


class AccountInherited(Event):
    """Minutes came from a relative who died."""

    type: Literal["account-inherited"] = "account-inherited"
    giver: UUID
    minutes: int
    repaid: int


TimeEvent = (
    TimeDeposited
    | ExcessHonoured
    | TimeReversed
    | TimeHeld
    | TimeReleased
    | TimeRedeemed
    | TimeGifted
    | TimeReceived
    | TimeDonated
    | TimeBroughtIn
    | TimeTransferredOut
    | AccountBequeathed
    | AccountInherited
)
AccountEvent = Annotated[RecordEvent | TimeEvent, Field(discriminator="type")]
