"""What residents have set up: volunteer teams, owners' committees, a council; and the property
companies that work for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import DISTRICT, LARGEST
from services.territory.sample.shape import Shape
from services.territory.unit.commands import FormUnit
from services.territory.unit.words import UnitKind

FORMED = day("2018-03-01")
# S0: 8 volunteer teams. What each is for is invented.
TEAMS = (
    "环境清扫",
    "文艺宣传",
    "邻里互助",
    "平安巡逻",
    "敬老爱幼",
    "法律服务",
    "便民维修",
    "文明劝导",
)
# S1: veterans on patrol; women who help old people and children, since 1991.
MINE = "xincun"
MINE_TEAMS = (
    ("xincun-team-1", "“新长征”志愿服务队", day("2020-06-01")),
    ("xincun-team-2", "“妈妈帮帮团”", day("1991-01-01")),
)
# S2: owners' committees of the first eight were elected in 2018, that of the last had engaged a
# company by then.
OWNERS = ("xinyuan", "nanyuan", "hengfeng", "guanghui", "meiqi", "haohua-jinyuan", "xuankuang",
          "zhusuo-youdian", "huodian-xincun")  # fmt: skip
ELECTED = day("2018-10-01")
COMPANIES = ("安居", "和顺", "明德", "康宁", "广源", "新城")


def company(number: int) -> str:
    """The code of a property company, of as many as there are in turn."""
    return f"property-{number % len(COMPANIES) + 1}"


def teams(community: str) -> Sequence[str]:
    """The codes of a community's volunteer teams."""
    if community == MINE:
        return [code for code, _, _ in MINE_TEAMS]
    count = len(TEAMS) if community == LARGEST else 1
    return [f"{community}-team-{number}" for number in range(1, count + 1)]


def forms(district: Shape) -> Iterator[FormUnit]:
    """All of them; they lie under no other unit."""
    for number, name in enumerate(COMPANIES):
        yield _formed(company(number), "property_company", f"{name}物业服务公司", DISTRICT)
    for one in district.communities:
        if one.code != MINE:
            short = one.name.removesuffix("社区")
            for code, what in zip(teams(one.code), TEAMS, strict=False):
                yield _formed(code, "volunteer_team", f"{short}{what}志愿服务队", one.code)
    for code, name, at in MINE_TEAMS:
        yield _formed(code, "volunteer_team", name, MINE, at)
    yield _formed(f"{MINE}-council", "residents_council", "新村民情理事会", MINE)
    for estate in district.estates:
        if estate.code in OWNERS:
            name = f"{estate.name}业主委员会"
            yield _formed(f"{estate.code}-owners", "owners_committee", name, estate.code, ELECTED)


def _formed(
    code: str, kind: UnitKind, name: str, territory: str, at: datetime = FORMED
) -> FormUnit:
    return FormUnit(at=at, code=code, kind=kind, name=name, territory=territory, **MEANT)
