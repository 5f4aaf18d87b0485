"""What clients get about points."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.points.words import Evidence, Expires, Holder, Unit
from shared.runtime.projections.watermarks import Watermark

Entry = Literal[
    "points-earned", "points-capped", "points-deducted", "points-held", "points-released",
    "points-redeemed", "points-refunded", "points-reversed", "points-expired",
    "points-carried-over", "points-transferred", "points-received",
]  # fmt: skip


class Coming(BaseModel):
    """With the end of `day`, `points` end; of these, `carried` go on to day `until`, and stand
    there once more."""

    day: str
    points: int
    carried: int
    until: str | None


class Opening(BaseModel):
    """From `day` on, so many points more may be spent."""

    day: str
    points: int


class AccountLine(BaseModel):
    """An account as it is today: `free` may be spent, `locked` later, `held` is put aside for what
    was bought, `owed` is paid by the next that come in. `ends` is what ends first."""

    kind: Holder
    holder: UUID
    keeper: UUID
    territory: str
    free: int
    locked: int
    held: int
    owed: int
    ends: Coming | None


class AccountView(AccountLine):
    """One account. `earned` is all that was ever given and stands. `coming` are all days with which
    something ends, `opening` those from which more may be spent. By the rules at its home, points
    are spent once `opens` were earned, of which `missing` are to come, `least` at a time; `sharing`
    is whether they may pass within the household."""

    earned: int
    coming: list[Coming]
    opening: list[Opening]
    opens: int
    missing: int
    least: int
    sharing: bool
    expiry: Expires
    rules: str
    opened_at: datetime
    watermark: Watermark


class KeptAccounts(BaseModel):
    """The accounts that somebody keeps, their own first, and that of the household they live in,
    by the register; null for whom it does not know."""

    items: list[AccountLine]
    household: UUID | None
    watermark: Watermark


class EntryLine(BaseModel):
    """One line: `amount` came (+) or went (-), `over` went past a limit, or was waived where there
    was nothing to take; `free` (what may be spent later too), `held` and `owed` are what they were
    after it. `lot` is what it is called in others. `reason` is called `label` by the rules of then.
    `about` is the redemption, the lot, the other account or the source; `day` that of the deed, or
    the last one of what ended. `standing` is null for what is no deed, and false once it was taken
    back. `note` is null where none was written, and once who it is about was erased."""

    number: int
    lot: int
    kind: Entry
    at: datetime
    amount: int
    over: int
    free: int
    held: int
    owed: int
    reason: str
    label: str
    label_en: str
    about: str
    day: str
    expires: str | None
    rules: str
    territory: str
    standing: bool | None
    note: str | None
    proof: str | None
    steps: list[Literal["reverse"]]


class Statement(BaseModel):
    """Lines of an account, the latest first; `next` continues them. `free`, `locked`, `held` and
    `owed` are as they were at the end of `day`, today's without another; `ended` is what had ended
    by then and is not a line yet: `free`, `locked` and it are what the last line says is free."""

    items: list[EntryLine]
    day: str
    free: int
    locked: int
    held: int
    owed: int
    ended: int
    next: int | None
    watermark: Watermark


class ReasonLine(BaseModel):
    """For what points are given, or `taken`: see the rules. `at_once` is whether you may do it
    without a claim."""

    code: str
    label: str
    label_en: str
    taken: bool
    unit: Unit
    points: int
    daily: int | None
    monthly: int | None
    evidence: Evidence
    at_once: bool


class Reasons(BaseModel):
    """What points are given for in a territory, by the rules in force there now. `daily` and
    `monthly` are the most that an account is given in all."""

    items: list[ReasonLine]
    territory: str
    rules: str
    daily: int | None
    monthly: int | None
