"""What happened to the orders of a case, and what of it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from services.grievance.measures.book import COUNTED

Kind = Literal[
    "began", "promised", "dispatched", "bounced", "signed", "contacted", "replied", "called",
    "redo", "extended", "shelved", "resumed", "closed", "missed", "excluded", "assisted",
]  # fmt: skip
# none: nothing was promised, or somebody else has it now. running: not settled yet.
Clock = Literal["none", "running", "kept", "missed"]
Key = tuple[str, str]


class Step(NamedTuple):
    """Event `version` of a case, in the month in Beijing in which it happened."""

    version: int
    kind: Kind
    month: str
    told: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Order:
    """One order: from its dispatch to a unit until the next one, or until the round is over."""

    unit: str
    month: str
    sign: Clock
    contact: Clock = "none"
    handle: Clock = "none"
    bounced: bool = False
    redone: bool = False
    extended: bool = False
    closed: bool = False
    answer: Mapping[str, Any] | None = None

    def counts(self) -> dict[str, int]:
        """What it adds to its unit and month."""
        answer = self.answer or {}
        settled = ("kept", "missed")
        told = {
            "dispatched": True,
            "bounced": self.bounced,
            "sign_due": self.sign in settled,
            "signed": self.sign == "kept",
            "contact_due": self.contact in settled,
            "contacted": self.contact == "kept",
            "close_due": self.handle in settled,
            "closed_in_time": self.handle == "kept",
            "to_close": self.closed or self.handle == "missed",
            "closed": self.closed,
            "redone": self.closed and self.redone,
            "extended": self.extended,
            "called_back": self.answer is not None,
            "resolved": bool(answer.get("resolved")),
            "satisfied": bool(answer.get("satisfied")),
        }
        return {name: 1 for name, holds in told.items() if holds}


@dataclass(frozen=True)
class Reply:
    """One reply: whose, when, and whether anyone said afterwards how it was."""

    unit: str
    month: str
    sampled: bool = False


@dataclass(frozen=True)
class Life:
    """A case after some steps: its orders and replies, whether somebody has the last order now,
    whether the time to handle the round runs, whether one may call about the last reply now, and
    all units that worked on it."""

    orders: tuple[Order, ...] = ()
    replies: tuple[Reply, ...] = ()
    held: bool = False
    handle: Clock = "none"
    waiting: bool = False
    excluded: bool = False
    handlers: frozenset[str] = frozenset()

    @property
    def order(self) -> Order | None:
        """The order that somebody has now."""
        return self.orders[-1] if self.held else None

    @property
    def to_call(self) -> Reply | None:
        """The reply about which one may call now."""
        return self.replies[-1] if self.waiting and not self.excluded else None


def counted(life: Life) -> dict[Key, dict[str, int]]:
    """What the case adds, by unit and month; of one that was excluded, how much was left out."""
    sums: dict[Key, dict[str, int]] = {}
    for order in life.orders:
        _add(sums, order, {"excluded": 1} if life.excluded else order.counts())
    for reply in () if life.excluded else life.replies:
        _add(sums, reply, {"replied": 1, **({"sampled": 1} if reply.sampled else {})})
    return {
        key: {name: line.get(name, 0) for name in COUNTED} for key, line in sums.items()
    }  # fmt: skip


def _add(sums: dict[Key, dict[str, int]], of: Order | Reply, told: Mapping[str, int]) -> None:
    line = sums.setdefault((of.unit, of.month), {})
    for name, amount in told.items():
        line[name] = line.get(name, 0) + amount
