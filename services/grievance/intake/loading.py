"""Good rows into the log: each row one command, so a file can be loaded again without doubling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any
from uuid import UUID

import orjson

from services.grievance.case.commands import RecordPastPetition
from services.grievance.case.decider import case
from services.grievance.intake.reading import Intake
from services.grievance.intake.verdicts import GoodRow, Verdict
from services.grievance.service import Grievance
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.ids import derived, uuid7
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.sheets.rejects import Reject, RejectsFile
from shared.store.key_store import Erased
from shared.store.load import Answer

CHUNK = 500
SUBJECT = 40  # characters of the text that stand in where the source has no subject


@dataclass
class Summary:
    """What an import came to, in rows; `position` is where its last event lies in the log."""

    rows: int = 0
    imported: int = 0
    known: int = 0
    rejected: int = 0
    position: int = 0


@dataclass(frozen=True)
class Loading:
    """An import under way: into which service, as whom, to which territory where the file names
    none."""

    service: Grievance
    intake: Intake
    actor: Actor
    territory: str

    async def run(self, rejects: RejectsFile, progress: Callable[[int], None]) -> Summary:
        """Import every good row; write the others to `rejects`; `progress` counts rows.

        May be stopped at any point and run again.
        """
        summary = Summary()
        verdicts = iter(self.intake)
        while chunk := list(islice(verdicts, CHUNK)):
            await self._chunk(chunk, rejects, summary)
            summary.rows += len(chunk)
            progress(summary.rows)
        return summary

    async def _chunk(
        self, chunk: Sequence[Verdict], rejects: RejectsFile, summary: Summary
    ) -> None:
        good = [verdict for verdict in chunk if isinstance(verdict, GoodRow)]
        identities = {row.row: self._identity(row) for row in good}
        ids = [identity.command_id for identity in identities.values()]
        answers = await self.service.executor.answers(ids)
        outcomes = await asyncio.gather(
            *(self._row(row, identities[row.row], answers) for row in good)
        )
        by_row = dict(zip(identities, outcomes, strict=True))
        for verdict in chunk:
            outcome = by_row.get(verdict.row)
            if isinstance(outcome, Answer):
                summary.known += outcome.repeated
                summary.imported += not outcome.repeated
                summary.position = max(summary.position, outcome.position)
                continue
            summary.rejected += 1
            rejects.write([outcome] if outcome else _faults(verdict))

    async def _row(
        self, row: GoodRow, identity: Identity, answers: Mapping[UUID, Answer]
    ) -> Answer | Reject:
        known = answers.get(identity.command_id)
        if known is not None and known.fingerprint == identity.fingerprint:
            return known
        if known is not None:
            reason = "was imported before with other content; a correction is a new event"
            return Reject(row.row, self._header("ref"), reason)
        try:
            return await self.service.executor.execute(await self._submission(row, identity))
        except Rejected as refusal:
            return Reject(row.row, self._header(refusal.field or ""), refusal.detail)
        except Erased:
            return Reject(row.row, self._header("person"), "this person was erased")

    async def _submission(self, row: GoodRow, identity: Identity) -> Submission:
        command = await self._command(row)
        return Submission(
            identity=identity,
            command=command,
            targets=(Target(case, uuid7()),),
            origin="history",
            fresh=True,
        )

    async def _command(self, row: GoodRow) -> RecordPastPetition:
        territory = await self.service.map.known(row.territory or self.territory, row.raised_at)
        source = self.intake.mapping.source
        person = derived("person", source, row.person or f"ref:{row.ref}")
        told: dict[str, Any] = dict(await self.service.sealer.seal(person, _personal(row)))
        told |= {name: given for name in CARRIED if (given := getattr(row, name)) is not None}
        return RecordPastPetition(
            at=row.raised_at,
            actor=self.actor,
            petitioner=person,
            territory=territory,
            source=source,
            **told,
        )

    def _identity(self, row: GoodRow) -> Identity:
        told = {f.name: getattr(row, f.name) for f in fields(row) if f.name != "row"}
        content = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
        command_id = derived("import", self.intake.mapping.source, row.ref)
        return Identity(command_id, self.service.fingerprints.of(content))

    def _header(self, field: str) -> str:
        return self.intake.rules.headers.get(field, "")


CARRIED = (
    "ref", "area", "replied_at", "category", "case_type", "channel", "unit", "support", "oppose",
)  # fmt: skip


def _personal(row: GoodRow) -> dict[str, str]:
    texts: Mapping[str, str | None] = {
        "subject": row.subject or row.text[:SUBJECT],
        "details": row.text,
        "name": row.name,
        "phone": row.phone,
        "address": row.address,
        "reply": row.reply,
    }
    return {name: text for name, text in texts.items() if text is not None}


def _faults(verdict: Verdict) -> Sequence[Reject]:
    return () if isinstance(verdict, GoodRow) else verdict.faults
