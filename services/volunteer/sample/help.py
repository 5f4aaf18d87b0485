"""Help in the sample, paid for with time that was saved: asked for, accepted, confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.account.stream import account_of
from services.volunteer.help import payment
from services.volunteer.help.commands import (
    AcceptHelp,
    AskHelp,
    ConfirmHelp,
    FinishHelp,
    HelpCommand,
)
from services.volunteer.help.decider import help_request
from services.volunteer.helping.file import opened
from services.volunteer.helping.paying import submission_of
from services.volunteer.sample.hours import Told, acting
from services.volunteer.sample.people import LARGEST, NEIGHBOUR, OLDEST, VETERAN, Community
from services.volunteer.service import Volunteers
from services.volunteer.words import Service
from shared.core.derived import derived
from shared.core.local_time import day_of
from shared.core.sealed import Sealed
from shared.runtime.commands.submission import Submission, Target
from shared.runtime.telling import identity_of

SAVING = {LARGEST: 0, OLDEST: 1}  # whose hours have opened the bank: the veteran's, the old team's
HELPING = 2
# What is asked for, what it is said to be, minutes, in how many days.
OPEN: tuple[Service, str, int, int] = ("errands", "帮我去药房取一次药，单子在我这里。", 60, 7)
ACCEPTED: tuple[Service, str, int, int] = ("companionship", "陪我去医院复查，上午就好。", 120, 3)
DONE: tuple[Service, str, int, int] = ("cleaning", "擦一擦高处的窗，我够不着。", 90, 0)
KINDS = {"open": OPEN, "accepted": ACCEPTED, "confirmed": DONE}
ASKED_BEFORE = timedelta(days=4)


async def load(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    """Three requests in each of the two communities with teams, of somebody who has saved."""
    for one in communities:
        if one.code not in SAVING or len(one.people) <= HELPING:
            continue
        if one.code == LARGEST and VETERAN not in one.people:
            continue  # nobody there has saved enough
        requester = one.people[SAVING[one.code]]
        helper = NEIGHBOUR if NEIGHBOUR in one.people else one.people[HELPING]
        for status in KINDS:
            words = await service.sealer.seal(requester, {"words": KINDS[status][1]})
            asked = _asked(told, one.code, requester, (status, words["words"]))
            await _told(service, status, asked, helper)


def id_of(community: str, status: str) -> UUID:
    """The request of this community that has come so far."""
    return derived("sample-help", community, status)


def _asked(told: Told, community: str, requester: UUID, what: tuple[str, Sealed]) -> AskHelp:
    service, _, minutes, days = KINDS[what[0]]
    day = told.began + timedelta(days=days)
    return AskHelp(
        at=told.began - ASKED_BEFORE, actor=acting(told, str(requester), "volunteer"),
        requester=requester, territory=community, service=service, minutes=minutes,
        day=day_of(day), since="09:00" if days else None, paid="account",
        rules=told.rules, words=what[1], pool=community,
    )  # fmt: skip


async def _told(service: Volunteers, status: str, asked: AskHelp, helper: UUID) -> None:
    known, name = id_of(asked.territory, status), f"help {asked.territory} {status}"
    targets = (
        Target(payment.ASKED, account_of(asked.requester)),
        Target(help_request, known),
    )
    decide: Any = partial(payment.asked, asked, known)
    submission = Submission(identity_of(service, name), asked, targets, decide)
    await service.executor.execute(submission)
    for number, step in enumerate(_steps(status, asked, helper)):
        identity = identity_of(service, f"{name} {number}")
        found = await opened(service, known)
        await service.executor.execute(submission_of(step, known, found, identity))


def _steps(status: str, asked: AskHelp, helper: UUID) -> Iterator[HelpCommand]:
    if status == "open":
        return
    own = replace(asked.actor, id=str(helper))
    yield AcceptHelp(at=asked.at + timedelta(hours=5), actor=own, volunteer=helper)
    if status == "accepted":
        return
    done = asked.at + ASKED_BEFORE - timedelta(minutes=40)
    yield FinishHelp(at=done, actor=own, volunteer=helper, minutes=asked.minutes)
    yield ConfirmHelp(
        at=done + timedelta(minutes=30), actor=asked.actor, helper=helper, home=asked.territory,
        minutes=asked.minutes, review=5, rules=asked.rules,
    )  # fmt: skip
