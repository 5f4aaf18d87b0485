"""Who reaches which star: by one statement over all accounts, as the rules themselves would say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest

from services.volunteer.queries import eligibility
from services.volunteer.queries.eligibility import Judging, Ladder
from services.volunteer.rules.book import Rung, VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.service import Volunteers
from shared.testkit.maps import lay

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = "2026-05-01"
ACCOUNTS = """
insert into time_accounts (account_id, person, territory, status, version, served, balance, held,
                           debt, opened_at)
values ($1, $1, $2, 'open', 1, $3, 0, 0, 0, $4)
"""
PEOPLE = 200


def random_rules(random: Random, version: str) -> VolunteerRules:
    """A ladder of some rungs, each higher than the one below it."""
    steps = random.sample(range(2_000), random.randint(1, 12))
    ladder = [
        Rung(star=star, minutes=minutes, level="county")
        for star, minutes in enumerate(sorted(steps), start=1)
    ]
    return BOOK.model_copy(update={"version": version, "ladder": tuple(ladder)})


async def filled(service: Volunteers, random: Random) -> dict[UUID, int]:
    """People with so many minutes; about half of them on a rung's very edge."""
    served = {UUID(int=number): random.randint(0, 2_100) for number in range(1, PEOPLE + 1)}
    async with service.pool.acquire() as connection:
        rows = [(person, f"d/{person.int % 2}", told, NOW) for person, told in served.items()]
        await connection.executemany(ACCOUNTS, rows)
    return served


@pytest.mark.parametrize("seed", range(6))
async def test_the_statement_says_what_the_rules_say(service: Volunteers, seed: int) -> None:
    random = Random(seed)
    served = await filled(service, random)
    old, new = random_rules(random, "old"), random_rules(random, "new")
    edge = {new.ladder[-1].minutes, new.ladder[0].minutes - 1, new.ladder[0].minutes}
    async with service.pool.acquire() as connection:
        for number, minutes in enumerate(edge, start=1):
            served[UUID(int=number)] = max(0, minutes)
            await connection.execute(
                "update time_accounts set served = $2 where person = $1",
                UUID(int=number), max(0, minutes),
            )  # fmt: skip
    judging = Judging(now=Ladder.of(new, DAY), before=Ladder.of(old, DAY))
    told = {person: (old.eligible(m), new.eligible(m)) for person, m in served.items()}
    counted = await eligibility.counts(service.pool, judging)
    assert {(line["was"], line["becomes"]): line["people"] for line in counted} == dict(
        Counter(told.values())
    )
    moved = {person for person, (was, becomes) in told.items() if was != becomes}
    found, after = set(), None
    while page := await eligibility.people(service.pool, judging, eligibility.MOVED, after, 7):
        assert all((one["was"], one["becomes"]) == told[one["person"]] for one in page)
        found |= {one["person"] for one in page}
        after = page[-1]["person"]
    assert found == moved


async def test_only_the_places_that_are_asked_about_count(service: Volunteers) -> None:
    await filled(service, Random(1))
    ladder = Ladder.of(BOOK, DAY)
    one = Judging(now=ladder, before=ladder, places=["d/1"])
    counted = await eligibility.counts(service.pool, one)
    assert sum(line["people"] for line in counted) == PEOPLE / 2


async def test_a_yearly_ladder_counts_the_hours_of_its_year(service: Volunteers) -> None:
    await lay(service.pool, ("d",))
    await filled(service, Random(2))
    records = """
    insert into service_records (record_id, account_id, person, record, position, territory, status,
        day, minutes, service, evidence, grade, recorder, entered_at)
    values (gen_random_uuid(), $1, $1, 1, 1, 'd', $2, $3, $4, 'meals', 'recorder', 'b', 'r', now())
    """
    ann, bob = UUID(int=1), UUID(int=2)
    async with service.pool.acquire() as connection:
        await connection.executemany(
            records,
            [
                (ann, "approved", "2026-01-01", 300), (ann, "approved", "2026-12-31", 300),
                (bob, "approved", "2025-12-31", 600), (bob, "reversed", "2026-02-01", 600),
            ],
        )  # fmt: skip
    rung = Rung(star=1, minutes=600, level="county")
    yearly = BOOK.model_copy(update={"window": "calendar_year", "ladder": (rung,)})
    never = BOOK.model_copy(update={"ladder": (Rung(star=1, minutes=99_999_999, level="county"),)})
    judging = Judging(now=Ladder.of(yearly, DAY), before=Ladder.of(never, DAY))
    found = await eligibility.people(service.pool, judging, eligibility.MOVED, None, 10)
    assert [(one["person"], one["minutes"]) for one in found] == [(ann, 600)]
