"""Whistles that are answered at random, by the rules: in time, late, unasked, or not at all."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.grievance.log import LOG
from services.grievance.whistle.commands import WhistleCommand
from services.grievance.whistle.decider import whistle
from services.grievance.whistle.events import WhistleEvent
from shared.core.messages import Rejected
from shared.store.append import append
from shared.store.pool import Connection
from tests.grievance.lives import decided
from tests.grievance.whistles import blow, call, end, note, report, result

UNITS = ("police", "fire", "parks", "gas", "water")


async def blow_at_random(connection: Connection, seed: int, steps: int = 80) -> None:
    """So many commands to some whistles, appended."""
    random, lives = Random(seed), dict[UUID, list[WhistleEvent]]()
    for minute in range(steps):
        fresh = not lives or random.random() < 0.1
        key = uuid4() if fresh else random.choice([*lives])
        before = lives.get(key, [])
        asked = replace(blow(), at=_now(minute)) if fresh else _asked(random, minute)
        try:
            events = list[WhistleEvent](whistle.decide(asked, whistle.fold(before)))
        except Rejected:
            continue
        if events:
            await append(connection, LOG, [decided(key, len(before), events)])
        lives[key] = [*before, *events]


def _now(minute: int) -> Any:
    return note(minute).at


def _asked(random: Random, minute: int) -> WhistleCommand:
    unit = random.choice(UNITS)
    asked: list[WhistleCommand] = [
        call(unit, minutes=minute), report(unit, minute), result(unit, minute), note(minute),
        end((unit,), (unit,) if random.random() < 0.5 else (), minutes=minute),
    ]  # fmt: skip
    return random.choices(asked, weights=(2, 8, 6, 2, 1))[0]
