"""One invented petition with what became of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("told.toml")
# How long each step takes in a story that is told.
HOURS = {"accept": 3, "decline": 5, "dispatch": 1, "sign": 2, "reply": 60, "callback": 24,
         "close": 2, "reopen": 72, "correct": 1, "bounce": 5, "contact": 3, "progress": 20,
         "prolong": 8}  # fmt: skip


class Turn(NamedTuple):
    """A step, so many hours after the one before, with what is filled in."""

    verb: str
    hours: float
    filled: Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """Filed so many hours before the sample is loaded; the steps follow, oldest first."""

    name: str
    hours_ago: float
    petition: Mapping[str, Any]
    turns: tuple[Turn, ...]


def told() -> Iterator[Story]:
    """The stories of `told.toml`."""
    for name, story in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        days, steps = story.pop("days_ago"), story.pop("steps", ())
        turns = [Turn(verb, HOURS[verb], filled) for step in steps for verb, filled in step.items()]
        yield Story(name, days * 24.0, story, tuple(turns))
