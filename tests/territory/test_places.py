"""The buildings of a part of the map: what is remembered is what a walk finds, on any day."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from services.territory.households import places
from services.territory.households.places import Places
from shared.core.atlas.boundaries import Boundaries
from tests.territory.maps import DAY, START, Life


def test_what_is_remembered_is_what_a_walk_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "REMEMBERED", 30)
    assert sum(_compared(seed) for seed in range(30)) > 300, "there were buildings to find"


def _compared(seed: int) -> int:
    """How often there was something, on a map that goes on changing."""
    life, random, found_any = Life(seed), Random(seed), 0
    copy: Any = SimpleNamespace(atlas=life.atlas)
    remembered = Places(copy)
    for _ in range(4):
        atlas = copy.atlas = life.live(15)
        codes = sorted(atlas.territories)
        for _ in range(60):
            root = random.choice(codes)
            moment = START + random.randrange(-2, (life.now - START).days + 2) * DAY / 2
            found = remembered.buildings(root, moment)
            below = Boundaries(atlas, moment).below(root)
            walked = sorted(code for code in below if atlas.territories[code].kind == "building")
            assert found == (None if root == atlas.district else walked), (seed, root, moment)
            found_any += bool(found)
    return found_any
