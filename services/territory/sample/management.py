"""How each estate was managed since when. What the founding documents tell is told so; of all
others, and where a document names no year, it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from services.territory.profile.commands import (
    AcceptHandover,
    ProfileCommand,
    SetManagementMode,
    StartHandover,
    TakeOverManagement,
)
from services.territory.profile.words import ManagementMode
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import ESTATES, MERGED, MERGED_AT, MERGER
from services.territory.sample.groups import ELECTED, company
from services.territory.sample.shape import Estate, Shape

# S3: the mill went bankrupt in 2003 and nobody managed its estate; the community took it over in
# 2020. S1: the mine closed in 2020; there is no company, the community does what one would.
MILL, MILL_CLOSED, MILL_TAKEN_OVER = "litai", day("2003-01-01"), day("2020-01-01")
MINE, MINE_BUILT, MINE_CLOSED = "xincun-kuangqu", day("1990-01-01"), day("2020-01-01")
# S2: where nobody was in charge, somebody is since the election; what enterprises managed went
# over to new companies. Which estate was which is invented.
UNMANAGED = ("xinyuan", "nanyuan", "hengfeng", "guanghui")
HANDED_OVER = ("meiqi", "haohua-jinyuan", "xuankuang", "zhusuo-youdian", "huodian-xincun")
RAILWAY, RAILWAY_BUILT, RENOVATED = "tielu-sushe", day("1970-01-01"), day("2019-09-01")
LONG_AGO, HANDOVER_BEGAN, KNOWN_SINCE = day("2005-01-01"), day("2018-03-01"), day("2018-03-01")
MODES: tuple[tuple[float, ManagementMode], ...] = (
    (0.40, "property_company"), (0.70, "community"), (0.85, "self_managed"), (1, "unmanaged"),
)  # fmt: skip


def commands(district: Shape, seed: int) -> Iterator[ProfileCommand]:
    """Those of one estate in order of time."""
    yield SetManagementMode(territory=MILL, mode="unmanaged", at=MILL_CLOSED, **MEANT)
    yield TakeOverManagement(territory=MILL, mode="community", at=MILL_TAKEN_OVER, **MEANT)
    yield SetManagementMode(territory=MINE, mode="state_enterprise", at=MINE_BUILT, **MEANT)
    yield SetManagementMode(territory=MINE, mode="community", at=MINE_CLOSED, **MEANT)
    yield SetManagementMode(territory=RAILWAY, mode="state_enterprise", at=RAILWAY_BUILT, **MEANT)
    yield SetManagementMode(territory=RAILWAY, mode="community", at=RENOVATED, **MEANT)
    for code in UNMANAGED:
        yield SetManagementMode(territory=code, mode="unmanaged", at=LONG_AGO, **MEANT)
        yield TakeOverManagement(territory=code, mode="self_managed", at=ELECTED, **MEANT)
    for number, code in enumerate(HANDED_OVER):
        yield from _handed_over(code, company(number))
    for code in MERGED:
        yield SetManagementMode(territory=code, mode="community", at=KNOWN_SINCE, **MEANT)
    yield SetManagementMode(territory=MERGER.code, mode="community", at=MERGED_AT, **MEANT)
    named = {one.code for one in ESTATES}
    for estate in district.estates:
        if estate.code not in named:
            yield _somehow(estate, Random(f"{seed} managed {estate.code}"))


def companies(district: Shape, seed: int) -> dict[str, str]:
    """The company by the estate that it manages now."""
    found: dict[str, str] = {}
    for command in commands(district, seed):
        unit = getattr(command, "unit", None)
        if unit is not None:
            found[command.territory] = unit
    return found


def _handed_over(code: str, unit: str) -> Iterator[ProfileCommand]:
    yield SetManagementMode(territory=code, mode="state_enterprise", at=LONG_AGO, **MEANT)
    yield StartHandover(
        territory=code, mode="property_company", unit=unit, at=HANDOVER_BEGAN, **MEANT
    )
    yield AcceptHandover(territory=code, at=ELECTED, **MEANT)


def _somehow(estate: Estate, chance: Random) -> SetManagementMode:
    drawn, unit = chance.random(), None
    mode = next(mode for upto, mode in MODES if drawn < upto)
    if mode == "property_company":
        unit = company(chance.randrange(1_000))
    return SetManagementMode(territory=estate.code, mode=mode, unit=unit, at=KNOWN_SINCE, **MEANT)
