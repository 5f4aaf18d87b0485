"""What happened to the orders of a case, and what of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass
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


@dataclass
class Reply:
    """One reply: whose, when, and whether anyone said afterwards how it was."""

    unit: str
    month: str
    sampled: bool = False


@dataclass
class Life:
    """A case after some steps: its orders and replies, who has it now, whether the time to handle
    the round runs, the reply about which one may call now, and all units that worked on it."""

    orders: list[Order] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    order: Order | None = None
    handle: Clock = "none"
    waiting: Reply | None = None
    excluded: bool = False
    handlers: set[str] = field(default_factory=set)


def lived(steps: Iterable[Step]) -> Life:
    """The case after these steps."""
    life = Life()
    for step in steps:
        ARMS[step.kind](life, step)
    return life


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


def _began(life: Life, step: Step) -> None:
    life.order, life.waiting = None, None
    life.handle = "running" if step.told["promised"] else "none"


def _promised(life: Life, step: Step) -> None:
    life.handle = "running" if step.told["promised"] else life.handle


def _dispatched(life: Life, step: Step) -> None:
    sign: Clock = "running" if step.told["promised"] else "none"
    life.order = Order(step.told["unit"], step.month, sign)
    life.orders.append(life.order)


def _bounced(life: Life, _: Step) -> None:
    if life.order:
        life.order.bounced = True
    life.order = None


def _signed(life: Life, step: Step) -> None:
    if life.order:
        life.handlers.add(life.order.unit)
        life.order.sign = _kept(life.order.sign)
        life.order.contact = "running" if step.told["promised"] else "none"


def _contacted(life: Life, _: Step) -> None:
    if life.order:
        life.order.contact = _kept(life.order.contact)


def _replied(life: Life, step: Step) -> None:
    _contacted(life, step)
    if life.order:
        life.waiting = Reply(life.order.unit, step.month)
        life.replies.append(life.waiting)


def _called(life: Life, step: Step) -> None:
    """Who was not reached said nothing. Of an order the last answer counts."""
    if not step.told["contacted"]:
        return
    if life.order:
        life.order.answer = step.told
    if life.waiting:
        life.waiting.sampled, life.waiting = True, None


def _redo(life: Life, _: Step) -> None:
    life.waiting = None
    if life.order:
        life.order.redone = True


def _extended(life: Life, step: Step) -> None:
    """The time runs again, even where it was over meanwhile; what was missed stays missed."""
    _promised(life, step)
    if life.order:
        life.order.extended = True


def _shelved(life: Life, _: Step) -> None:
    life.waiting = None


def _resumed(life: Life, _: Step) -> None:
    life.order = None


def _closed(life: Life, _: Step) -> None:
    if life.order:
        life.order.closed = True
        if life.handle == "running" and life.order.handle == "none":
            life.order.handle = "kept"
    life.handle, life.waiting = "none", None


def _missed(life: Life, step: Step) -> None:
    """A miss is whose who had the order then; nobody's, where nobody had it."""
    clock, order = step.told["clock"], life.order
    if order and clock == "sign" and order.sign == "running":
        order.sign = "missed"
    if order and clock == "contact" and order.contact == "running":
        order.contact = "missed"
    if clock == "handle" and life.handle == "running":
        life.handle = "missed"
        if order:
            order.handle = "missed"


def _assisted(life: Life, step: Step) -> None:
    life.handlers.add(step.told["unit"])


def _excluded(life: Life, _: Step) -> None:
    life.excluded = True


def _kept(clock: Clock) -> Clock:
    return "kept" if clock == "running" else clock


ARMS: Mapping[Kind, Any] = {
    "began": _began, "promised": _promised, "dispatched": _dispatched, "bounced": _bounced,
    "signed": _signed, "contacted": _contacted, "replied": _replied, "called": _called,
    "redo": _redo, "extended": _extended, "shelved": _shelved, "resumed": _resumed,
    "closed": _closed, "missed": _missed, "excluded": _excluded, "assisted": _assisted,
}  # fmt: skip
