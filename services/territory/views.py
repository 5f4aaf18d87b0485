"""From the map to answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.core.atlas.atlas import Atlas
from shared.core.atlas.boundaries import Boundaries
from shared.core.atlas.kinds import GROUPS
from shared.core.atlas.territory import Territory


def line(territory: Territory, moment: datetime) -> dict[str, Any]:
    """A territory as of a moment."""
    return {
        "code": territory.code,
        "kind": territory.kind,
        "name": territory.name(moment),
        "parent": territory.parent(moment),
        "since": territory.since,
        "until": territory.until,
    }


def part(atlas: Atlas, boundaries: Boundaries, root: str) -> list[Territory]:
    """What is on the map below `root` at that moment, `root` first."""
    below = (atlas.territories[code] for code in boundaries.below(root))
    return [territory for territory in below if territory.exists(boundaries.moment)]


def view(atlas: Atlas, boundaries: Boundaries, territory: Territory) -> dict[str, Any]:
    """A territory with what is around it."""
    moment, code = boundaries.moment, territory.code
    shown = boundaries.shown(code)
    around = atlas.inner(code, moment)
    members = [
        one
        for one in atlas.below.get(code, ())
        if territory.kind in GROUPS and code in atlas.blocks(one, moment)
    ]
    return {
        "territory": line(territory, moment),
        "above": _lines(atlas, boundaries.above(code), moment),
        "inner": _lines(atlas, around, moment),
        "blocks": atlas.blocks(code, moment),
        "members": members,
        "out_of": territory.out_of,
        "into": territory.into,
        "shown_as": shown.code,
        "whole": shown.whole,
    }


def lineage(atlas: Atlas, code: str) -> list[dict[str, Any]]:
    """Everything a territory came from and everything it became."""
    found: dict[str, Territory] = {}
    for side in ("out_of", "into"):
        ahead = [code]
        while ahead:
            territory = atlas.territories[ahead.pop()]
            found[territory.code] = territory
            ahead += (one for one in getattr(territory, side) if one not in found)
    return [_ancestry(one) for one in sorted(found.values(), key=lambda one: (one.since, one.code))]


def _ancestry(territory: Territory) -> dict[str, Any]:
    return {
        "code": territory.code,
        "kind": territory.kind,
        "name": territory.names[-1][1],
        "since": territory.since,
        "until": territory.until,
        "out_of": territory.out_of,
        "into": territory.into,
    }


def _lines(atlas: Atlas, codes: Iterable[str], moment: datetime) -> list[dict[str, Any]]:
    return [line(atlas.territories[code], moment) for code in codes]
