"""Places that serve the district: those that the founding documents name, a park and a station here
and there, what belongs to them, how they are used. Years that no document gives are invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from services.territory.facility.commands import (
    AddFunction,
    FacilityCommand,
    OpenFacility,
    PlanFacility,
    RecordUse,
    RegisterAsset,
)
from services.territory.facility.decider import facility
from services.territory.facility.words import FacilityKind, Function
from services.territory.sample import names
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import MERGED_AT, MERGER
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Telling, told
from shared.core.local_time import day_of
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Target


class Place(NamedTuple):
    """A facility; `opened` is None for one that is planned only."""

    code: str
    kind: FacilityKind
    name: str
    territory: str
    opened: datetime | None
    functions: Sequence[Function] = ()


OLD_TOWN, MINE, BLOCKS_BEGAN = day("2021-05-01"), day("2021-03-01"), day("2018-09-01")
MILL, MEASURED = day("2020-10-01"), day("2023-06-05")
STATION_FUNCTIONS: Sequence[Function] = (
    "one_stop_window", "deliberation", "activity_room", "mediation", "reading",
)  # fmt: skip
NAMED = (
    # S0: murals, a park along the railway, a culture station in a disused hostel, an image hall, a
    # corridor against drugs.
    Place("railway-park", "park", "“铁路印象”主题公园", "tielu-sushe", OLD_TOWN),
    Place("culture-station", "culture_station", "文化驿站", "huolongjing", OLD_TOWN,
          ("music", "dance", "calligraphy")),
    Place("image-hall", "image_hall", "铁路影像馆", "tielu-sushe", OLD_TOWN, ("exhibition",)),
    Place("sleeper-corridor", "corridor", "枕木禁毒长廊", "tielu-sushe", OLD_TOWN, ("exhibition",)),
    # S1: a centre, a mediation room, a parking shed, pavilions, sports, charging.
    Place("mine-centre", "service_centre", "新村党群服务中心", "xincun", MINE,
          ("one_stop_window", "reading", "training", "activity_room")),
    Place("mine-mediation", "mediation_room", "新村邻里调解室", "xincun", MINE, ("mediation",)),
    Place("mine-parking", "parking", "停车房", "xincun-kuangqu", MINE, ("parking",)),
    Place("mine-charging", "charging", "充电桩", "xincun-kuangqu", MINE, ("charging",)),
    Place("mine-sports", "sports_ground", "健身场", "xincun-kuangqu", MINE, ("sports",)),
    # S2: the first museum of a community, a square, a library, a market, and what was planned.
    Place("works-museum", "museum", "厂史社区博物馆", "jingkan", BLOCKS_BEGAN, ("exhibition",)),
    Place("works-square", "square", "党建主题广场", "jingkan", BLOCKS_BEGAN, ("party_life",)),
    Place("bridge-library", "library", "街区图书馆", "block-qiaoliangchang", BLOCKS_BEGAN,
          ("reading",)),
    Place("elder-university", "elder_university", "社区老年大学", "block-xiangtianqiao",
          BLOCKS_BEGAN, ("training", "culture")),
    Place("youth-care", "youth_care", "青少年关怀中心", "block-xiangtianqiao", BLOCKS_BEGAN,
          ("child_care",)),
    Place("veterans-home", "veterans_home", "军人之家", "block-xiangtianqiao", BLOCKS_BEGAN),
    Place("smart-market", "market", "智能农贸市场", "block-xiangtianqiao", BLOCKS_BEGAN),
    Place("home-care", "elder_care", "居家养老中心", "block-xiangtianqiao", None),
    # S3: a station that hears of things, an academy, a society, a shop, a hall, a clinic's room.
    Place("mill-station", "information_station", "小区情报站", "litai", MILL, ("information",)),
    Place("doorstep-academy", "academy", "“家门口”基层治理学院", "chezhan", MILL, ("training",)),
    Place("doorstep-society", "society", "“家门口”清风社", "chezhan", MILL, ("party_life",)),
    Place("points-shop", "points_shop", "积分超市", "chezhan", MILL, ("points_redemption",)),
    Place("weekend-hall", "deliberation_hall", "周末议事厅", "chezhan", MILL, ("deliberation",)),
    # S4: a station with five functions in an idle house, a square for both estates, a shop.
    Place("sanwan-station", "service_station", "三湾花园党群服务站", MERGER.code, MERGED_AT,
          STATION_FUNCTIONS),
    Place("sanwan-square", "square", "共享活动广场", MERGER.code, MERGED_AT, ("sports",)),
    Place("sanwan-shop", "points_shop", "三湾积分超市", MERGER.code, MERGED_AT,
          ("points_redemption",)),
)  # fmt: skip
PARKS = 37  # S0: new parks and gardens, the one along the railway among them
STATIONS_OPENED, PARKS_BEGAN = day("2019-07-01"), day("2020-04-01")
DAYS_COUNTED = 14
# S0: 38 murals on about 1,500 m².
MURALS, MURAL_DM2 = 38, 150_000


def tellings(district: Shape, seed: int) -> Iterator[Telling]:
    """One for each facility."""
    for place in (*NAMED, *_stations(district), *_parks(district, seed)):
        target = Target(facility, derived(facility.category, place.code))
        commands = [*_opened(place), *_more(place, seed)]
        yield told(f"facility {place.code}", target, commands)


def _stations(district: Shape) -> Iterator[Place]:
    for one in district.communities:
        yield Place(f"{one.code}-service", "service_station", f"{one.name}党群服务站", one.code,
                    STATIONS_OPENED, STATION_FUNCTIONS[:2])  # fmt: skip


def _parks(district: Shape, seed: int) -> Iterator[Place]:
    chance, taken = Random(f"{seed} parks"), set[str]()
    for number in range(1, PARKS):
        community = district.communities[number % len(district.communities)].code
        name = names.fresh(chance, names.parks, taken)
        opened = PARKS_BEGAN + timedelta(days=28 * number)
        yield Place(f"park-{number}", "park", name, community, opened)


def _opened(place: Place) -> Iterator[FacilityCommand]:
    if place.opened is None:
        yield PlanFacility(
            at=BLOCKS_BEGAN, code=place.code, kind=place.kind, name=place.name,
            territory=place.territory, **MEANT,
        )  # fmt: skip
        return
    yield OpenFacility(
        at=place.opened, code=place.code, kind=place.kind, name=place.name,
        territory=place.territory, **MEANT,
    )  # fmt: skip
    for function in place.functions:
        yield AddFunction(at=place.opened, code=place.code, function=function, **MEANT)


def _more(place: Place, seed: int) -> Iterator[FacilityCommand]:
    if place.code == "culture-station":
        yield RegisterAsset(
            at=MEASURED, code=place.code, kind="mural", count=MURALS, area_dm2=MURAL_DM2, **MEANT
        )
    if place.territory == MERGER.code and place.opened is not None:
        chance = Random(f"{seed} visits {place.code}")
        for number in range(1, DAYS_COUNTED + 1):
            at = place.opened + timedelta(days=number)
            before = day_of(at - timedelta(days=1))
            visits = chance.randint(20, 180)
            yield RecordUse(at=at, code=place.code, day=before, visits=visits, **MEANT)
