"""The read model of stars: events in, lines out; and what it keeps whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.star_standing import (
    NOT_ASKED,
    StarStandingRow,
    star_standing,
)
from services.volunteer.service import Volunteers
from services.volunteer.stars.commands import RecordStar, ReviewStar, RevokeStar
from services.volunteer.stars.decider import stars
from services.volunteer.stars.events import (
    ObjectionAnswered,
    StarApplied,
    StarAwarded,
    StarCleared,
    StarInDoubt,
    StarNoticed,
    StarObjected,
    StarRecorded,
    StarRefused,
    StarRevoked,
)
from services.volunteer.stars.stream import stars_of
from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.core.sealed import Sealed
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single
from shared.testkit.maps import lay
from shared.testkit.projections import Told, history, holds
from tests.volunteer.starring import ANN, AT, actor

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
told = Told(star_standing)
STREAM = stars_of(ANN)
WORDS = Sealed(subject=ANN, field="words", box="c2VhbGVk")
APPLIED = StarApplied(
    at=AT, person=ANN, territory="d", star=1, minutes=6_100, needs=6_000, level="county",
    notice_days=5, rules="2026.1", applicant="leader",
)  # fmt: skip
NOTICED = StarNoticed(at=AT, star=1, until="2026-05-12")
OBJECTED = StarObjected(at=AT, star=1, objector="wang", words=WORDS)
ANSWERED = ObjectionAnswered(at=AT, objection=3, upheld=False)
AWARDED = StarAwarded(
    at=AT, person=ANN, territory="d", star=1, level="county", rules="2026.1", minutes=6_100,
    needs=6_000, certificate="7",
)  # fmt: skip
RECORDED = StarRecorded(
    at=AT, person=ANN, territory="d", star=3, level="city", day="2019-08-30", source="2019"
)
DOUBTED = StarInDoubt(at=AT, star=1, minutes=5_900, needs=6_000)
ASKED = StarStandingRow(
    stars_id=STREAM, person=ANN, territory="d", version=1, star=0, level=None, since=None,
    certificate=None, in_doubt=False, doubt_minutes=None, doubt_needs=None, application="applied",
    wanted=1, wanted_level="county", wanted_rules="2026.1", needs=6_000, minutes=6_100,
    applicant="leader", asked=1, asked_at=AT, notice_days=5, notice_until=None, objections=0,
    open_objections=0, upheld=False,
)  # fmt: skip
HELD = replace(ASKED, **NOT_ASKED, star=1, level="county", since="2026-05-06", certificate="7")


def events(*happened: Event) -> list[Recorded[Any]]:
    return history(LOG, (STREAM, happened))


def test_an_application_waits_is_noticed_and_objected_to() -> None:
    told(*events(APPLIED)).rows(ASKED)
    noticed = replace(ASKED, application="noticed", notice_until="2026-05-12")
    told(*events(APPLIED, NOTICED)).rows(replace(noticed, version=2))
    objected = replace(noticed, version=3, objections=1, open_objections=1)
    told(*events(APPLIED, NOTICED, OBJECTED)).rows(objected)
    answered = replace(objected, version=4, open_objections=0)
    told(*events(APPLIED, NOTICED, OBJECTED, ANSWERED)).rows(answered)


def test_a_star_is_held_in_doubt_cleared_and_revoked() -> None:
    past = (APPLIED, NOTICED, AWARDED)
    told(*events(*past)).rows(replace(HELD, version=3))
    doubt = replace(HELD, version=4, in_doubt=True, doubt_minutes=5_900, doubt_needs=6_000)
    then = told(*events(*past, DOUBTED))
    then.rows(doubt)
    then.counts({("d", "1"): {"people": 1, "in_doubt": 1}})
    cleared = StarCleared(at=AT, star=1, minutes=6_000)
    told(*events(*past, DOUBTED, cleared)).rows(replace(HELD, version=5))
    gone = StarRevoked(at=AT, person=ANN, territory="d", star=1, left=0, reason="own_wish")
    left = replace(HELD, version=5, star=0, level=None, certificate=None)
    told(*events(*past, DOUBTED, gone)).rows(left)


def test_a_refusal_leaves_what_is_held_and_a_record_says_since_when() -> None:
    refusal = StarRefused(at=AT, star=1, reason="conduct")
    nothing = replace(ASKED, **NOT_ASKED, version=2)
    told(*events(APPLIED, refusal)).rows(nothing)
    recorded = replace(nothing, version=1, star=3, level="city", since="2019-08-30")
    told(*events(RECORDED)).rows(recorded)


async def test_it_holds(service: Volunteers) -> None:
    await lay(service.pool, ("d",))
    await service.map.read()
    importer = actor("import", "importer")
    service_actor = actor("policy", "service")
    for number in range(1, 40):
        person = UUID(int=number)
        commands = [
            RecordStar(
                at=AT, actor=importer, person=person, territory="d",
                star=1 + number % 5, level="county", day="2020-01-01", source="s", needs=6_000,
            ),
            ReviewStar(at=AT, actor=service_actor, minutes=60, total=5_950, day="2026-01-01"),
            RevokeStar(at=AT, actor=actor("chief", "supervisor"), reason="conduct"),
        ][: 1 + number % 3]  # fmt: skip
        for step, command in enumerate(commands):
            identity = Identity(derived("step", str(number), str(step)), b"x")
            target = Target(stars, stars_of(person))
            await service.executor.execute(single(target, command, identity))
    await holds(service.pool, star_standing, LOG, EVENTS)
