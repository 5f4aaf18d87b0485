"""The real relay, chain and readers in a world where everything goes wrong: nothing is lost,
nothing is taken twice, every stream keeps its order, and all are in step soon after the storm.

`LINLI_SIMULATION_SEED=7` tells one story again, `LINLI_SIMULATION_SEEDS=20000` tells more of them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable

import pytest

from tests.shared.simulation.mutants import MUTANTS, Mutant
from tests.shared.simulation.story import run

AGAIN = os.environ.get("LINLI_SIMULATION_SEED")
MANY = int(os.environ.get("LINLI_SIMULATION_SEEDS", "300"))
SEEDS: Iterable[int] = [int(AGAIN)] if AGAIN else range(MANY)
# What the storms of a few seeds must have brought about, or they prove nothing.
TROUBLES = {
    "gap.found", "feed.unavailable", "batch.failed ConnectionResetError",
    "relay.interrupted KafkaTimeoutError", "relay.interrupted NotLeader",
    "subscriber.interrupted KafkaConnectionError", "subscriber.other_cluster",
}  # fmt: skip
TELL = "from tests.shared.test_simulation import told; print(told(3))"


def told(seed: int) -> str:
    """The whole story, in short: everything that happened, and when, and all that was kept."""
    world = run(seed)
    story = (world.diary.last(1_000_000), world.home.kept, world.away.kept)
    return hashlib.sha256(repr(story).encode()).hexdigest()


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_storm_all_is_taken_once_and_in_order(seed: int) -> None:
    run(seed)


def test_the_same_seed_is_the_same_story_in_any_process() -> None:
    here = told(3)
    assert told(4) != here
    elsewhere = subprocess.run(
        [sys.executable, "-c", TELL],
        env={**os.environ, "PYTHONHASHSEED": "5"},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert elsewhere.stdout.strip() == here == told(3)


def test_the_storms_are_bad_enough() -> None:
    seen = {
        f"{said['event']} {said.get('fault', '')}".strip()
        for seed in range(30)
        for _, _, said in run(seed).diary.said
    }
    assert seen >= TROUBLES, TROUBLES - seen


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_what_is_broken_on_purpose_is_found(mutant: Mutant) -> None:
    with mutant.at_work(), pytest.raises(AssertionError, match=r"^seed"):
        _all_of(range(300))


def _all_of(seeds: Iterable[int]) -> None:
    for seed in seeds:
        run(seed)
