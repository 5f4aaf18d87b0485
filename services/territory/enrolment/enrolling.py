"""A roll into the log: the rows of a building in one append, a verdict for each of them.

What a row's verdict says is true at the moment of the append: it is decided there, row by row, on
the roster as it is. The id of the command follows from the file's content and the building, so a
run that was broken off at any point is run again, and the same file brought twice adds nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from services.territory.enrolment.reading import Roll
from services.territory.enrolment.rows import Line
from services.territory.households.rosters import (
    building_at,
    household_of,
    roster_of,
    stream_of,
)
from services.territory.roster.commands import EnrolHouseholds, Entry
from services.territory.roster.decider import Verdict, building_roster, enrolled, registered
from services.territory.roster.events import HouseholdRegistered, RosterEvent
from services.territory.service import Territory
from shared.core.atlas.territory import Territory as Place
from shared.core.local_time import day_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.sheets.rejects import Reject

AT_ONCE = 64  # buildings under way: enough that one group is decided while another is appended
LARGEST = 1_000  # rows of one append; a building with more of them has several
COLUMNS = {"area_dm2": "area", "occurred_at": "since"}
UNKNOWN = "is no territory on the map"
TAKEN = Rejected(
    "taken_before",
    "this file was taken before and the household is not on the roster; bring it in another file",
    "door",
)


@dataclass
class Summary:
    """What an upload came to, in rows; `position` is where its last event lies in the log."""

    rows: int = 0
    registered: int = 0
    known: int = 0
    refused: int = 0
    position: int = 0


class Part(NamedTuple):
    """Rows of one building that are appended together."""

    building: str
    number: int
    lines: Sequence[Line]


@dataclass
class Enrolling:
    """An upload under way: into which service, as whom, at what time. `refuse` is told each row
    that is not taken, `progress` how many rows have their verdict.

    The map has to be read as far as the buildings of the file are on it.
    """

    service: Territory
    roll: Roll
    actor: Actor
    at: datetime
    refuse: Callable[[Reject], None]
    progress: Callable[[int], None] = field(default=lambda _: None)
    summary: Summary = field(default_factory=Summary)

    async def run(self) -> Summary:
        """Enrol every row that can be. May be stopped at any point and run again.

        Raises what Executor.execute raises but for refusals; what was enrolled until then stays.
        """
        self._refused(self.roll.faults)
        parts = self._parts()
        workers = [asyncio.create_task(self._work(parts)) for _ in range(AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.wait(workers)
        return self.summary

    def _parts(self) -> Iterator[Part]:
        for building, doors in self.roll.buildings.items():
            lines, number = iter(doors.values()), 0
            while part := list(islice(lines, LARGEST)):
                yield Part(building, number, part)
                number += 1

    async def _work(self, parts: Iterator[Part]) -> None:
        for part in parts:
            lines = self._on_the_map(part)
            if lines:
                await self._enrol(part, lines)
            self.progress(self.summary.rows)

    def _on_the_map(self, part: Part) -> list[Line]:
        """Those rows whose building is on the map at the time of the row."""
        atlas, good = self.service.map.atlas, []
        for row in part.lines:
            line = _within_the_day(row, atlas.get(part.building))
            try:
                building_at(atlas, part.building, line.at or self.at, "building")
            except Rejected as no:
                reason = UNKNOWN if no.code == "unknown_territory" else no.detail
                self._refused([Reject(line.row, self._column(no.field), reason)])
            else:
                good.append(line)
        return good

    async def _enrol(self, part: Part, lines: Sequence[Line]) -> None:
        try:
            verdicts = await self._decided(part, self._command(part.building, lines))
        except Rejected as no:  # not this actor's to change
            verdicts = [no] * len(lines)
        for line, verdict in zip(lines, verdicts, strict=True):
            if isinstance(verdict, Rejected):
                column = self._column(verdict.field or "building")
                self._refused([Reject(line.row, column, verdict.detail)])
                continue
            self.summary.rows += 1
            self.summary.registered += verdict is not None
            self.summary.known += verdict is None

    async def _decided(self, part: Part, command: EnrolHouseholds) -> Sequence[Verdict]:
        verdicts: list[Verdict] = []

        def decide(states: Sequence[Any]) -> Sequence[Sequence[RosterEvent]]:
            verdicts[:] = enrolled(command, states[0])
            return [registered(verdicts)]

        answer = await self.service.executor.execute(self._submission(part, command, decide))
        self.summary.position = max(self.summary.position, answer.position)
        if not answer.repeated:
            return verdicts
        now = enrolled(command, await roster_of(self.service.pool, part.building))
        return [TAKEN if isinstance(one, HouseholdRegistered) else one for one in now]

    def _submission(self, part: Part, command: EnrolHouseholds, decide: Any) -> Submission:
        digest = self.roll.digest
        command_id = derived("enrol", digest.hex(), part.building, str(part.number))
        target = Target(building_roster, stream_of(part.building))
        identity = Identity(command_id, digest)
        return Submission(identity, command, (target,), decide, origin="history")

    def _command(self, building: str, lines: Sequence[Line]) -> EnrolHouseholds:
        entries = tuple(
            Entry(household_of(building, line.door), line.door, line.area_dm2, line.at)
            for line in lines
        )
        return EnrolHouseholds(at=self.at, actor=self.actor, building=building, entries=entries)

    def _refused(self, faults: Sequence[Reject]) -> None:
        for fault in faults:
            self.summary.rows += 1
            self.summary.refused += 1
            self.refuse(fault)

    def _column(self, field: str | None) -> str:
        """The file's header of a field of the rules."""
        name = COLUMNS.get(field or "", field or "")
        return self.roll.columns.get(name, self.roll.columns["building"])


def _within_the_day(line: Line, building: Place | None) -> Line:
    """A row tells a day: on the day on which its building came onto the map, not before it."""
    if line.at is None or building is None or day_of(line.at) != day_of(building.since):
        return line
    return line._replace(at=max(line.at, building.since))
