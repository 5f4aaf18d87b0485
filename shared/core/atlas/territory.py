"""One territory through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.core.atlas.kinds import Kind


@dataclass(frozen=True)
class Stay:
    """A time in a territory, or as a member of a block; without an end while it lasts."""

    root: str
    since: datetime
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether it lasted at that moment; the end does not belong to it."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True)
class Territory:
    """`names` since when, the last one now; `stays` says where it lay, one after the other, and the
    district lies nowhere. `out_of` are the territories it was made from, `into` what was made of
    it; both are empty for most."""

    code: str
    kind: Kind
    names: tuple[tuple[datetime, str], ...]
    since: datetime
    until: datetime | None = None
    stays: tuple[Stay, ...] = ()
    blocks: tuple[Stay, ...] = ()
    out_of: tuple[str, ...] = ()
    into: tuple[str, ...] = ()

    def exists(self, moment: datetime) -> bool:
        """Whether it was on the map at that moment."""
        return self.since <= moment and (self.until is None or moment < self.until)

    def parent(self, moment: datetime) -> str | None:
        """Where it lay at that moment; before its time where it first lay, after it where it
        last lay. None for the district."""
        if not self.stays:
            return None
        for stay in reversed(self.stays):
            if stay.since <= moment:
                return stay.root
        return self.stays[0].root

    def name(self, moment: datetime) -> str:
        """What it was called at that moment; before its time, its first name."""
        for since, name in reversed(self.names):
            if since <= moment:
                return name
        return self.names[0][1]

    @property
    def changed(self) -> datetime:
        """When it last began, ended, moved, or joined or left a block."""
        times = [self.since, *(stay.since for stay in self.stays)]
        for block in self.blocks:
            times.append(block.until or block.since)
        return max(times if self.until is None else [*times, self.until])
