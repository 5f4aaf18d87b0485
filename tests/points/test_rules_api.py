"""Rules over HTTP: published, withdrawn, read, and tried on what was done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services.points.account.stream import account_of
from services.points.previews import Previews, Trial
from services.points.queries.deeds_done import Span
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from services.points.settings import Settings
from shared.runtime.web.problems import Problem
from shared.testkit.maps import lay
from tests.points.rules_office import (
    CHIEF,
    KEEPER,
    OF_STREET,
    PLACES,
    RESIDENT,
    RulesOffice,
    refused,
    rules,
    today,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ANN, BOB, EVE = UUID(int=0xA), UUID(int=0xB), UUID(int=0xE)
YEAR = {"first": "2025-01", "last": "2025-12"}
DEARER = [one | {"points": 20} if one["code"] == "mediation" else one
          for one in rules("any")["reasons"]]  # fmt: skip


@pytest.fixture
async def office(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> RulesOffice:
    await lay(service.pool, PLACES)
    await service.map.read()
    return RulesOffice(client, headers, service)


async def test_rules_are_published_read_and_withdrawn(office: RulesOffice) -> None:
    [first] = (await office.read("/rules", RESIDENT))["items"]
    assert (first["state"], first["published_at"]) == ("in_force", None)
    assert (await office.post("/rules", KEEPER, rules=rules("a"))).status_code == 201
    soon = (today() + timedelta(days=3)).isoformat()
    answer = await office.post("/rules", KEEPER, rules=rules("b", starts=soon, scope="d/s1"))
    assert answer.status_code == 201
    found = await office.read("/rules", RESIDENT)
    assert found["in_force"] == "a"
    states = {one["rules"]["version"]: one["state"] for one in found["items"]}
    assert states == {"b": "to_come", "a": "in_force", BOOK.version: "past"}
    assert (await office.post("/rules/b/withdraw", KEEPER)).status_code == 200
    [gone] = [one for one in (await office.read("/rules", RESIDENT))["items"]
              if one["rules"]["version"] == "b"]  # fmt: skip
    assert (gone["state"], gone["withdrawn_by"]) == ("withdrawn", "keeper")
    refused(await office.post("/rules/a/withdraw", KEEPER), 409, "rules_have_started")
    refused(await office.post("/rules/c/withdraw", KEEPER), 404, "no_such_rules")
    refused(await office.post("/rules", KEEPER, rules=rules("a")), 422, "version_taken")


async def test_only_who_keeps_the_rules_changes_them(office: RulesOffice) -> None:
    refused(await office.post("/rules", CHIEF, rules=rules("a")), 403, "role_missing")
    refused(await office.post("/rules/a/withdraw", CHIEF), 403, "role_missing")
    refused(await office.post("/rules/preview", RESIDENT, rules=rules("a")), 403, "role_missing")
    assert len((await office.read("/rules", RESIDENT))["items"]) == 1


async def test_a_trial_says_what_it_would_have_cost_and_who_wins_and_loses(
    office: RulesOffice,
) -> None:
    await office.earn(ANN, "2025-03-01", "mediation", 2)
    await office.earn(ANN, "2025-03-02", "clue")
    await office.earn(BOB, "2025-03-02", "clue", 2, home="d/s2/c3")
    await office.earn(EVE, "2025-04-02", "explaining", home="d/s2/c3")
    changed = [one for one in DEARER if one["code"] != "clue"]
    draft = rules("b", reasons=changed, fen=100, reactions={"hours_approved": "serving"})
    found = await office.tried(CHIEF, rules=draft, **YEAR)
    assert (found["before"], found["deeds"], found["accounts"]) == (BOOK.version, 4, 3)
    assert (found["was"], found["becomes"]) == (30 + 5 + 10 + 10, 40 + 10)
    assert (found["was_fen"], found["becomes_fen"]) == (55 * 50, 50 * 100)
    assert {one["reason"]: (one["known"], one["deeds"], one["was"], one["becomes"])
            for one in found["by_reason"]} == {
        "mediation": (True, 1, 30, 40),
        "clue": (False, 2, 15, 0),
        "explaining": (True, 1, 10, 10),
    }  # fmt: skip
    assert {one["territory"]: (one["accounts"], one["was"], one["becomes"])
            for one in found["by_place"]} == {
        "d/s1/c1": (1, 35, 40),
        "d/s2/c3": (2, 20, 10),
    }  # fmt: skip
    ann, bob = (str(account_of("person", one)) for one in (ANN, BOB))
    assert (found["more"]["accounts"], found["more"]["points"], found["same"]) == (1, 5, 1)
    assert [one["account"] for one in found["more"]["items"]] == [ann]
    [lost] = found["less"]["items"]
    assert (lost["account"], lost["was"], lost["becomes"]) == (bob, 10, 0)
    assert len((await office.read("/rules", RESIDENT))["items"]) == 1, "nothing is written down"


async def test_only_what_stands_and_is_of_these_months_is_tried(office: RulesOffice) -> None:
    lot = await office.earn(ANN, "2025-03-01", "clue")
    await office.earn(ANN, "2025-03-31", "clue")
    await office.earn(ANN, "2025-04-01", "clue")
    await office.reverse(ANN, lot)
    found = await office.tried(CHIEF, rules=rules("b"), first="2025-03", last="2025-03")
    assert (found["deeds"], found["was"], found["becomes"]) == (1, 5, 5)
    wrong = await office.post("/rules/preview", CHIEF, rules=rules("b"), first="2025-04",
                              last="2025-03")  # fmt: skip
    refused(wrong, 422, "ends_before_it_begins")


async def test_the_twelve_months_before_this_one_are_tried_where_none_are_named(
    office: RulesOffice,
) -> None:
    month = today().replace(day=1)
    last = month - timedelta(days=1)
    await office.earn(ANN, last.isoformat(), "clue")
    await office.earn(ANN, month.isoformat(), "clue")
    found = await office.tried(CHIEF, rules=rules("b"))
    assert (found["first"], found["last"]) == (f"{month.year - 1}-{month.month:02}",
                                               last.isoformat()[:7])  # fmt: skip
    assert found["deeds"] == 1
    since = await office.tried(CHIEF, rules=rules("b"), last="2025-02")
    assert since["first"] == "2024-03"


async def test_accounts_with_narrower_rules_are_no_part_of_a_trial(office: RulesOffice) -> None:
    await office.earn(ANN, "2025-03-01", "clue")
    await office.earn(BOB, "2025-03-01", "clue", home="d/s2/c3")
    whole = await office.tried(CHIEF, rules=rules("b"), **YEAR)
    assert whole["accounts"] == 2
    assert (await office.post("/rules", KEEPER, rules=rules("n", scope="d/s1"))).status_code == 201
    without = await office.tried(CHIEF, rules=rules("b"), **YEAR)
    assert [one["territory"] for one in without["by_place"]] == ["d/s2/c3"]
    of_street = await office.tried(CHIEF, rules=rules("b", scope="d/s1"), **YEAR)
    assert [one["territory"] for one in of_street["by_place"]] == ["d/s1/c1"]
    assert of_street["before"] == "n"


async def test_a_street_tries_rules_on_its_own_accounts(office: RulesOffice) -> None:
    await office.earn(ANN, "2025-03-01", "clue")
    await office.earn(BOB, "2025-03-01", "clue", home="d/s2/c3")
    found = await office.tried(OF_STREET, rules=rules("b"), **YEAR)
    assert [one["territory"] for one in found["by_place"]] == ["d/s1/c1"]
    other = await office.post("/rules/preview", OF_STREET, rules=rules("b", scope="d/s2"))
    refused(other, 403, "outside_territory")


async def test_a_trial_that_nobody_waits_for_is_broken_off_and_the_next_is_made(
    office: RulesOffice, settings: Settings
) -> None:
    await office.earn(ANN, "2025-03-01", "clue")
    await office.tried(CHIEF, rules=rules("b"), **YEAR)
    trial = Trial(BOOK, Span("2025-01", "2025-12"), ["d/s1/c1"])
    async with office.service.pool.acquire() as connection, connection.transaction():
        await connection.execute("lock table read.point_deeds in access exclusive mode")
        short = Previews(settings.points.dsn, longest=3)
        with pytest.raises(Problem) as late:
            await short.compared(trial)
        assert late.value.code == "preview_too_long"
        first = asyncio.create_task(office.service.previews.compared(trial))
        while not office.service.previews.busy:  # noqa: ASYNC110  another task begins it
            await asyncio.sleep(0.01)
        busy = await office.post("/rules/preview", CHIEF, rules=rules("b"), **YEAR)
        refused(busy, 503, "preview_under_way")
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
    assert (await office.tried(CHIEF, rules=rules("b"), **YEAR))["deeds"] == 1
