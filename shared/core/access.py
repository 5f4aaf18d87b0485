"""Who may do what where: one table a service, read by every command and every query. Pure.

An action is named as its route is: a command by its class (`AcceptCase` is `accept_case`), a query
by its operation. What the table does not name, nobody may do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from shared.core.messages import Actor, Command, Forbidden
from shared.core.roles import Role

# anywhere: wherever it is. territory: where the actor answers for. involved: there, and only what
# is their own unit's or what it helps with. unit: there, and only what is their own unit's. own:
# only what is the actor's own, wherever.
Where = Literal["anywhere", "territory", "involved", "unit", "own"]
# nothing: anyone may. code: whoever has the number and the code of a petition.
Public = Literal["nothing", "code"]
Within = Callable[[str, str], bool]
Roles = frozenset[Role]


@dataclass(frozen=True)
class Grant:
    """These roles may do it there."""

    roles: Roles
    where: Where = "territory"


@dataclass(frozen=True)
class Thing:
    """What a command or a query is about: where it lies, whose order and whose own it is, which
    units help.

    Several territories where it concerns several: an actor must answer for all of them.
    """

    territories: tuple[str, ...] = ()
    unit: str | None = None
    owner: str | None = None
    helpers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reach:
    """What of many things an actor may see: those of a territory (None: of all), of a unit, of an
    owner."""

    territory: str | None = None
    unit: str | None = None
    owner: str | None = None


@dataclass(frozen=True)
class Separation:
    """Whoever did one of `done` may not do `then` in the same matter, or not with what it is `of`.

    No role is an exception. `rule` holds it, as a part of the aggregate's decider: it gets command
    and state, and raises Forbidden with a code that is its own name. They are told `apart` by
    person or by unit.
    """

    done: tuple[str, ...]
    then: str
    apart: Literal["person", "unit"]
    rule: Callable[[Any, Any], None]
    of: str | None = None

    @property
    def code(self) -> str:
        """The code of the refusal."""
        return self.rule.__name__


@dataclass(frozen=True)
class Access:
    """`actions` by name; `fields` that are shown to some roles only, by name; what two people have
    to do; `public` has the operations that need no token, and what they need instead."""

    actions: Mapping[str, Sequence[Grant]]
    fields: Mapping[str, Roles] = field(default_factory=dict)
    separations: Sequence[Separation] = ()
    public: Mapping[str, Public] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """Every operation that somebody may ask."""
        return frozenset({*self.actions, *self.public})

    def check(self, actor: Actor, action: str, thing: Thing, within: Within) -> None:
        """Raises Forbidden when the actor may not do this to that thing."""
        refusal: Forbidden | None = None
        for grant in self._granted(actor, action):
            refusal = _refusal(actor, grant, thing, within)
            if refusal is None:
                return
        raise refusal or self._missing(action)

    def check_role(self, actor: Actor, action: str) -> None:
        """Raises Forbidden for a role that may not do it to anything."""
        if not self._granted(actor, action):
            raise self._missing(action)

    def allows(self, actor: Actor, action: str, thing: Thing, within: Within) -> bool:
        """Whether the actor may do this to that thing."""
        granted = self._granted(actor, action)
        return any(_refusal(actor, grant, thing, within) is None for grant in granted)

    def reach(self, actor: Actor, action: str, wanted: Reach, within: Within) -> Reach:
        """What an actor may see of what they ask for, by the widest of their grants.

        Raises Forbidden for a role that may not ask, for a territory or a unit that is not theirs.
        """
        granted = self._granted(actor, action)
        if not granted:
            raise self._missing(action)
        where = min((grant.where for grant in granted), key=WIDEST.index)
        if where == "anywhere":
            return wanted
        if where == "own":
            return Reach(wanted.territory, wanted.unit, actor.id)
        territory = wanted.territory or actor.territory
        if not within(territory, actor.territory):
            raise outside(territory, actor)
        if where == "territory":
            return Reach(territory, wanted.unit, wanted.owner)
        if not actor.unit:
            raise Forbidden("no_unit", "your token names no unit")
        if wanted.unit not in (None, actor.unit):
            raise Forbidden("outside_unit", f"your unit is {actor.unit}")
        return Reach(territory, actor.unit, wanted.owner)

    def hidden(self, actor: Actor) -> frozenset[str]:
        """The fields that are not shown to this actor."""
        return frozenset(name for name, roles in self.fields.items() if not actor.roles & roles)

    def _granted(self, actor: Actor, action: str) -> list[Grant]:
        return [grant for grant in self.actions.get(action, ()) if actor.roles & grant.roles]

    def _missing(self, action: str) -> Forbidden:
        roles = sorted({role for grant in self.actions.get(action, ()) for role in grant.roles})
        detail = f"this is for the roles {', '.join(roles)}" if roles else "this is for nobody"
        return Forbidden("role_missing", detail)


WIDEST: Sequence[Where] = ("anywhere", "territory", "involved", "unit", "own")


def action_of(command: type[Command]) -> str:
    """The name of a command's action: `AcceptCase` is `accept_case`."""
    return _parted(command.__name__)


@cache
def _parted(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def outside(territory: str, actor: Actor) -> Forbidden:
    """The refusal for what lies elsewhere."""
    return Forbidden("outside_territory", f"{territory} lies outside {actor.territory}")


def _refusal(actor: Actor, grant: Grant, thing: Thing, within: Within) -> Forbidden | None:
    if grant.where == "anywhere":
        return None
    if grant.where == "own":
        return None if thing.owner == actor.id else Forbidden("not_your_own", "this is not yours")
    for territory in thing.territories:
        if not within(territory, actor.territory):
            return outside(territory, actor)
    theirs = {thing.unit, *(thing.helpers if grant.where == "involved" else ())} - {None}
    if grant.where in ("involved", "unit") and actor.unit not in theirs:
        return Forbidden("not_your_unit", f"this is with {thing.unit or 'no unit'}")
    return None
