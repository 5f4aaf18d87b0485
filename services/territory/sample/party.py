"""Party organisations of streets, blocks, communities, estates and buildings (S2: street, block,
community; S4: community, estate, building)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import BLOCKS, LARGEST, MERGED, MERGED_AT, MERGER, STREETS
from services.territory.sample.shape import Shape
from services.territory.unit.commands import FormUnit

FORMED = day("2018-03-01")
# Blocks cut across streets; the street whose committee leads each is invented.
LEADS: Mapping[str, str] = {
    "block-tianxin": "tianxin", "block-jingkan": "tianxin", "block-xiangtianqiao": "jianning",
    "block-qiaoliangchang": "shengli", "block-5": "baiyuan", "block-6": "lingjiaoshan",
}  # fmt: skip


def organisation(territory: str) -> str:
    """The code of a territory's Party organisation."""
    return f"party-{territory}"


def forms(district: Shape) -> Iterator[FormUnit]:
    """Each after the one it lies under. The two estates that were merged have one branch."""
    for street in STREETS:
        yield _formed(street.code, f"{street.name}大工委", None)
    for block in BLOCKS:
        yield _formed(block.code, f"{block.name}大党委", LEADS[block.code])
    blocks = dict(district.members)
    for one in district.communities:
        yield _formed(one.code, f"{one.name}党委", blocks[one.code])
    for estate in district.estates:
        if estate.code not in MERGED:
            yield _formed(estate.code, f"{estate.name}党支部", estate.community)
    yield _formed(MERGER.code, f"{MERGER.name}党支部", MERGER.parent, MERGED_AT)
    yield from _groups(district)


def _groups(district: Shape) -> Iterator[FormUnit]:
    """S4: groups of buildings; in the largest community, too."""
    for estate in district.estates:
        merged = estate.code in MERGED
        if merged or estate.community == LARGEST:
            branch, at = (MERGER.code, MERGED_AT) if merged else (estate.code, FORMED)
            for number, (building, _) in enumerate(estate.doors(), start=1):
                yield _formed(building, f"{estate.name}{number}栋党小组", branch, at)


def _formed(territory: str, name: str, under: str | None, at: datetime = FORMED) -> FormUnit:
    return FormUnit(
        at=at, code=organisation(territory), kind="party_organisation", name=name,
        territory=territory, parent=organisation(under) if under else None, **MEANT,
    )  # fmt: skip
