"""How often in a row something happened, between the days on which it did not."""

from __future__ import annotations

from dataclasses import dataclass

KEPT = 60  # gaps that are remembered; what lies before them is not told apart any more


@dataclass(frozen=True)
class Runs:
    """`gaps` are the days on which it did not happen, the earliest first; `lengths` how often it
    did before, between and after them."""

    lengths: tuple[int, ...] = (0,)
    gaps: tuple[str, ...] = ()

    @property
    def streak(self) -> int:
        """How often in a row, up to now."""
        return self.lengths[-1]

    @property
    def longest(self) -> int:
        """The longest run of those that are remembered."""
        return max(self.lengths)

    def happened(self, day: str) -> Runs:
        """It happened on this day; a gap that it fills is none any more."""
        if day in self.gaps:
            at = self.gaps.index(day)
            joined = self.lengths[at] + 1 + self.lengths[at + 1]
            lengths = (*self.lengths[:at], joined, *self.lengths[at + 2 :])
            return Runs(lengths, (*self.gaps[:at], *self.gaps[at + 1 :]))
        at = sum(gap < day for gap in self.gaps)
        lengths = (*self.lengths[:at], self.lengths[at] + 1, *self.lengths[at + 1 :])
        return Runs(lengths, self.gaps)

    def failed(self, day: str) -> Runs:
        """It did not happen on this day, the latest of which anything is known."""
        lengths, gaps = (*self.lengths, 0), (*self.gaps, day)
        return Runs(lengths[-KEPT - 1 :], gaps[-KEPT:])

    def text(self) -> str:
        """In words that `runs_of` reads."""
        return " ".join(map(str, self.lengths)) + "|" + " ".join(self.gaps)


def runs_of(text: str) -> Runs:
    """The runs that were put into these words."""
    lengths, gaps = text.split("|")
    return Runs(tuple(map(int, lengths.split())), tuple(gaps.split()))
