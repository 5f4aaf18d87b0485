"""Many commands of the timer at once, so that they are appended in groups; never more than AT_ONCE,
so that those of people find a place between them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from services.points.account.commands import ExpirePoints, NoteExpiry
from services.points.account.decider import account
from services.points.queries.endings import Due
from services.points.service import PointsService
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Submission, Target, single

AT_ONCE = 100
# Accounts in one pass of the timer, which has other things to note between two of them.
PASS = 10_000
TIMEKEEPER = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")


async def ask(service: PointsService, due: Sequence[Due], made: Callable[[Due], Submission]) -> int:
    """Ask this of all of them; how many had something to note. Returns once the accounts show
    it."""
    noted = position = 0
    for start in range(0, len(due), AT_ONCE):
        some = map(made, due[start : start + AT_ONCE])
        answers = await asyncio.gather(*map(service.executor.execute, some))
        noted += sum(bool(answer.versions) and not answer.repeated for answer in answers)
        position = max(position, *(answer.position for answer in answers))
    if position:
        await service.watermarks.follow(["points_accounts"], position)
    return noted


def submitted(word: str, due: Due, command: ExpirePoints | NoteExpiry) -> Submission:
    """A command of the timer about this account, once a day and version, whoever asks it how
    often: a lot may come in late, when the day's sweep was there already."""
    about = (str(due.account_id), command.asked_on, str(due.version))
    identity = Identity(derived(word, *about), word.encode())
    return single(Target(account, due.account_id), command, identity)
