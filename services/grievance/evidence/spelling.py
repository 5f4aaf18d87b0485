"""The payload of an event in words that a reader knows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from services.grievance.evidence import words
from shared.core.local_time import BEIJING

# The code is the petitioner's own; the rest says nothing to a reader.
UNTOLD = frozenset({"code", "petitioner"})
PLACES, UNITS = frozenset({"territory"}), frozenset({"unit"})


class Names(NamedTuple):
    """What units and places are called, by their codes."""

    units: Mapping[str | None, str]
    places: Mapping[str, str]


class Fact(NamedTuple):
    """One thing that an event says; `said` was written by somebody and may have many lines."""

    label: str
    text: str
    said: bool = False


def told_of(payload: Mapping[str, Any], names: Names, text: Callable[[str], str]) -> Iterator[Fact]:
    """What a payload says, in its order; `text` has what stands for a sealed value, by name."""
    for name, label in words.FIELDS.items():
        value = payload.get(name)
        if value is None or name in UNTOLD:
            continue
        if isinstance(value, dict) and "box" in value:
            yield Fact(label, text(name), said=True)
        else:
            yield Fact(label, _told(name, value, names))
    for name in sorted(payload.keys() - words.FIELDS.keys()):
        yield Fact(name, str(payload[name]))


def moment(at: datetime) -> str:
    """The time in Beijing, to the second."""
    told = at.replace(tzinfo=None) - (at.utcoffset() or timedelta()) + BEIJING
    return told.isoformat(" ", "seconds")


def _told(name: str, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(_changed(one, told, names) for one, told in sorted(value.items()))
    if isinstance(value, list):
        return f"{len(value)} 份（内容另行保管，此处只记其指纹）"
    if name in PLACES:
        return names.places.get(value, value)
    if name in UNITS:
        return names.units.get(value, value)
    return words.CODES.get(name, {}).get(value, str(value))


def _changed(name: str, value: Any, names: Names) -> str:
    """One change of a correction, or one promise."""
    if value is None:
        return f"{words.FIELDS.get(name, name)}：（空）"
    if name in words.CLOCKS or name == "occurred_at":
        label = words.CLOCKS.get(name) or words.FIELDS[name]
        return f"{label}：{moment(datetime.fromisoformat(value))}"
    return f"{words.FIELDS.get(name, name)}：{_told(name, value, names)}"
