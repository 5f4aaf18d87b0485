"""What each step makes of the orders of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.grievance.measures.orders import Clock, Kind, Life, Order, Reply, Step
from shared.core.state import replace


def lived(steps: Iterable[Step]) -> Life:
    """The case after these steps."""
    life = Life()
    for step in steps:
        life = ARMS[step.kind](life, step)
    return life


def _began(life: Life, step: Step) -> Life:
    handle: Clock = "running" if step.told["promised"] else "none"
    return replace(life, held=False, waiting=False, handle=handle)


def _promised(life: Life, step: Step) -> Life:
    return replace(life, handle="running") if step.told["promised"] else life


def _dispatched(life: Life, step: Step) -> Life:
    sign: Clock = "running" if step.told["promised"] else "none"
    order = Order(step.told["unit"], step.month, sign)
    return replace(life, orders=(*life.orders, order), held=True)


def _bounced(life: Life, _: Step) -> Life:
    return replace(_now(life, bounced=True), held=False)


def _signed(life: Life, step: Step) -> Life:
    order = life.order
    if order is None:
        return life
    contact: Clock = "running" if step.told["promised"] else "none"
    signed = _now(life, sign=_kept(order.sign), contact=contact)
    return replace(signed, handlers=life.handlers | {order.unit})


def _contacted(life: Life, _: Step) -> Life:
    return _now(life, contact=_kept(life.order.contact)) if life.order else life


def _replied(life: Life, step: Step) -> Life:
    life = _contacted(life, step)
    if life.order is None:
        return life
    reply = Reply(life.order.unit, step.month)
    return replace(life, replies=(*life.replies, reply), waiting=True)


def _called(life: Life, step: Step) -> Life:
    """Who was not reached said nothing. Of an order the last answer counts."""
    if not step.told["contacted"]:
        return life
    life = _now(life, answer=step.told)
    if not life.waiting:
        return life
    sampled = replace(life.replies[-1], sampled=True)
    return replace(life, replies=(*life.replies[:-1], sampled), waiting=False)


def _redo(life: Life, _: Step) -> Life:
    return replace(_now(life, redone=True), waiting=False)


def _extended(life: Life, step: Step) -> Life:
    """The time runs again, even where it was over meanwhile; what was missed stays missed."""
    return _now(_promised(life, step), extended=True)


def _shelved(life: Life, _: Step) -> Life:
    return replace(life, waiting=False)


def _resumed(life: Life, _: Step) -> Life:
    return replace(life, held=False)


def _closed(life: Life, _: Step) -> Life:
    order = life.order
    in_time = order is not None and life.handle == "running" and order.handle == "none"
    life = _now(life, closed=True, **({"handle": "kept"} if in_time else {}))
    return replace(life, handle="none", waiting=False)


def _missed(life: Life, step: Step) -> Life:
    """A miss is whose who had the order then; nobody's, where nobody had it."""
    clock, order = step.told["clock"], life.order
    if clock == "handle" and life.handle == "running":
        return _now(replace(life, handle="missed"), handle="missed")
    if order and clock in ("sign", "contact") and getattr(order, clock) == "running":
        return _now(life, **{clock: "missed"})
    return life


def _assisted(life: Life, step: Step) -> Life:
    return replace(life, handlers=life.handlers | {step.told["unit"]})


def _excluded(life: Life, _: Step) -> Life:
    return replace(life, excluded=True)


def _now(life: Life, **changes: Any) -> Life:
    """The order that somebody has now, changed; nothing, where nobody has one."""
    if life.order is None:
        return life
    return replace(life, orders=(*life.orders[:-1], replace(life.order, **changes)))


def _kept(clock: Clock) -> Clock:
    return "kept" if clock == "running" else clock


ARMS: Mapping[Kind, Callable[[Life, Step], Life]] = {
    "began": _began, "promised": _promised, "dispatched": _dispatched, "bounced": _bounced,
    "signed": _signed, "contacted": _contacted, "replied": _replied, "called": _called,
    "redo": _redo, "extended": _extended, "shelved": _shelved, "resumed": _resumed,
    "closed": _closed, "missed": _missed, "excluded": _excluded, "assisted": _assisted,
}  # fmt: skip
