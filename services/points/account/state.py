"""An account as it is decided on: lots, what is put aside of them, what was spent, what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.points.account.events import Carry, Part
from services.points.words import AccountStatus, Holder, HoldStatus


@dataclass(frozen=True)
class Lot:
    """`left` points that may be spent from day `opens` to day `expires`, both in. `origin` is the
    lot of the deed that brought them; None where it was none."""

    number: int
    left: int
    opens: str | None = None
    expires: str | None = None
    carry: Carry | None = None
    origin: int | None = None


@dataclass(frozen=True)
class Earned:
    """What brought a lot: so many points in all, for a deed of `day`, of which `gone` ended
    unspent. `back` once it was reversed."""

    reason: str
    day: str
    points: int
    source: str | None = None
    gone: int = 0
    back: bool = False


@dataclass(frozen=True)
class Hold:
    """Points put aside for `quantity` of an item on `day`; `open` until they are spent or free
    again. Of what was spent, `refunded` points came back."""

    points: int
    parts: tuple[Part, ...]
    item: UUID
    quantity: int
    day: str
    status: HoldStatus = "open"
    refunded: int = 0


@dataclass(frozen=True)
class Account:
    """`lots` are by number, also where nothing is left of them. `earned`
    are the deeds by lot; `sources` name the lot that a deed elsewhere brought, None for one that
    was past a limit. `holds` are by redemption. `carried` is how many points went on from each day.
    `noticed` is the last day of which the holder was told that points end with it."""

    status: AccountStatus = "new"
    version: int = 0
    kind: Holder = "person"
    holder: UUID | None = None
    keeper: UUID | None = None
    territory: str = ""
    lots: Mapping[int, Lot] = field(default_factory=dict)
    earned: Mapping[int, Earned] = field(default_factory=dict)
    sources: Mapping[str, int | None] = field(default_factory=dict)
    holds: Mapping[UUID, Hold] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)
    debt: int = 0
    noticed: str = ""

    @property
    def owner(self) -> str | None:
        """Whose own this is: people are known to the token issuer by their ids here."""
        return str(self.keeper) if self.keeper else None

    @property
    def held(self) -> int:
        """The points that are put aside."""
        return sum(one.points for one in self.holds.values() if one.status == "open")

    def in_order(self) -> list[Lot]:
        """The lots with something left: the first to end first, then the oldest."""
        return sorted((one for one in self.lots.values() if one.left), key=_order)

    def spendable(self, today: str) -> list[Lot]:
        """Those of them that may be spent on this day, in the same order."""
        return [
            one for one in self.in_order() if (one.opens or "") <= today <= (one.expires or today)
        ]

    def free(self, today: str) -> int:
        """The points that may be spent on this day."""
        return sum(one.left for one in self.spendable(today))


def _order(lot: Lot) -> tuple[bool, str, int]:
    return lot.expires is None, lot.expires or "", lot.number
