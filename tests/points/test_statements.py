"""What people read of their points: free today, ending when, and how each came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.points.counter import (
    ANN,
    AUDITOR,
    BEN,
    CAI,
    COUNTER,
    DAN,
    GRID,
    HOME,
    LEADER,
    REVIEWER,
    Counter,
    deed,
    resident,
    today,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NEVER = {"expiry": {"mode": "never"}}


def later(days: int) -> str:
    """The day so many days from now."""
    return today(-days)


async def test_an_account_tells_every_day_with_which_something_ends(counter: Counter) -> None:
    await counter.publish(expiry={"mode": "year_end", "carry": 10})
    await counter.given(1)
    first = f"{date.fromisoformat(today()).year}-12-31"
    second = f"{date.fromisoformat(today()).year + 1}-12-31"
    found = await counter.account()
    assert found["coming"] == [
        {"day": first, "points": 15, "carried": 10, "until": second},
        {"day": second, "points": 10, "carried": 0, "until": None},
    ]
    await counter.publish(expiry={"mode": "days", "days": 10})
    await counter.given(1)
    found = await counter.account()
    days = [(one["day"], one["points"]) for one in found["coming"]]
    assert days == sorted([(later(10), 15), (first, 15), (second, 10)])
    assert (found["ends"], found["free"]) == (found["coming"][0], 30)


async def test_locked_points_are_told_apart_with_the_day_from_which_they_are_free(
    counter: Counter,
) -> None:
    await counter.publish(expiry={"mode": "never", "locked": 7}, opens=20, least=5)
    await counter.given(1)
    found = await counter.account()
    assert (found["free"], found["locked"]) == (0, 15)
    assert found["opening"] == [{"day": later(7), "points": 15}]
    assert (found["opens"], found["missing"], found["least"]) == (20, 5, 5)
    head = await counter.entries()
    assert (head["free"], head["locked"], head["items"][0]["free"]) == (0, 15, 15)


async def test_what_ended_at_midnight_is_not_free_before_anybody_wrote_it_down(
    counter: Counter,
) -> None:
    rules = await counter.publish(expiry={"mode": "days", "days": 3})
    await counter.earned_on(today(4), rules)
    await counter.earned_on(today(3), rules)
    found = await counter.account()
    assert (found["free"], found["coming"]) == (15, [
        {"day": today(), "points": 15, "carried": 0, "until": None},
    ])  # fmt: skip
    head = await counter.entries()
    assert (head["free"], head["ended"], head["items"][0]["free"]) == (15, 15, 30)
    await counter.given(1)
    head = await counter.entries()
    assert (head["free"], head["ended"], head["items"][0]["free"]) == (30, 0, 30)
    kinds = [one["kind"] for one in head["items"]]
    assert kinds == ["points-earned", "points-expired", "points-earned", "points-earned"]


async def test_a_statement_runs_up_line_by_line_and_page_by_page(counter: Counter) -> None:
    await counter.publish(**NEVER, daily=None)
    for times in (1, 2, 1):
        await counter.given(times)
    await counter.done(f"/accounts/person/{ANN}/deduct", deed("uncivil"), REVIEWER)
    found = await counter.entries()
    told = [(one["amount"], one["free"]) for one in found["items"]]
    assert told == [(-5, 55), (15, 60), (30, 45), (15, 15)]
    pages, after = [], None
    while True:
        asked: dict[str, Any] = {"after": after} if after else {}
        page = await counter.entries(limit=1, **asked)
        assert (page["free"], len(page["items"])) == (55, 1)
        pages += page["items"]
        if (after := page["next"]) is None:
            break
    assert pages == found["items"]
    assert [one["label_en"] for one in found["items"]][:2] == [
        "Uncivil conduct",
        "Mediating disputes",
    ]


async def test_a_statement_as_of_a_day_is_what_was_on_record_then(counter: Counter) -> None:
    await counter.given(1)
    now, then = await counter.entries(as_of=today()), await counter.entries(as_of=today(1))
    assert (now["free"], len(now["items"]), now["day"]) == (15, 1, today())
    assert (then["free"], then["items"], then["day"]) == (0, [], today(1))
    end = f"{date.fromisoformat(today()).year + 2}-01-01"
    ahead = await counter.entries(as_of=end)
    assert (ahead["free"], ahead["ended"]) == (0, 15), "if nobody touches it until then"


async def test_nobody_sees_the_points_of_another(counter: Counter) -> None:
    await counter.given(1)
    for path in (f"/accounts/person/{ANN}", f"/accounts/person/{ANN}/entries"):
        for stranger in (resident(BEN), {**COUNTER, "territory": "litai"}):
            answer = await counter.get(path, stranger)
            assert (answer.status_code, answer.json()["code"]) == (404, "no_such_account")
        assert (await counter.get(path, LEADER)).json()["code"] == "role_missing"
        for reader in (resident(ANN), COUNTER, AUDITOR):
            assert (await counter.get(path, reader)).status_code == 200
    assert (await counter.get(f"/accounts/person/{DAN}", COUNTER)).status_code == 404
    answer = await counter.get(f"/people/{ANN}/accounts", resident(BEN))
    assert answer.json()["code"] == "not_your_own"


async def test_a_household_is_kept_by_one_of_its_people_and_seen_by_all(counter: Counter) -> None:
    form = {"kind": "household", "holder": str(HOME), "territory": "sanwan"}
    stranger = {**form, "keeper": str(CAI)}
    assert await counter.refused("/accounts", stranger, resident(CAI)) == "not_of_household"
    await counter.done("/accounts", {**form, "keeper": str(ANN)}, resident(ANN))
    await counter.done(f"/accounts/household/{HOME}/earn", deed(), GRID)
    for person in (ANN, BEN):
        kept = await counter.read(f"/people/{person}/accounts", resident(person))
        told = [(one["kind"], one["free"], one["keeper"]) for one in kept["items"]]
        assert (told, kept["household"]) == ([("household", 15, str(ANN))], str(HOME))
        path = f"/accounts/household/{HOME}/entries"
        assert (await counter.read(path, resident(person)))["free"] == 15
    kept = await counter.read(f"/people/{CAI}/accounts", resident(CAI))
    assert (kept["items"], kept["household"]) == ([], None)
    assert (await counter.get(f"/accounts/household/{HOME}", resident(CAI))).status_code == 404


async def test_another_of_the_household_can_be_named_its_keeper(counter: Counter) -> None:
    await counter.household()
    path = f"/accounts/household/{HOME}/keeper"
    assert await counter.refused(path, {"keeper": str(CAI)}, COUNTER) == "not_of_household"
    assert await counter.refused(path, {"keeper": str(BEN)}, resident(BEN)) == "role_missing"
    await counter.done(path, {"keeper": str(BEN)}, COUNTER)
    assert (await counter.account(HOME, "household"))["keeper"] == str(BEN)
    await counter.given(1)
    own = f"/accounts/person/{ANN}/keeper"
    assert await counter.refused(own, {"keeper": str(BEN)}, COUNTER) == "keeper_of_a_person"


async def test_points_pass_within_a_household_and_keep_their_last_day(counter: Counter) -> None:
    await counter.given(1)
    await counter.household()
    path, form = f"/accounts/person/{ANN}/transfer", {"kind": "household", "to": str(HOME)}
    assert await counter.refused(path, {**form, "points": 16}, resident(ANN)) == "balance_too_low"
    assert await counter.refused(path, {**form, "points": 1}, resident(BEN)) == "no_such_account"
    await counter.done(path, {**form, "points": 10}, resident(ANN))
    left, got = await counter.account(), await counter.account(HOME, "household")
    assert (left["free"], got["free"]) == (5, 10)
    assert left["coming"][0]["day"] == got["coming"][0]["day"]
    line = (await counter.entries())["items"][0]
    assert (line["kind"], line["amount"], line["about"]) == ("points-transferred", -10, str(HOME))
    to_ben = {"to": str(BEN), "points": 5}
    assert await counter.refused(path, to_ben, resident(ANN)) == "no_account"
    await counter.done("/accounts", {"holder": str(BEN), "territory": "sanwan"}, COUNTER)
    await counter.done(path, to_ben, resident(ANN))
    back = f"/accounts/household/{HOME}/transfer"
    assert await counter.refused(back, to_ben, resident(BEN)) == "no_such_account", "Ann keeps it"
    await counter.done(back, to_ben, resident(ANN))
    assert (await counter.account(BEN))["free"] == 10


async def test_points_pass_to_nobody_outside_the_household(counter: Counter) -> None:
    for person in (ANN, CAI):
        await counter.given(1, person)
    path = f"/accounts/person/{ANN}/transfer"
    to_cai = {"to": str(CAI), "points": 5}
    assert await counter.refused(path, to_cai, resident(ANN)) == "other_household"
    own = {"to": str(ANN), "points": 5}
    assert await counter.refused(path, own, resident(ANN)) == "transfer_to_oneself"
    back = f"/accounts/person/{CAI}/transfer"
    assert await counter.refused(back, own | {"to": str(ANN)}, resident(CAI)) == "other_household"
    await counter.lives(BEN, uuid4())
    await counter.done("/accounts", {"holder": str(BEN), "territory": "sanwan"}, COUNTER)
    to_ben = {"to": str(BEN), "points": 5}
    assert await counter.refused(path, to_ben, resident(ANN)) == "other_household", "who moved out"
    await counter.lives(BEN, HOME)
    await counter.publish(sharing=False)
    assert await counter.refused(path, to_ben, resident(ANN)) == "sharing_off"


async def test_everybody_is_told_for_what_points_are_given_and_who_gives_them(
    counter: Counter,
) -> None:
    told = await counter.read("/reasons", GRID, territory="sanwan")
    assert (told["rules"], told["daily"]) == ("2026.1", 50)
    at_once = {one["code"] for one in told["items"] if one["at_once"]}
    assert at_once == {"activity", "mediation", "explaining"}
    told = await counter.read("/reasons", resident(ANN))
    assert not any(one["at_once"] for one in told["items"])


async def test_the_calendar_of_a_statement_ends_no_later_than_it_says(counter: Counter) -> None:
    rules = await counter.publish(expiry={"mode": "days", "days": 3})
    await counter.earned_on(today(3), rules)
    assert (await counter.entries())["free"] == 15, "its last day is today"
    tomorrow = (date.fromisoformat(today()) + timedelta(days=1)).isoformat()
    assert (await counter.entries(as_of=tomorrow))["free"] == 0
