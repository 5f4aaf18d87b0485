"""What the founding documents tell of places: how an estate is managed and since when, what was
counted there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from services.territory.profile.commands import (
    AdoptGovernanceModel,
    DeclareFigure,
    ProfileCommand,
    SetManagementMode,
    TakeOverManagement,
)
from services.territory.profile.words import Figure, Measure
from services.territory.sample.clerk import MEANT

# S3: the mill went bankrupt and nobody managed its estate; the community took it over.
MILL_CLOSED = datetime(2002, 12, 31, 16, tzinfo=UTC)
MILL_TAKEN_OVER = datetime(2019, 12, 31, 16, tzinfo=UTC)
# S1: the mine closed; there is no property company, the community does what one would.
MINE_CLOSED = datetime(2019, 12, 31, 16, tzinfo=UTC)
TOLD = datetime(2024, 3, 26, 16, tzinfo=UTC)

# Place, figure, value, unit of measure, document.
FIGURES: tuple[tuple[str, Figure, int, Measure, str], ...] = (
    ("shili", "renovated_estates", 141, "count", "S0"),
    ("shili", "households", 24_000, "households", "S0"),
    ("shili", "parks", 37, "count", "S0"),
    ("shili", "volunteers", 140_000, "persons", "S0"),
    ("shili", "good_air_days", 930, "permille", "S0"),
    ("huolongjing", "population", 17_000, "persons", "S0"),
    ("tielu-sushe", "households", 580, "households", "S0"),
    ("tielu-sushe", "built_decade", 1960, "year", "S0"),
    ("xincun-kuangqu", "households", 416, "households", "S1"),
    ("xincun-kuangqu", "illegal_structures", 275, "count", "S1"),
    ("xincun-kuangqu", "built_decade", 1980, "year", "S1"),
)


def told() -> Iterator[ProfileCommand]:
    """One command after the other, those of one place in order of time."""
    yield SetManagementMode(territory="litai", mode="unmanaged", at=MILL_CLOSED, **MEANT)
    yield TakeOverManagement(territory="litai", mode="community", at=MILL_TAKEN_OVER, **MEANT)
    mine = "xincun-kuangqu"
    yield SetManagementMode(territory=mine, mode="state_enterprise", at=MILL_CLOSED, **MEANT)
    yield SetManagementMode(territory=mine, mode="community", at=MINE_CLOSED, **MEANT)
    yield AdoptGovernanceModel(territory="huolongjing", model="one_n_x", at=TOLD, **MEANT)
    yield AdoptGovernanceModel(territory="chezhan", model="tian_shaped", at=TOLD, **MEANT)
    for territory, figure, value, measure, source in FIGURES:
        yield DeclareFigure(
            territory=territory, figure=figure, value=value, measure=measure, source="press",
            reference=source, at=TOLD, **MEANT,
        )  # fmt: skip
