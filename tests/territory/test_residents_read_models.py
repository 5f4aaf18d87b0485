"""The read models of the register, and the copy that others keep, on residents who lived at
random; some were merged, some erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.territory.app import PUBLICATION
from services.territory.log import EVENTS, LOG
from services.territory.projections.care_tags import CareRow, care_tags
from services.territory.projections.person_erasures import person_erasures
from services.territory.projections.relatives import relatives
from services.territory.projections.resident_stays import resident_stays
from services.territory.projections.residents import residents
from services.territory.resident.events import ResidentLeft, ResidentMoved, ResidentReturned
from services.territory.service import OF_PERSONS
from shared.contracts.known_residents import known_residents
from shared.store.pool import Pool, open_pool
from shared.testkit.contents import Model, folded
from shared.testkit.databases import TestDatabase
from shared.testkit.deliveries import published
from shared.testkit.projections import Told, follows, history, holds
from tests.territory.lives import Town
from tests.territory.maps import day
from tests.territory.residents import (
    LI,
    OTHER_HOME,
    SON,
    agreed,
    declared,
    erased,
    left,
    merged,
    registered,
    tagged,
)

WANTED = {
    "resident-moved", "resident-returned", "doubles-merged", "double-absorbed", "subject-erased",
    "care-untagged", "relative-withdrawn", "erasure-completed",
}  # fmt: skip
moved = ResidentMoved(at=day(5), building="wenhua-2", household=OTHER_HOME)
returned = ResidentReturned(at=day(20), building="sanwan-3-1", household=None)


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.mark.postgres
@pytest.mark.parametrize("model", OF_PERSONS, ids=lambda model: model.name)
async def test_a_read_model_holds(pool: Pool, model: Model) -> None:
    async with pool.acquire() as connection:
        lived = await Town(connection, seed=3).live(500)
    assert {one.type for one in lived} >= WANTED, "these were to be tried"
    assert folded(model, lived).rows, "there is something to hold"
    await holds(pool, model, LOG, EVENTS)


@pytest.mark.postgres
async def test_the_copy_of_the_ids_follows(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await Town(connection, seed=4).live(400)
        topic = await published(connection, PUBLICATION)
    kinds = {one.type for one in topic.sent}
    assert kinds == {
        "resident-registered", "resident-moved", "resident-left", "resident-returned",
        "doubles-merged", "subject-erased",
    }  # fmt: skip
    assert folded(known_residents, topic.history()).rows, "there is something to hold"
    await follows(pool, known_residents, topic)


def rows(model: Model, *events: Any) -> list[Any]:
    """What the model makes of these, in the building where each was recorded."""
    recorded = history(LOG, (LI, events))
    return [*folded(model, [one._replace(territory="wenhua-1") for one in recorded]).rows.values()]


def test_a_resident_is_one_row_until_they_are_erased() -> None:
    [row] = rows(residents, registered, agreed, moved, tagged)
    assert (row.building, row.household, row.since, row.purposes) == (
        "wenhua-2", OTHER_HOME, day(5), "notice",
    )  # fmt: skip
    [gone] = rows(residents, registered, left)
    assert (gone.status, gone.left_at, gone.household) == ("left", day(10), None)
    [back] = rows(residents, registered, left, returned)
    assert (back.status, back.left_at, back.building) == ("living", None, "sanwan-3-1")
    for model in (residents, care_tags):
        assert rows(model, registered, tagged, erased) == []


def test_a_stay_is_a_row_and_leaving_is_one_in_no_building() -> None:
    stays = rows(resident_stays, registered, moved, left, returned, tagged)
    assert [(row.building, row.since) for row in stays] == [
        ("wenhua-1", day(0)), ("wenhua-2", day(5)), (None, day(10)), ("sanwan-3-1", day(20)),
    ]  # fmt: skip


def test_care_counts_where_they_live_and_not_while_they_are_away() -> None:
    told = Told(care_tags)
    here = history(LOG, (LI, [registered, tagged, moved]))
    told(*here).counts({("wenhua-2", "empty_nest"): {"persons": 1}})
    away = history(LOG, (LI, [registered, tagged, ResidentLeft(at=day(10))]))
    told(*away).counts({})
    assert rows(care_tags, registered, tagged) == [CareRow(LI, "wenhua-1", "empty_nest", False)]
    assert rows(care_tags, registered, moved, left) == []


def test_a_relative_is_a_row_for_each_two() -> None:
    [row] = rows(relatives, registered, declared)
    assert (row.person_id, row.relative, row.relation) == (LI, SON, "child")
    [other] = folded(relatives, history(LOG, (SON, [declared]))).rows
    assert other != row.pair_id


def test_residents_are_counted_by_building_and_state() -> None:
    other = UUID(int=99)
    happened = history(LOG, (LI, [registered, moved]), (other, [registered, merged]))
    Told(residents)(*happened).counts(
        {("wenhua-2", "living"): {"persons": 1}, ("wenhua-1", "merged"): {"persons": 1}}
    )


def test_an_answer_before_the_asking_is_no_erasure_that_was_asked_for() -> None:
    assert rows(person_erasures, registered, erased) == []
    late = registered.model_copy(update={"at": day(0) + timedelta(hours=1)})
    assert rows(person_erasures, late) == []


def test_the_copy_has_the_ids_and_the_home_and_nothing_else() -> None:
    assert [*known_residents.row.__dataclass_fields__] == [
        "person_id", "building", "household", "merged_into", "gone",
    ]  # fmt: skip
