"""Whose figures an actor may see: those of their own territory. Pure."""

from __future__ import annotations

from shared.core.messages import Actor, Forbidden
from shared.core.territory import within

READERS = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})


def figures(actor: Actor, territory: str | None) -> str:
    """The subtree whose figures an actor may read, narrowed by what they ask for.

    Raises Forbidden for a role that reads none and for a territory that is not theirs.
    """
    if not actor.roles & READERS:
        raise Forbidden("role_missing", "your roles do not include reading reports")
    wanted = territory or actor.territory
    if not within(wanted, actor.territory):
        raise Forbidden("outside_territory", f"{wanted} lies outside {actor.territory}")
    return wanted
