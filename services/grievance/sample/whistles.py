"""The whistles of the sample district: one that is over, one to which units are on their way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.grievance.service import Grievance
from services.grievance.whistle.commands import (
    BlowWhistle,
    EndWhistle,
    GiveResult,
    ReportUnit,
    WhistleCommand,
)
from services.grievance.whistle.decider import whistle
from services.grievance.whistle.events import WhistleEvent
from services.grievance.whistle.state import Whistle
from services.grievance.words import WhistleReason
from shared.core.messages import Actor
from shared.core.sealed import Sealed
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target

LATE = "migration"
TERRITORY = "huolongjing"


@dataclass(frozen=True)
class Told:
    """A whistle, blown so many hours before the sample is loaded. Who came after how many minutes,
    what each said it did; when it ended, and who had done their part, if it has."""

    name: str
    hours_ago: float
    reason: WhistleReason
    what: str
    where: str
    units: tuple[str, ...]
    came: Mapping[str, int]
    results: Mapping[str, str]
    ended: int | None = None


TOLD = (
    Told(
        name="night-market",
        hours_ago=6 * 24,
        reason="joint_enforcement",
        what="中心花园夜市占道，油烟扰民，消防通道也堵了，要几家单位一起到场。",
        where="中心花园北门",
        units=("city-management", "market-supervision", "traffic-police"),
        came={"city-management": 14, "market-supervision": 43, "fire-brigade": 22},
        results={
            "city-management": "劝离占道摊位九个，收走桌椅两车。",
            "market-supervision": "查验证照十一家，两家限期补办。",
            "fire-brigade": "清出消防通道，当场讲了用气安全。",
        },
        ended=150,
    ),
    Told(
        name="burst-pipe",
        hours_ago=0.15,
        reason="emergency",
        what="三栋楼前主水管爆裂，水往负一层灌，住户出入不便。",
        where="三栋东侧",
        units=("water", "community-repair", "city-management"),
        came={"water": 6},
        results={},
    ),
)


def id_of(name: str) -> UUID:
    """The whistle of this name."""
    return derived("sample-whistle", name)


async def load(service: Grievance, began: datetime) -> None:
    """Load what is not there yet of the whistles, counted back from the first loading."""
    ids = {one.name: derived("sample", "whistle", one.name) for one in TOLD}
    known = await service.executor.answers([*ids.values()])
    for one in TOLD:
        if ids[one.name] in known:
            continue
        commands = list(_commands(service, one, await _sealed(service, one), began))
        identity = Identity(ids[one.name], service.fingerprints.of(one.name.encode()))
        # All at once: a timer that came between would find units overdue that came in time.
        target, decide = Target(whistle, id_of(one.name)), partial(_decided, commands)
        await service.executor.execute(Submission(identity, commands[0], (target,), decide))


async def _sealed(service: Grievance, told: Told) -> Mapping[str, Sealed]:
    """What it is about, where, and each unit's result, by these words and by the unit."""
    person = derived("sample-person", "whistle", told.name)
    sealed = await service.sealer.seal(person, {"what": told.what, "where": told.where})
    for unit, words in told.results.items():
        sealed[unit] = (await service.sealer.seal(person, {"words": words}))["words"]
    return sealed


def _decided(
    commands: Sequence[WhistleCommand], states: Sequence[Whistle]
) -> list[list[WhistleEvent]]:
    [state] = states
    events: list[WhistleEvent] = []
    for command in commands:
        for event in whistle.decide(command, state):
            state = whistle.evolve(state, event)
            events.append(event)
    return [events]


def _commands(
    service: Grievance, told: Told, sealed: Mapping[str, Sealed], began: datetime
) -> Iterator[WhistleCommand]:
    at = began - timedelta(hours=told.hours_ago)
    district, book = service.map.atlas.district, service.book(TERRITORY)
    blower = Actor(id="grid-1", roles=frozenset({"grid_worker"}), territory=district)
    ruled: dict[str, Any] = {"late_reason": LATE, "book": book}
    yield BlowWhistle(
        at=at, actor=blower, territory=TERRITORY, reason=told.reason, what=sealed["what"],
        where=sealed["where"], units=told.units, **ruled,
    )  # fmt: skip
    for unit, minutes in sorted(told.came.items(), key=lambda one: one[1]):
        asked: dict[str, Any] = {"actor": blower, "unit": unit, **ruled}
        yield ReportUnit(at=at + timedelta(minutes=minutes), **asked)
    for number, unit in enumerate(told.results):
        asked = {"actor": blower, "unit": unit, **ruled}
        yield GiveResult(at=at + timedelta(minutes=90 + number), words=sealed[unit], **asked)
    if told.ended is not None:
        done = tuple(told.came), tuple(told.results)
        end = at + timedelta(minutes=told.ended)
        yield EndWhistle(at=end, actor=blower, came=done[0], did=done[1], **ruled)
