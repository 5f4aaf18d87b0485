"""Good rows into the log: each row one command, so all of a row is taken or nothing of it, and a
file can be brought again without doubling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

import orjson

from services.volunteer.account.commands import BringInHours
from services.volunteer.account.decider import account
from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import BringInTime
from services.volunteer.importing import registering, taking
from services.volunteer.importing.reading import Book, key_of
from services.volunteer.importing.rows import Line
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.service import Volunteers
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, KeyReused, Submission, Target
from shared.sheets.rejects import Reject
from shared.store.key_store import Erased
from shared.store.load import Answer

CHUNK = 500
CHANGED = "was brought in before with other content; put it back, or correct the record here"

ERASED = "what was known of this person was erased here; it does not come back by a file"


@dataclass
class Summary:
    """What an import came to, in rows; `position` is where its last event lies in the log."""

    rows: int = 0
    taken: int = 0
    known: int = 0
    refused: int = 0
    position: int = 0


@dataclass
class Importing:
    """An import under way: of which book, from which `source`, as whom, at what time. `refuse` is
    told each row that is not taken, `progress` how many rows have their verdict."""

    service: Volunteers
    book: Book
    source: str
    actor: Actor
    now: datetime
    refuse: Callable[[Reject], None]
    progress: Callable[[int], None] = field(default=lambda _: None)
    summary: Summary = field(default_factory=Summary)
    _rules: dict[str, VolunteerRules] = field(default_factory=dict)

    async def run(self) -> Summary:
        """Take every row that can be. May be stopped at any point and run again."""
        self._refused(self.book.faults)
        await self.service.map.fresh()
        for wave in self.book.waves():
            lines = iter(wave)
            while chunk := list(islice(lines, CHUNK)):
                await self._chunk(chunk)
                self.progress(self.summary.rows)
        return self.summary

    async def _chunk(self, chunk: Sequence[tuple[int, Line]]) -> None:
        identities = [self._identity(line) for _, line in chunk]
        known = await self.service.executor.answers([one.command_id for one in identities])
        found = await asyncio.gather(
            *(
                self._row(row, line, identity, known)
                for (row, line), identity in zip(chunk, identities, strict=True)
            )
        )
        for outcome in found:
            if isinstance(outcome, Reject):
                self._refused([outcome])
                continue
            self.summary.rows += 1
            self.summary.known += outcome.repeated
            self.summary.taken += not outcome.repeated
            self.summary.position = max(self.summary.position, outcome.position)

    async def _row(
        self, row: int, line: Line, identity: Identity, known: Mapping[UUID, Answer]
    ) -> Answer | Reject:
        header = self.book.header
        before = known.get(identity.command_id)
        if before is not None and before.fingerprint == identity.fingerprint:
            return before
        if before is not None:
            return Reject(row, self.book.key, CHANGED)
        try:
            return await self.service.executor.execute(await self._submission(line, identity))
        except Rejected as no:
            return Reject(row, header(no.field), no.detail or no.code)
        except Erased:
            return Reject(row, header("person"), ERASED)
        except KeyReused:
            return Reject(row, self.book.key, CHANGED)

    async def _submission(self, line: Line, identity: Identity) -> Submission:
        if self.book.kind in registering.KINDS:
            return await self._registering(line, identity)
        asked = await self._command(line)
        target = Target(account, account_of(taking.person_in(line, self.source)))
        return Submission(identity, asked, (target,), origin="history")

    async def _registering(self, line: Line, identity: Identity) -> Submission:
        if "territory" in line:
            await self._on_the_map(line["territory"], self.now, "territory")
        taker = registering.Registering(self.service, self.source, self.actor, self.now)
        return await taker.submission(self.book.kind, line, identity)

    async def _command(self, line: Line) -> BringInHours | BringInTime:
        if self.book.kind == "balances":
            await self._on_the_map(line["home"], self.now, "home")
            return taking.balance(line, self.source, self.actor, self.now)
        at = taking.served_at(line, self.now)
        await self._on_the_map(line["territory"], at, "territory")
        if "home" in line:
            await self._on_the_map(line["home"], at, "home")
        return taking.hours(line, self.source, self.actor, at, await self._in_force(line))

    async def _on_the_map(self, code: str, at: datetime, field_: str) -> None:
        """Raises Rejected where it is not; the map is read anew only for what it lacks."""
        found = self.service.map.atlas.get(code)
        if found is None or found.until is not None:
            await self.service.map.known(code, at, field=field_)

    async def _in_force(self, line: Line) -> VolunteerRules:
        """The rules of now: what a day and a single service can hold."""
        place: str = line["territory"]
        if place not in self._rules:
            self._rules[place] = await self.service.rules(place, self.now)
        return self._rules[place]

    def _identity(self, line: Line) -> Identity:
        kind = self.book.kind
        content = orjson.dumps(dict(line), option=orjson.OPT_SORT_KEYS)
        command_id = derived("volunteer-import", kind, self.source, *key_of(kind, line))
        return Identity(command_id, self.service.fingerprints.of(content))

    def _refused(self, faults: Sequence[Reject]) -> None:
        for fault in faults:
            self.summary.rows += 1
            self.summary.refused += 1
            self.refuse(fault)
