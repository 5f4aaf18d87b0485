"""Units that stand by a community, with what they promised and gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import LARGEST
from services.territory.sample.shape import Shape
from services.territory.unit.commands import (
    FormUnit,
    FulfilPledge,
    LinkUnit,
    MakePledge,
    RecordAid,
    UnitCommand,
)

FORMED = day("2018-03-01")
PLEDGED = day("2020-06-01", hour=9)
GIVEN = (day("2020-12-01"), day("2021-12-01"), day("2022-12-01"))
SHARES = (40, 30, 30)  # percent of what was promised, year by year
FULFILLED = day("2022-12-31")

# S0: 8 paired units of city and district gave the community 3 million yuan and more in about three
# years. Names and who gave how much (in yuan) are invented; the sum is 3 million.
PAIRED = (
    ("市文旅发展中心", 600_000), ("区供电服务公司", 520_000), ("市职业技术学院", 450_000),
    ("区自来水公司", 400_000), ("区农商银行", 350_000), ("市规划设计院", 280_000),
    ("区人民医院", 220_000), ("区融媒体中心", 180_000),
)  # fmt: skip
YUAN = {f"paired-{number}": yuan for number, (_, yuan) in enumerate(PAIRED, start=1)}
# S3: the housing bureau stood by the mill's estate, which the community took over in 2020.
SPONSOR, SPONSORED, TAKEN_OVER = "housing", "litai", day("2020-01-01")


def partners(community: str) -> Sequence[str]:
    """The codes of a community's paired units."""
    return [*YUAN] if community == LARGEST else [f"{community}-partner"]


def forms(district: Shape) -> Iterator[FormUnit]:
    """All of them; they lie under no other unit."""
    for one in district.communities:
        short = one.name.removesuffix("社区")
        names = [name for name, _ in PAIRED] if one.code == LARGEST else [f"{short}共建企业联合会"]
        for code, name in zip(partners(one.code), names, strict=True):
            yield FormUnit(
                at=FORMED, code=code, kind="partner_unit", name=name, territory=one.code, **MEANT
            )


def deeds(code: str, before: int) -> Iterator[UnitCommand]:
    """What a unit promised and gave, in fen; so many things are on record of it before."""
    if code == SPONSOR:
        yield LinkUnit(at=TAKEN_OVER, code=code, territory=SPONSORED, linkage="sponsor", **MEANT)
        yield MakePledge(at=TAKEN_OVER, code=code, what="project", due="2020-12-31", **MEANT)
        yield RecordAid(at=GIVEN[0], code=code, kind="labour", pledge=before + 2, **MEANT)
        yield FulfilPledge(at=GIVEN[0], code=code, pledge=before + 2, **MEANT)
    elif code in YUAN:
        yield from _gifts(code, YUAN[code] * 100, before + 1)


def _gifts(code: str, fen: int, pledge: int) -> Iterator[UnitCommand]:
    yield MakePledge(at=PLEDGED, code=code, what="funds", amount_fen=fen, due="2022-12-31", **MEANT)
    for at, share in zip(GIVEN, SHARES, strict=True):
        amount = fen * share // 100
        yield RecordAid(at=at, code=code, kind="funds", amount_fen=amount, pledge=pledge, **MEANT)
    yield FulfilPledge(at=FULFILLED, code=code, pledge=pledge, **MEANT)
