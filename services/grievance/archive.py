"""One case from its own stream: where it stood at any moment, by what was known at any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from services.grievance.case.decider import case as decider
from services.grievance.case.events import CaseEvent, PetitionRaised
from services.grievance.case.state import Case
from services.grievance.log import EVENTS, LOG, GrievanceEvent
from services.grievance.projections import case_register, case_rounds
from services.grievance.projections.case_register import CaseRow
from services.grievance.projections.case_rounds import RoundRow
from shared.core.envelope import Recorded
from shared.core.history import as_of, known_at, spent
from shared.core.person.events import SubjectErased
from shared.core.sealed import Sealed
from shared.runtime.commands.sealing import Sealer
from shared.store import read
from shared.store.pool import Pool
from shared.store.verify_stream import Chain, chain_of, rows_of

ERASED_AT_ONCE = 500
History = Sequence[Recorded[GrievanceEvent]]
CaseHistory = Sequence[Recorded[CaseEvent]]


@dataclass(frozen=True)
class CaseFile:
    """A case as of a moment: its line, its round, and the events they are folded from."""

    row: CaseRow
    round: RoundRow
    history: CaseHistory

    def state(self) -> Case:
        """The case as its rules see it."""
        return decider.fold(recorded.event for recorded in self.history)


class Archive:
    """Reads cases from the log itself, so an answer is never behind."""

    def __init__(self, pool: Pool, sealer: Sealer) -> None:
        self._pool = pool
        self._sealer = sealer

    async def history(self, case_id: UUID) -> History:
        """All events of the case in order of version, as written; empty when there is none."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.stream(connection, case_id)
        return [read.decode(EVENTS, row) for row in rows]

    async def petition(self, position: int) -> Recorded[PetitionRaised] | None:
        """The petition at this position of the log; None when there is another event or none."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.page(connection, LOG, position - 1, 1)
        found = [read.decode(EVENTS, row) for row in rows if row["position"] == position]
        return next((one for one in found if isinstance(one.event, PetitionRaised)), None)

    async def erased(self, after: int, until: int) -> list[Recorded[SubjectErased]]:
        """The next of those who were erased past one position and up to another."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await read.erasures(connection, LOG, after, ERASED_AT_ONCE)
        return [read.decode(EVENTS, row) for row in rows if row["position"] <= until]

    async def case(
        self, case_id: UUID, *, at: datetime | None = None, known: datetime | None = None
    ) -> CaseFile | None:
        """The case as of `at`, by what was known at `known`; now where not given. None when it
        did not exist or was not known."""
        written = await self.history(case_id)
        if not written or not isinstance(written[0].event, PetitionRaised):
            return None
        history = cast("CaseHistory", written)
        if known is not None:
            history = known_at(history, known)
        if at is not None or known is not None:
            history = as_of(history, at or datetime.max.replace(tzinfo=UTC))
        row: CaseRow | None = None
        round_: RoundRow | None = None
        for recorded in history:
            told = recorded if at is None and known is None else spent(recorded)
            row, round_ = case_register.fold(row, told), case_rounds.fold(round_, told)
        return None if row is None or round_ is None else CaseFile(row, round_, history)

    async def checked(self, case_id: UUID) -> tuple[Sequence[Any], Chain]:
        """The events of the case as they are stored, and the check of their hashes, from the first
        on."""
        async with self._pool.acquire(timeout=10) as connection:
            rows = await rows_of(connection, case_id)
        return rows, chain_of(rows)

    async def readable(
        self, history: History, withheld: frozenset[str] = frozenset()
    ) -> list[dict[str, Any]]:
        """The events as plain values, sealed ones opened: None for what was erased, nothing at
        all for the fields that are withheld; of photos, how many there are, of other files, what
        they are."""
        lines = [_line(recorded) for recorded in history]
        for line in lines:
            data = line["data"].items()
            line["data"] = {
                name: value
                for name, value in data
                if not (name in withheld and isinstance(value, Sealed))
            }
        await self.open([line["data"] for line in lines])
        return lines

    async def open(self, told: Sequence[dict[str, Any]]) -> None:
        """Put texts in the place of all sealed values in these; None for what was erased."""
        places = [
            (line, name)
            for line in told
            for name, value in line.items()
            if isinstance(value, Sealed)
        ]
        texts = await self._sealer.open(line[name] for line, name in places)
        for (line, name), text in zip(places, texts, strict=True):
            line[name] = text


def _line(recorded: Recorded[Any]) -> dict[str, Any]:
    event = recorded.event
    data = {name: getattr(event, name) for name in type(event).model_fields}
    hidden = ("type", "at", "code", "rules", "due")  # the code is the petitioner's alone
    if photos := data.get("photos"):
        data["photos"] = len(photos)
    if files := data.get("files"):
        data["files"] = [{"kind": file.kind, "size": file.size} for file in files]
    return {
        "version": recorded.version,
        "position": recorded.position,
        "type": recorded.type,
        "actor": recorded.actor,
        "origin": recorded.origin,
        "occurred_at": recorded.occurred_at,
        "recorded_at": recorded.recorded_at,
        "rules": data.get("rules"),
        "due": data.get("due"),
        "data": {k: v for k, v in data.items() if k not in hidden and v is not None},
    }
