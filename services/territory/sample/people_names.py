"""Invented names and numbers of people."""

from __future__ import annotations

from random import Random

# Commoner ones first: the first of them is chosen most often.
SURNAMES = tuple("李王张刘陈杨周黄唐罗邓何谢彭曾蒋欧吴肖胡谭贺易龙段尹雷文秦向")
RARER = ("欧阳", "苗", "管", "柏", "阎", "荆", "聂", "卜")
GIVEN = (
    "家安国明文平春秋永兴芳兰秀英玉梅桂珍建军志强海波小丽红霞雪云晓东立新少华俊杰子涵雨桐浩然"
    "欣怡思远嘉宁梓晨语一诺可心若兮亦凡景行怀瑾书瑶清和知夏"
)
RARE = 0.04
SINGLE = 0.28


def surname(chance: Random) -> str:
    """A family's name."""
    if chance.random() < RARE:
        return RARER[int(chance.random() * len(RARER))]
    return SURNAMES[int(chance.random() * chance.random() * len(SURNAMES))]


def given(chance: Random) -> str:
    """A person's own name, of one character or two."""
    first = GIVEN[int(chance.random() * len(GIVEN))]
    if chance.random() < SINGLE:
        return first
    return first + GIVEN[int(chance.random() * len(GIVEN))]


def phone(chance: Random) -> str:
    """A number in the shape of one that no network has."""
    digits = int(chance.random() * 100_000_000)
    return f"000-{digits // 10_000:04}-{digits % 10_000:04}"
