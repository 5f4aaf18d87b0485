"""Residents who live at random, by the rules: moved, left, merged, erased, entered late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.territory.erasure import stream
from services.territory.erasure.asking import asked
from services.territory.erasure.commands import AskErasure, NoteAnswer
from services.territory.erasure.decider import Erasure, erasure
from services.territory.log import EVENTS, LOG
from services.territory.resident.commands import RegisterResident, ResidentCommand
from services.territory.resident.decider import ALLOWED, HERE, resident
from services.territory.resident.merging import MergeDoubles, merged
from services.territory.words import CareTag, Purpose
from shared.core.canonical import Facts
from shared.core.decider import Decider
from shared.core.envelope import Recorded
from shared.core.messages import Event, Rejected
from shared.store import read
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection
from tests.territory.maps import START
from tests.territory.residents import CLERK, COMMANDS, sealed

BUILDINGS = ("wenhua-1", "wenhua-2", "sanwan-3-1")
TAGS: tuple[CareTag, ...] = ("empty_nest", "hardship")
PURPOSES: tuple[Purpose, ...] = ("notice", "survey")
SERVICES = ("territory", "grievance", "points")
Streams = dict[UUID, tuple[Decider[Any, Any, Any], list[Event]]]


class Town:
    """Some residents; commands that are refused are let go."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self._connection = connection
        self._random = Random(seed)
        self._streams: Streams = {}
        self._now = START

    async def live(self, steps: int) -> list[Recorded[Any]]:
        """So many tries to change something; the whole log."""
        for _ in range(steps):
            self._now += timedelta(hours=self._random.choice((0, 1, 30)))
            try:
                await self._step()
            except Rejected:
                continue
        rows = await read.page(self._connection, LOG, 0, 100_000)
        return [read.decode(EVENTS, row) for row in rows]

    async def _step(self) -> None:
        pick = self._random.random()
        people = [key for key, (kind, _) in self._streams.items() if kind is resident]
        person = self._random.choice(people or [uuid4()])
        if not people or pick < 0.12:
            await self._register()
        elif pick < 0.17:
            await self._merge(person, self._random.choice(people))
        elif pick < 0.21:
            await self._erase(person)
        elif pick < 0.29:
            await self._answer(person)
        else:
            await self._change(person)

    async def _register(self) -> None:
        person = uuid4()
        register = RegisterResident(
            at=self._at(), actor=CLERK, person=person, building=self._random.choice(BUILDINGS),
            name=sealed("name", person),
        )  # fmt: skip
        await self._append({person: (resident, resident.decide(register, resident.initial))})

    async def _change(self, person: UUID) -> None:
        state = self._state(person, resident)
        possible = [one for one in COMMANDS if state.status in ALLOWED[type(one)]]
        if not possible:
            raise Rejected("nothing_possible")
        chosen: ResidentCommand = self._random.choice(possible)
        told = {
            "building": self._random.choice(BUILDINGS), "tag": self._random.choice(TAGS),
            "purpose": self._random.choice(PURPOSES), "household": uuid4(),
            "relative": self._random.choice([*state.relatives, *self._streams]),
        }  # fmt: skip
        fitting: dict[str, Any] = {name: told[name] for name in told if hasattr(chosen, name)}
        command = replace(chosen, at=self._at(), late_reason="paper_form", **fitting)
        await self._append({person: (resident, resident.decide(command, state))})

    async def _merge(self, double: UUID, kept: UUID) -> None:
        merge = MergeDoubles(at=self._at(), actor=CLERK, double=double, into=kept)
        states = [self._state(one, resident) for one in (double, kept)]
        given, taken = merged(merge, states)
        await self._append({double: (resident, given), kept: (resident, taken)})

    async def _erase(self, person: UUID) -> None:
        state = self._state(person, resident)
        if state.status not in HERE:
            raise Rejected("not_here")
        subjects = (*state.doubles, person)
        keys = [key for one in subjects for key in (stream.stream_of(one), one)]
        kinds: list[Decider[Any, Any, Any]] = [erasure, resident] * len(subjects)
        ask = AskErasure(
            at=self._at(), actor=CLERK, subject=person, kept=person, territory=state.building,
            services=SERVICES, reason="own_request",
        )  # fmt: skip
        states = [self._state(key, kind) for key, kind in zip(keys, kinds, strict=True)]
        decided = asked(ask, subjects, states)
        await self._append(dict(zip(keys, zip(kinds, decided, strict=True), strict=True)))

    async def _answer(self, person: UUID) -> None:
        key = stream.stream_of(person)
        state: Erasure = self._state(key, erasure)
        note = NoteAnswer(
            at=self._at(), actor=CLERK, subject=person, service=self._random.choice(SERVICES[1:])
        )
        await self._append({key: (erasure, erasure.decide(note, state))})

    def _at(self) -> datetime:
        return self._now - timedelta(hours=self._random.choice((0, 0, 7)))

    def _state(self, key: UUID, kind: Decider[Any, Any, Any]) -> Any:
        return kind.fold(self._streams.get(key, (kind, []))[1])

    async def _append(self, told: dict[UUID, tuple[Decider[Any, Any, Any], Any]]) -> None:
        command, facts, checks = uuid4(), list[Facts](), list[Check]()
        for key, (kind, events) in told.items():
            before = self._streams.setdefault(key, (kind, []))[1]
            checks.append(Check(key, len(before)))
            for event in events:
                before.append(event)
                place = kind.territory(kind.fold(before))
                facts.append(
                    Facts(
                        LOG, key, len(before), event.type, event.schema_version, place, CLERK.id,
                        command, command, None, "live", event.at, EVENTS.encode(event),
                    )
                )  # fmt: skip
        if facts:
            decided = Decided(command, command.bytes, tuple(checks), tuple(facts))
            await append(self._connection, LOG, [decided])
