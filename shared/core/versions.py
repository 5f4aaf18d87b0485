"""Rules as a district publishes them, version by version: published once and whole, withdrawn only
before they start, the narrowest in force. Pure.

All versions of one kind of rules are one stream, so that a version that is taken, and which of two
was published last, are decided on one state. There are a few a year: nothing contends for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, Protocol, TypeVar

from shared.core.in_force import Versioned, in_force
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.state import replace

State = Literal["in_force", "to_come", "past", "withdrawn"]


class Rules(Versioned, Protocol):
    """`version` is what they are called, for ever. `sources` say where each figure comes from."""

    @property
    def version(self) -> str:
        """What they are called."""

    @property
    def sources(self) -> Mapping[str, str]:
        """Where each figure comes from."""


R = TypeVar("R", bound=Rules)


@dataclass(frozen=True)
class Published(Generic[R]):
    """`versions` in the order in which they were published; `withdrawn` are some of them. `touched`
    is where the last of which something was told is in force."""

    versions: tuple[R, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    district: str = ""
    touched: str = ""

    def of(self, version: str) -> R | None:
        """The rules of this version; None where none were published."""
        return next((one for one in self.versions if one.version == version), None)

    @property
    def standing(self) -> tuple[R, ...]:
        """Those that were not withdrawn."""
        return tuple(one for one in self.versions if one.version not in self.withdrawn)

    def place_of(self, version: str) -> str:
        """Where the rules of this version are in force, or would be: their scope, or else the whole
        district; empty where nothing was ever published."""
        rules = self.of(version)
        return (rules.scope if rules else "") or self.district

    def with_rules(self, rules: R, district: str) -> Published[R]:
        """With one version more."""
        versions, touched = (*self.versions, rules), rules.scope or district
        return replace(self, versions=versions, district=district, touched=touched)

    def without(self, version: str) -> Published[R]:
        """With this version withdrawn."""
        withdrawn = self.withdrawn | {version}
        return replace(self, withdrawn=withdrawn, touched=self.place_of(version))


@dataclass(frozen=True)
class Shelf(Generic[R]):
    """`versions` in the order in which they were published, after those that everybody begins
    with, which are the first."""

    versions: tuple[R, ...]

    def in_force(self, above: Sequence[str], moment: datetime) -> R:
        """The rules of a place, given with all that it lies in, the narrowest first; those that
        everybody begins with where no others have started."""
        return in_force(self.versions, above, moment) or self.versions[0]

    def of(self, version: str) -> R | None:
        """The rules of this version, whenever they start; None where there are none."""
        return next((one for one in self.versions if one.version == version), None)


def publishable(published: Published[R], first: R, rules: R, at: datetime) -> None:
    """Raises Rejected for a version that there was, and for rules that start before today; `first`
    are those that everybody begins with."""
    if rules.version == first.version or published.of(rules.version) is not None:
        detail = f"there were rules {rules.version} already: what they decided names them"
        raise Rejected("version_taken", detail, "rules/version")
    if rules.starts < (today := _day(at)):
        detail = f"they can start today, {today}, at the earliest: rules change nothing past"
        raise Rejected("starts_in_the_past", detail, "rules/starts")


def sourced(rules: Rules, figures: Iterable[str]) -> None:
    """Raises Rejected for a figure of these that does not say where it comes from."""
    for name in figures:
        if name not in rules.sources:
            detail = f"say where {name} comes from, or that it is your own"
            raise Rejected("source_missing", detail, f"rules/sources/{name}")


def withdrawable(published: Published[R], version: str, at: datetime) -> None:
    """Raises Rejected for a version that there is not, that was withdrawn, or that has started."""
    rules = published.of(version)
    if rules is None:
        raise Rejected("no_such_rules", f"no rules {version} were published", "version")
    if version in published.withdrawn:
        raise Rejected("is_withdrawn", f"rules {version} were withdrawn already")
    if rules.starts <= _day(at):
        detail = f"they are in force since {rules.starts}: publish others instead"
        raise Rejected("rules_have_started", detail)


def state_of(published: Published[R], first: R, rules: R, at: datetime) -> State:
    """How it stands with rules that were published, or with the `first`; `past` are those that
    others of the same scope have followed."""
    if rules.version in published.withdrawn:
        return "withdrawn"
    if rules.starts > _day(at):
        return "to_come"
    of_scope = tuple(one for one in (first, *published.standing) if one.scope == rules.scope)
    current = Shelf(of_scope).in_force((rules.scope,) if rules.scope else (), at)
    return "in_force" if current.version == rules.version else "past"


def _day(at: datetime) -> date:
    return date.fromisoformat(day_of(at))
