"""What clients get about time, all in minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.volunteer.words import Service
from shared.runtime.projections.watermarks import Watermark

Entry = Literal[
    "time-deposited", "excess-honoured", "time-reversed", "time-held", "time-released",
    "time-redeemed", "time-gifted", "time-received", "time-donated", "time-brought-in",
    "time-transferred-out", "account-bequeathed", "account-inherited",
]  # fmt: skip


class AccountView(BaseModel):
    """An account: what is `free` to spend, `held` for help, `owed`; `served` is what was approved
    and stands. It holds `cap` at most, so there is `room` for so many more. Time can be spent once
    it is `opening`: with `opens` served minutes, of which `missing` are to come, or as an elder,
    where the rules say from which age; `elder` is null where that is not known."""

    person: UUID
    territory: str
    status: Literal["open", "closed"]
    free: int
    held: int
    owed: int
    served: int
    served_on: str | None
    cap: int
    room: int
    opens: int
    missing: int
    opening: bool
    elder: bool | None
    barred_until: datetime | None
    watermark: Watermark


class EntryLine(BaseModel):
    """One line: `amount` came (+) or went (-), `honoured` went past the cap; `free`, `held` and
    `owed` are what they were after it. `other` is who else was in it, `about` the number of the
    record, the request for help, the pool, the place or the source; of a record it is told what was
    served on which `day`."""

    number: int
    kind: Entry
    at: datetime
    amount: int
    honoured: int
    free: int
    held: int
    owed: int
    other: UUID | None
    about: str
    service: Service | None
    day: str | None
    activity: UUID | None


class Statement(BaseModel):
    """Lines of an account, the latest first; `next` continues them. `free`, `held` and `owed` are
    what they are after the latest of all, up to the day that was asked for."""

    items: list[EntryLine]
    free: int
    held: int
    owed: int
    next: int | None
    watermark: Watermark


class PoolView(BaseModel):
    """What a territory's pool holds, was given in so many `gifts`, and drawn for `helps`."""

    territory: str
    balance: int
    credited: int
    drawn: int
    gifts: int
    helps: int
    watermark: Watermark


class LiabilityLine(BaseModel):
    """What a community owes its people: `free` and `held` in accounts, `pool` in pools,
    `outstanding` all of it; `owed` is what people owe. `monthly` is what was served and approved a
    month, over the last three whole months: at that pace the outstanding is worked off in `months`;
    null where nothing was served."""

    territory: str
    accounts: int
    served: int
    free: int
    held: int
    owed: int
    pool: int
    outstanding: int
    monthly: int
    months: int | None


class Liability(BaseModel):
    """A line a community, the one with the most outstanding first, and all of them together."""

    items: list[LiabilityLine]
    total: LiabilityLine
    watermark: Watermark
