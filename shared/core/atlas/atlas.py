"""All territories of a district through time, as the events of its map leave them.

Nothing is taken off: a territory that was merged or split stays, with its end and what became of
it. Whoever keeps the events, keeps the atlas: the owner of the map and every service beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import immutables

from shared.core.atlas.kinds import Kind
from shared.core.atlas.territory import Stay, Territory
from shared.core.state import replace


@dataclass(frozen=True)
class New:
    """A territory to come: its code, never used before, and where it will lie."""

    code: str
    kind: Kind
    name: str
    parent: str | None


@dataclass(frozen=True)
class Atlas:
    """`below` names, for each territory, all that ever lay in it or were its members."""

    territories: immutables.Map[str, Territory] = field(default_factory=immutables.Map)
    below: immutables.Map[str, tuple[str, ...]] = field(default_factory=immutables.Map)
    district: str = ""

    def get(self, code: str) -> Territory | None:
        """The territory of this code, whatever became of it."""
        return self.territories.get(code)

    def registered(self, new: New, at: datetime, out_of: Sequence[str] = ()) -> Atlas:
        """With this territory from then on."""
        stays = (Stay(new.parent, at),) if new.parent is not None else ()
        made = Territory(
            new.code, new.kind, ((at, new.name),), at, stays=stays, out_of=tuple(out_of)
        )
        territories = self.territories.set(new.code, made)
        if new.parent is None:
            return Atlas(territories, self.below, new.code)
        below = self.below.set(new.parent, (*self.below.get(new.parent, ()), new.code))
        return Atlas(territories, below, self.district)

    def renamed(self, code: str, name: str, at: datetime) -> Atlas:
        """With this name from then on; what is recorded there goes by the code."""
        renamed = self.territories[code]
        return self._with([replace(renamed, names=(*renamed.names, (at, name)))])

    def moved(self, codes: Iterable[str], parent: str, at: datetime) -> Atlas:
        """With these lying in that territory from then on."""
        moved = [_moved(self.territories[code], parent, at) for code in codes]
        below = self._joined(parent, [one.code for one in moved])
        return replace(self._with(moved), below=below)

    def joined(self, code: str, block: str, at: datetime) -> Atlas:
        """With this territory a member of that block from then on."""
        member = self.territories[code]
        member = replace(member, blocks=(*member.blocks, Stay(block, at)))
        return replace(self._with([member]), below=self._joined(block, [code]))

    def left(self, code: str, block: str, at: datetime) -> Atlas:
        """With this territory no member of that block any more."""
        member = self.territories[code]
        blocks = tuple(
            replace(stay, until=at) if stay.root == block and stay.until is None else stay
            for stay in member.blocks
        )
        return self._with([replace(member, blocks=blocks)])

    def merged(self, codes: Sequence[str], new: New, at: datetime) -> Atlas:
        """With one territory in place of several, and all that lay in them in it. It is a member
        of the blocks that all of them were members of."""
        inner = [one for code in codes for one in self.inner(code, at)]
        made = self.registered(new, at, out_of=codes).moved(inner, new.code, at)
        shared = set.intersection(*(set(self.blocks(code, at)) for code in codes))
        for block in sorted(shared):
            made = made.joined(new.code, block, at)
        return made._ended(codes, [new.code], at)

    def split(self, code: str, parts: Mapping[str, Sequence[str]], new: Sequence[New],
              at: datetime) -> Atlas:  # fmt: skip
        """With several territories in place of one; `parts` says what goes into which. They are
        members of the blocks that it was a member of."""
        atlas = self
        for part in new:
            atlas = atlas.registered(part, at, out_of=[code])
            atlas = atlas.moved(parts[part.code], part.code, at)
            for block in self.blocks(code, at):
                atlas = atlas.joined(part.code, block, at)
        return atlas._ended([code], [part.code for part in new], at)

    def closed(self, code: str, at: datetime) -> Atlas:
        """With this territory off the map from then on, and nothing in its place."""
        return self._ended([code], [], at)

    def inner(self, code: str, moment: datetime) -> list[str]:
        """What lay directly in it at that moment, in order of registration."""
        return [
            below
            for below in self.below.get(code, ())
            if (one := self.territories[below]).exists(moment) and one.parent(moment) == code
        ]

    def blocks(self, code: str, moment: datetime) -> list[str]:
        """The blocks it was a member of at that moment."""
        return [stay.root for stay in self.territories[code].blocks if stay.holds(moment)]

    def roots(self, code: str, moment: datetime) -> list[str]:
        """What it lay in or was a member of at that moment; nothing before and after its time."""
        one = self.territories[code]
        parent = one.parent(moment)
        if not one.exists(moment):
            return []
        return [*([parent] if parent else []), *self.blocks(code, moment)]

    def _ended(self, codes: Iterable[str], into: Sequence[str], at: datetime) -> Atlas:
        return self._with(
            replace(
                ended,
                until=at,
                into=tuple(into),
                blocks=tuple(
                    replace(stay, until=at) if stay.until is None else stay for stay in ended.blocks
                ),
            )
            for ended in (self.territories[code] for code in codes)
        )

    def _with(self, changed: Iterable[Territory]) -> Atlas:
        territories = self.territories.update({one.code: one for one in changed})
        return replace(self, territories=territories)

    def _joined(self, root: str, codes: Sequence[str]) -> immutables.Map[str, tuple[str, ...]]:
        known = self.below.get(root, ())
        fresh = tuple(code for code in codes if code not in known)
        return self.below.set(root, known + fresh) if fresh else self.below


def _moved(territory: Territory, parent: str, at: datetime) -> Territory:
    *before, last = territory.stays
    return replace(territory, stays=(*before, replace(last, until=at), Stay(parent, at)))
