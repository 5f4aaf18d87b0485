"""Invented names of estates, communities and parks."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

FIRST = "东南西北春夏秋冬金银玉翠福安康宁和顺永新长兴广源文明"
SECOND = "湖山河桥塘岭园林苑庭湾坪溪泉井街门楼城风华景阳光"
PARK_KINDS = ("口袋公园", "小游园", "公园")
ESTATE_KINDS = ("小区", "花园", "新村", "家园", "生活区", "宿舍", "苑")


def estates(chance: Random) -> str:
    """A name an old estate could have."""
    return f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(ESTATE_KINDS)}"


def communities(chance: Random) -> str:
    """A name a community could have."""
    return f"{chance.choice(FIRST)}{chance.choice(SECOND)}社区"


def parks(chance: Random) -> str:
    """A name a small park could have."""
    return f"{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(PARK_KINDS)}"


def fresh(chance: Random, make: Callable[[Random], str], taken: set[str]) -> str:
    """A name not taken yet; taken now. Numbered once the words run out."""
    for _ in range(50):
        name = make(chance)
        if name not in taken:
            taken.add(name)
            return name
    name = f"{name}{len(taken)}"
    taken.add(name)
    return name
