"""What an actor may see: their territory, their own petitions, their unit's orders. Pure."""

from __future__ import annotations

from typing import TypedDict

from services.grievance.projections.case_register import CaseRow
from shared.core.messages import Actor, Forbidden
from shared.core.territory import within

WIDE = frozenset(
    {"grid_worker", "building_head", "dispatcher", "first_receiver", "callback_agent",
     "supervisor", "district_observer", "auditor", "importer"}
)  # fmt: skip
REPORTS = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})
CONTACTS = frozenset({"name", "phone", "address"})
REVEAL = frozenset({"dispatcher", "first_receiver", "handling_unit", "callback_agent"})


def may_see(actor: Actor, row: CaseRow) -> bool:
    """Whether this case is theirs to see."""
    if actor.roles & WIDE and within(row.territory, actor.territory):
        return True
    if "handling_unit" in actor.roles and row.unit is not None and row.unit == actor.unit:
        return within(row.territory, actor.territory)
    return "resident" in actor.roles and row.raised_by == actor.id


def withheld(actor: Actor) -> frozenset[str]:
    """The sealed fields that are not opened for them."""
    return frozenset() if actor.roles & REVEAL else CONTACTS


class Scope(TypedDict):
    """A part of the register: a territory's subtree ("" for all), a unit's orders, one's own."""

    territory: str
    unit: str | None
    raised_by: str | None


def scope(actor: Actor, territory: str | None, unit: str | None) -> Scope:
    """The part of the register an actor may list, narrowed by what they ask for.

    Raises Forbidden for a territory or a unit that is not theirs.
    """
    if actor.roles & WIDE:
        return {"territory": _inside(actor, territory), "unit": unit, "raised_by": None}
    if "handling_unit" in actor.roles and actor.unit:
        if unit not in (None, actor.unit):
            raise Forbidden("outside_unit", f"your unit is {actor.unit}")
        wanted = _inside(actor, territory)
        return {"territory": wanted, "unit": actor.unit, "raised_by": None}
    if "resident" in actor.roles:
        return {"territory": territory or "", "unit": unit, "raised_by": actor.id}
    raise Forbidden("role_missing", "your roles do not include reading the register")


def figures(actor: Actor, territory: str | None) -> str:
    """The subtree whose figures an actor may read, narrowed by what they ask for.

    Raises Forbidden.
    """
    if not actor.roles & REPORTS:
        raise Forbidden("role_missing", "your roles do not include reading reports")
    return _inside(actor, territory)


def workload(actor: Actor, territory: str | None, unit: str | None) -> tuple[str, str | None]:
    """The subtree and the unit, None for all, whose backlog an actor may read. Raises Forbidden.

    A unit reads its own.
    """
    if actor.roles & REPORTS or not ("handling_unit" in actor.roles and actor.unit):
        return figures(actor, territory), unit
    if unit not in (None, actor.unit):
        raise Forbidden("outside_unit", f"your unit is {actor.unit}")
    return _inside(actor, territory), actor.unit


def _inside(actor: Actor, territory: str | None) -> str:
    wanted = territory or actor.territory
    if not within(wanted, actor.territory):
        raise Forbidden("outside_territory", f"{wanted} lies outside {actor.territory}")
    return wanted
