"""The read models of volunteers, teams and activities, on a log in which everything happened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.volunteer.activity.events import ActivityEvent
from services.volunteer.log import EVENTS, LOG
from services.volunteer.projections.activities import activities
from services.volunteer.projections.activity_people import activity_people
from services.volunteer.projections.team_members import team_members
from services.volunteer.projections.teams import teams
from services.volunteer.projections.volunteers import volunteers
from services.volunteer.team.events import TeamEvent
from services.volunteer.volunteer.events import VolunteerEvent
from shared.core.catalogue import Catalogue
from shared.testkit.projections import holds
from tests.volunteer.club import ANN, BOB, CAI, LEADER, Clock, Club, self_

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
OF_PEOPLE = {
    type_
    for events in (VolunteerEvent, TeamEvent, ActivityEvent)
    for type_ in Catalogue.of(events).classes
}


async def _teams_live(club: Club) -> None:
    one, other, third = [await club.found(since=f"199{n}-01-01") for n in range(3)]
    for person in (ANN, BOB):
        await club.done(f"/teams/{one}/join", {"person": str(person)}, LEADER)
    await club.done(f"/teams/{one}/lead", {"person": str(ANN)}, LEADER)
    await club.done(f"/teams/{one}/leave", {"person": str(ANN)}, self_(ANN))
    await club.done(f"/teams/{one}/join", {"person": str(ANN)}, self_(ANN))
    await club.done(f"/teams/{one}/merge", {"into": other}, LEADER)
    await club.done(f"/teams/{third}/dissolve", {}, LEADER)


async def _activities_live(club: Club, clock: Clock) -> None:
    now = clock.moment
    one = f"/activities/{await club.plan(now - timedelta(hours=2), capacity=1, campaign='清河')}"
    off = f"/activities/{await club.plan(now + timedelta(hours=2))}"
    await club.done(f"{off}/cancel", {"reason": "weather"}, LEADER)
    clock.moment = now - timedelta(hours=3)
    for person in (ANN, BOB, CAI):
        await club.done(f"{one}/sign-up", {}, self_(person))
    await club.done(f"{one}/withdraw", {}, self_(ANN))
    changed = {
        "name": "清河", "place": "桥尾", "starts": (now - timedelta(hours=2)).isoformat(),
        "ends": (now - timedelta(hours=1)).isoformat(), "capacity": 2,
    }  # fmt: skip
    await club.done(f"{one}/change", changed, LEADER)
    clock.moment = now - timedelta(minutes=110)
    await club.done(f"{one}/sign-in", {"person": str(BOB)}, LEADER)
    clock.moment = now - timedelta(minutes=70)
    await club.done(f"{one}/sign-out", {}, self_(BOB))
    marks = [{"person": str(ANN), "attended": "left", "minutes": 15}]
    await club.done(f"{one}/attendance", {"marks": marks}, LEADER)
    clock.moment = now
    await club.done(f"{one}/hold", {"served": 3, "words": "清了一车"}, LEADER)


async def test_they_hold_whatever_happens_on_the_way(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.open(ANN, BOB, CAI)
    await club.done(f"/volunteers/{CAI}/change", {"services": ["meals"]}, self_(CAI))
    await _teams_live(club)
    await _activities_live(club, Clock(monkeypatch))
    await club.done(f"/volunteers/{CAI}/end", {"reason": "health"}, self_(CAI))
    pool = club.service.pool
    async with pool.acquire() as connection:
        seen = {row["type"] for row in await connection.fetch("select distinct type from event")}
    assert OF_PEOPLE - seen == set(), "these were to be tried"
    for model in (volunteers, teams, team_members, activities, activity_people):
        await holds(pool, model, LOG, EVENTS)
