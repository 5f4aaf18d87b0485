"""Execute: load, decide, append. The only place from which a service writes to its log.

Commands that wait together are loaded together. Commands for one stream that wait together are
decided one after the other, each on the state the one before leaves, and go into one group, so a
hot stream does not starve. A conflict (another process was first) loads and decides again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic
from uuid import UUID

from shared.ops import metrics
from shared.runtime.commands.committer import Committer
from shared.runtime.commands.deciding import Deciding
from shared.runtime.commands.grouped import Grouped
from shared.runtime.commands.guarding import Guard
from shared.runtime.commands.submission import Contended, KeyReused, Submission
from shared.store.append import Decided, Outcome
from shared.store.held import HeldConnection
from shared.store.load import Answer, Loaded, load

PATIENCE = 5.0  # seconds of conflicts; another process may keep a stream busy for some
NOTHING = Loaded({}, {})


class _Turn:
    """One attempt's place in the queue; it holds its streams from decision to append."""

    __slots__ = ("holds", "left", "submission")

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.holds = False
        self.left = False


class _Abandoned(Exception):
    """The caller went away before its command was decided."""


class Executor:
    """Executes the commands of one log for this process."""

    def __init__(self, dsn: str, log: str, guard: Guard) -> None:
        self.log, self.guard = log, guard
        self._reader = HeldConnection(dsn)
        self._committer = Committer(dsn, log)
        self._busy: Counter[UUID] = Counter()
        self._decide = Grouped[_Turn, Decided | Answer | None](self._decide_group, ready=self._idle)
        self._answers = Grouped[UUID, Answer](self._find_answers)

    async def aclose(self) -> None:
        """Finish what waits and let the connections go."""
        await self._decide.aclose()
        await self._committer.aclose()
        await self._answers.aclose()
        await self._reader.aclose()

    async def execute(self, submission: Submission) -> Answer:
        """The command's answer, the first one for every retry.

        Raises Rejected, VersionChanged, KeyReused, Contended, Overloaded or Unavailable. Nothing
        was changed then; after Unavailable only a retry can tell.
        """
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline:
            answer = await self._attempt(submission)
            if answer is not None:
                if answer.fingerprint != submission.identity.fingerprint:
                    raise KeyReused
                return answer
            metrics.CONFLICTS.inc()
            submission = replace(submission, fresh=False)
        raise Contended

    async def answers(self, command_ids: Sequence[UUID]) -> Mapping[UUID, Answer]:
        """The stored answers of those commands that the log knows."""
        loaded = await self._reader.run(lambda tx: load(tx, [], command_ids))
        return loaded.answers

    async def _attempt(self, submission: Submission) -> Answer | None:
        if submission.fresh:
            return await self._commit(Deciding(self.log, NOTHING, self.guard).decided(submission))
        turn = _Turn(submission)
        try:
            return await self._commit(await self._decide(turn))
        finally:
            self._leave(turn)

    async def _commit(self, decided: Decided | Answer | None) -> Answer | None:
        if not isinstance(decided, Decided):
            return decided
        outcome = await self._committer.commit(decided)
        if outcome.verdict == "duplicate":
            return await self._answers(decided.command_id)
        return _answer(decided, outcome) if outcome.verdict == "appended" else None

    def _idle(self, turn: _Turn) -> bool:
        return not any(target.stream_id in self._busy for target in turn.submission.targets)

    def _leave(self, turn: _Turn) -> None:
        turn.left = True
        if not turn.holds:
            return
        for target in turn.submission.targets:
            self._busy[target.stream_id] -= 1
            if not self._busy[target.stream_id]:
                del self._busy[target.stream_id]
        self._decide.wake()

    async def _decide_group(
        self, group: Sequence[_Turn]
    ) -> Sequence[Decided | Answer | BaseException | None]:
        streams = {target.stream_id for turn in group for target in turn.submission.targets}
        ids = [turn.submission.identity.command_id for turn in group]
        loaded = await self._reader.run(lambda tx: load(tx, list(streams), ids))
        deciding = Deciding(self.log, loaded, self.guard)
        return [self._decide_one(deciding, turn) for turn in group]

    def _decide_one(
        self, deciding: Deciding, turn: _Turn
    ) -> Decided | Answer | BaseException | None:
        if turn.left:
            return _Abandoned()
        try:
            decided = deciding.decided(turn.submission)
        except Exception as refusal:
            return refusal
        if isinstance(decided, Decided):
            turn.holds = True
            for target in turn.submission.targets:
                self._busy[target.stream_id] += 1
        return decided

    async def _find_answers(self, ids: Sequence[UUID]) -> Sequence[Answer | BaseException]:
        loaded = await self._reader.run(lambda tx: load(tx, [], ids))
        return [loaded.answers[command_id] for command_id in ids]


def _answer(decided: Decided, outcome: Outcome) -> Answer:
    return Answer(
        versions=tuple((facts.stream_id, facts.version) for facts in decided.events),
        position=outcome.last_position,
        recorded_at=outcome.recorded_at if decided.events else None,
        fingerprint=decided.fingerprint,
    )
