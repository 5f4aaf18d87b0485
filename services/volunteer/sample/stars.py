"""Stars of the sample: the veteran's three, taken over; and what waits for the county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.volunteer.account.stream import account_of
from services.volunteer.sample.hours import Told, acting
from services.volunteer.sample.people import LARGEST, OLDEST, VETERAN, Community
from services.volunteer.service import Volunteers
from services.volunteer.stars.commands import ApplyStar, NoticeStar, RecordStar
from services.volunteer.stars.decider import stars
from services.volunteer.stars.served import served, with_account
from services.volunteer.stars.stream import stars_of
from services.volunteer.words import Level
from shared.core.local_time import day_of
from shared.core.messages import Command
from shared.runtime.commands.submission import Submission, Target
from shared.runtime.telling import identity_of, tell_in_turn

# Which of the oldest community's people apply, and so many days ago they were put on notice.
READY, NOTICED, ASKED = (1, 26), (3, 1), (5, None)
AWARDS: Sequence[tuple[Level, int]] = (("county", 1_800), ("county", 1_300), ("city", 500))


async def load(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    """The veteran's stars; one application ready to award, one on notice, one that waits."""
    for one in communities:
        if one.code == LARGEST and VETERAN in one.people:
            name, stream = f"stars {VETERAN}", stars_of(VETERAN)
            await tell_in_turn(service, name, stars, stream, _past(told))
        if one.code == OLDEST:
            for number, ago in (READY, NOTICED, ASKED):
                if number < len(one.people):
                    await _applies(service, told, one.people[number], ago)


def _past(told: Told) -> Iterator[Command]:
    importer = acting(told, "importer-1", "importer")
    for star, (level, ago) in enumerate(AWARDS, start=1):
        yield RecordStar(
            at=told.began, actor=importer, late_reason="migration", person=VETERAN,
            territory=LARGEST, star=star, level=level, source="区志愿者协会旧台账",
            day=day_of(told.began - timedelta(days=ago)),
            needs=told.rules.ladder[star - 1].minutes,
        )  # fmt: skip


async def _applies(service: Volunteers, told: Told, person: UUID, ago: int | None) -> None:
    at = told.began - timedelta(days=2 if ago is None else ago + 2)
    asked = ApplyStar(
        at=at, actor=acting(told, str(person), "volunteer"), person=person, territory=OLDEST,
        star=1, rules=told.rules,
    )  # fmt: skip
    targets = (Target(served, account_of(person)), Target(stars, stars_of(person)))
    decide: Any = partial(with_account, asked)
    known = identity_of(service, f"star asked {person}")
    await service.executor.execute(Submission(known, asked, targets, decide, origin="history"))
    if ago is not None:
        noticed = NoticeStar(
            at=told.began - timedelta(days=ago), actor=acting(told, "approver-1", "hours_approver")
        )
        await tell_in_turn(service, f"star noticed {person}", stars, stars_of(person), [noticed])
