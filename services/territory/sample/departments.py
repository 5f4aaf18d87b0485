"""The units of a district that handle cases: departments, street offices and police stations,
service centres. Their names are those of any district."""

from __future__ import annotations

from collections.abc import Iterator

from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import DISTRICT, STREETS
from services.territory.sample.shape import Shape
from services.territory.unit.commands import FormUnit
from services.territory.unit.words import UnitKind

FORMED = day("2018-01-02")
TOP = "district-government"
POLICE = "public-security"

# Code and name; all of them lie under the district's government.
DEPARTMENTS = (
    (POLICE, "公安分局"), ("traffic-police", "交警大队"), ("fire-brigade", "消防救援大队"),
    ("city-management", "城市管理局"), ("housing", "住房和城乡建设局"), ("water", "水务局"),
    ("environment", "生态环境分局"), ("market-supervision", "市场监督管理局"),
    ("civil-affairs", "民政局"), ("human-resources", "人力资源和社会保障局"),
    ("health", "卫生健康局"), ("education", "教育局"), ("culture", "文化旅游局"),
    ("justice", "司法局"), ("veterans-affairs", "退役军人事务局"), ("petition-office", "信访局"),
    ("organisation-department", "组织部"), ("district-office", "区委办公室"),
)  # fmt: skip
# Code, name, and the department each lies under.
CENTRES = (
    ("community-repair", "便民维修中心", "housing"),
    ("service-station", "党群服务指导中心", "civil-affairs"),
    ("mediation-room", "矛盾纠纷调解中心", "justice"),
    ("green-care", "园林环卫中心", "city-management"),
    ("elder-services", "养老服务中心", "civil-affairs"),
)


def office(street: str) -> str:
    """The code of a street's office."""
    return f"{street}-office"


def police(street: str) -> str:
    """The code of a street's police station."""
    return f"{street}-police"


def centre(community: str) -> str:
    """The code of a community's service centre."""
    return f"{community}-centre"


def forms(district: Shape) -> Iterator[FormUnit]:
    """Each after the one it lies under."""
    yield _formed(TOP, "区人民政府", DISTRICT, None)
    for code, name in DEPARTMENTS:
        yield _formed(code, name, DISTRICT, TOP)
    for code, name, parent in CENTRES:
        yield _formed(code, name, DISTRICT, parent, centre=True)
    for street in STREETS:
        short = street.name.removesuffix("街道")
        yield _formed(office(street.code), f"{street.name}办事处", street.code, TOP)
        yield _formed(police(street.code), f"{short}派出所", street.code, POLICE)
    for one in district.communities:
        name, parent = f"{one.name}党群服务中心", office(one.parent or "")
        yield _formed(centre(one.code), name, one.code, parent, centre=True)


def _formed(
    code: str, name: str, territory: str, parent: str | None, *, centre: bool = False
) -> FormUnit:
    kind: UnitKind = "service_centre" if centre else "department"
    return FormUnit(
        at=FORMED, code=code, kind=kind, name=name, territory=territory, parent=parent, **MEANT
    )
