"""A time bank written another way: for each person a list of lines and the requests that are open.
What somebody has is the sum of the lines; nothing else is kept."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Person:
    """`lines` came (+) and went (-); `open` is put aside by request."""

    lines: list[int] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    records: dict[int, int] = field(default_factory=dict)
    served: dict[int, int] = field(default_factory=dict)
    closed: bool = False

    @property
    def net(self) -> int:
        return sum(self.lines)

    @property
    def held(self) -> int:
        return sum(self.open.values())

    @property
    def free(self) -> int:
        return max(self.net - self.held, 0)

    @property
    def debt(self) -> int:
        return max(self.held - self.net, 0)

    def room(self, cap: int) -> int:
        """How much may come in: up to the cap, or up to what is put aside if that is more."""
        return max(cap, self.net, self.held) - self.net


class Reference:
    """The bank of some people and one pool. Each step says whether it is taken."""

    def __init__(self, people: int, cap: int, opens: int) -> None:
        self.people = [Person() for _ in range(people)]
        self.cap = cap
        self.opens = opens
        self.pool: list[int] = []
        self.spent: list[int] = []
        self.made: list[int] = []
        self.taken_back: list[int] = []

    def deposit(self, who: int, record: int, minutes: int) -> bool:
        """An approved record."""
        person = self.people[who]
        if person.closed:
            return False
        saved = min(minutes, person.room(self.cap))
        person.lines.append(saved)
        person.records[record], person.served[record] = saved, minutes
        self.made.append(saved)
        return True

    def reverse(self, who: int, record: int) -> bool:
        """The record counts no more."""
        person = self.people[who]
        if record not in person.records:
            return False
        saved = person.records.pop(record)
        del person.served[record]
        person.lines.append(-saved)
        self.taken_back.append(saved)
        return True

    def hold(self, who: int, help_: int, minutes: int) -> bool:
        """Minutes put aside."""
        person = self.people[who]
        if not self._spends(person, minutes) or help_ in person.open or not self._opened(person):
            return False
        person.open[help_] = minutes
        return True

    def release(self, who: int, help_: int) -> bool:
        """They are free again."""
        person = self.people[who]
        return not person.closed and person.open.pop(help_, None) is not None

    def redeem(self, who: int, help_: int, minutes: int) -> bool:
        """Some of them are spent, and the rest is free."""
        person = self.people[who]
        if person.closed or not 0 < minutes <= person.open.get(help_, 0):
            return False
        del person.open[help_]
        person.lines.append(-minutes)
        self.spent.append(minutes)
        return True

    def give(self, who: int, to: int, minutes: int) -> bool:
        """A gift: taken where it fits on both sides."""
        giver, other = self.people[who], self.people[to]
        if who == to or other.closed or not self._opened(giver):
            return False
        if not self._spends(giver, minutes) or minutes > other.room(self.cap):
            return False
        giver.lines.append(-minutes)
        other.lines.append(minutes)
        return True

    def donate(self, who: int, minutes: int) -> bool:
        """Into the pool."""
        if not self._spends(self.people[who], minutes):
            return False
        self.people[who].lines.append(-minutes)
        self.pool.append(minutes)
        return True

    def draw(self, minutes: int) -> bool:
        """Out of the pool."""
        if not 0 < minutes <= sum(self.pool):
            return False
        self.pool.append(-minutes)
        self.spent.append(minutes)
        return True

    def bring_in(self, who: int, minutes: int) -> bool:
        """From elsewhere, whatever the cap."""
        person = self.people[who]
        if person.closed or minutes <= 0:
            return False
        person.lines.append(minutes)
        self.made.append(minutes)
        return True

    def bequeath(self, who: int, heir: int) -> bool:
        """All that is free goes on, whatever the cap; what is owed stays."""
        giver, other = self.people[who], self.people[heir]
        if who == heir or giver.closed or other.closed or giver.open:
            return False
        left = giver.free
        giver.lines.append(-left)
        other.lines.append(left)
        giver.closed = True
        return True

    def leave(self, who: int) -> bool:
        """All goes out of the district."""
        person = self.people[who]
        if person.closed or person.open or person.debt:
            return False
        self.spent.append(person.net)
        person.lines.append(-person.net)
        person.closed = True
        return True

    def balanced(self) -> bool:
        """Whether what was made is somewhere: with people, in the pool, spent, or taken back."""
        there = sum(person.net for person in self.people) + sum(self.pool) + sum(self.spent)
        return there == sum(self.made) - sum(self.taken_back)

    def _spends(self, person: Person, minutes: int) -> bool:
        return not person.closed and 0 < minutes <= person.free

    def _opened(self, person: Person) -> bool:
        return sum(person.served.values()) >= self.opens
