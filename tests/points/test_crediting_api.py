"""Points over HTTP: given, taken, taken back, and who may."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from services.points.rules.book_2026_1 import BOOK
from shared.core.messages import Actor
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person as person_decider
from shared.core.person.stream import stream_of
from shared.runtime.commands.submission import Target
from tests.points.counter import (
    ANN,
    BEN,
    CAI,
    COUNTER,
    DAN,
    GRID,
    LEADER,
    REVIEWER,
    SUPERVISOR,
    Counter,
    deed,
    resident,
    today,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
EARN, DEDUCT = f"/accounts/person/{ANN}/earn", f"/accounts/person/{ANN}/deduct"


async def test_the_first_points_open_an_account_where_somebody_lives(counter: Counter) -> None:
    await counter.given(holder=ANN)
    found = await counter.account(ANN)
    told = [found[name] for name in ("kind", "holder", "keeper", "territory", "free", "earned")]
    assert told == ["person", str(ANN), str(ANN), "sanwan", 15, 15]
    assert (await counter.account(ANN)) == await counter.read(
        f"/accounts/person/{ANN}", resident(ANN)
    )


async def test_who_the_rules_do_not_name_gives_nothing_at_once(counter: Counter) -> None:
    assert await counter.refused(EARN, deed(), LEADER) == "not_a_giver"
    assert await counter.refused(EARN, deed("clue"), GRID) == "not_a_giver", "by nobody at once"
    assert await counter.refused(EARN, deed(), resident(BEN)) == "role_missing"
    assert await counter.refused(EARN, deed("nothing"), GRID) == "no_such_reason"
    await counter.done(EARN, deed(), GRID)


async def test_nobody_gives_points_to_themselves(counter: Counter) -> None:
    myself = {"sub": str(ANN), "roles": ("points_reviewer",), "territory": "sanwan"}
    assert await counter.refused(EARN, deed(), myself) == "own_points"
    await counter.household()
    path = (await counter.read(f"/people/{ANN}/accounts", COUNTER))["household"]
    assert await counter.refused(f"/accounts/household/{path}/earn", deed(), myself) == "own_points"


async def test_what_the_rules_want_to_see_is_shown(counter: Counter) -> None:
    assert await counter.refused(EARN, deed(note=None), GRID) == "words_missing"
    photo = [
        one.model_copy(update={"evidence": "photo"}) if one.code == "activity" else one
        for one in BOOK.reasons
    ]
    await counter.publish(reasons=[one.model_dump() for one in photo])
    form = deed("activity")
    assert await counter.refused(EARN, form, GRID) == "photo_missing"
    proof = hashlib.sha256(b"a photo").hexdigest()
    await counter.done(EARN, {**form, "proof": proof}, GRID)
    [line] = (await counter.entries())["items"]
    assert (line["proof"], line["note"], line["label"]) == (proof, "两家和好了", "参加社区活动")


async def test_a_deed_is_given_where_its_giver_answers_for(counter: Counter) -> None:
    assert await counter.refused(EARN, deed(territory="litai"), GRID) == "outside_territory"
    assert await counter.refused(EARN, deed(territory="nowhere"), GRID) == "unknown_territory"
    assert await counter.refused(EARN, deed(day=today(-1)), GRID) == "day_ahead"
    assert await counter.refused(EARN, deed(quantity=0), GRID) == "quantity_not_positive"


async def test_a_retry_gives_nothing_twice(counter: Counter) -> None:
    first = await counter.post(EARN, deed(), GRID, key="one")
    again = await counter.post(EARN, deed(), GRID, key="one")
    assert (first.json(), again.headers["idempotency-replayed"]) == (again.json(), "true")
    assert (await counter.account())["free"] == 15
    other = await counter.post(EARN, deed(quantity=2), GRID, key="one")
    assert other.status_code == 422 or other.status_code == 409


async def test_what_goes_past_a_limit_is_told_and_not_given(counter: Counter) -> None:
    await counter.given(3)
    await counter.given(1)
    lines = [
        (one["kind"], one["amount"], one["over"], one["free"])
        for one in (await counter.entries())["items"]
    ]
    assert lines == [("points-earned", 5, 10, 50), ("points-earned", 45, 0, 45)], "fifty a day"


async def test_never_more_is_taken_than_there_is(counter: Counter) -> None:
    await counter.given(1)
    assert await counter.refused(DEDUCT, deed("uncivil"), GRID) == "role_missing"
    assert await counter.refused(DEDUCT, deed("mediation"), REVIEWER) == "no_such_reason"
    await counter.done(DEDUCT, deed("uncivil", quantity=4), REVIEWER)
    found = await counter.entries()
    line = found["items"][0]
    assert (line["kind"], line["amount"], line["over"], found["free"]) == (
        "points-deducted", -15, 5, 0,
    )  # fmt: skip
    other = f"/accounts/person/{BEN}/deduct"
    assert await counter.refused(other, deed("uncivil"), REVIEWER) == "no_account"


async def test_what_was_never_earned_is_taken_back_once(counter: Counter) -> None:
    lot = await counter.given(1)
    path = f"/accounts/person/{ANN}/lots/{lot}/reverse"
    form = {"reason": "mistake"}
    assert await counter.refused(path, form, resident(ANN)) == "role_missing"
    away = {**REVIEWER, "territory": "litai"}
    assert await counter.refused(path, form, away) == "no_such_account"
    source = {"reason": "reversed_at_source"}
    assert await counter.refused(path, source, REVIEWER) == "invalid_request"
    [line] = (await counter.read(f"/accounts/person/{ANN}/entries", REVIEWER))["items"]
    assert (line["steps"], line["standing"]) == (["reverse"], True)
    await counter.done(path, form, REVIEWER)
    found = await counter.read(f"/accounts/person/{ANN}/entries", REVIEWER)
    told = [(one["amount"], one["steps"], one["standing"]) for one in found["items"]]
    assert told == [(-15, [], None), (15, [], False)]
    assert await counter.refused(path, form, REVIEWER) == "is_reversed"
    assert await counter.refused(path.replace(f"lots/{lot}", "lots/9"), form, SUPERVISOR) == (
        "no_such_lot"
    )


async def test_an_account_is_opened_once_and_by_whom_it_concerns(counter: Counter) -> None:
    form = {"holder": str(CAI), "territory": "sanwan"}
    assert await counter.refused("/accounts", form, resident(BEN)) == "not_your_own"
    await counter.done("/accounts", form, resident(CAI))
    assert await counter.refused("/accounts", form, COUNTER) == "account_open"
    other = {"holder": str(DAN), "keeper": str(CAI), "territory": "litai"}
    assert await counter.refused("/accounts", other, COUNTER) == "keeper_of_a_person"
    await counter.done("/accounts", {"holder": str(DAN), "territory": "litai"}, COUNTER)
    assert (await counter.account(DAN))["territory"] == "litai"


async def test_who_moves_keeps_the_points(counter: Counter) -> None:
    await counter.given(1)
    path = f"/accounts/person/{ANN}/move"
    assert await counter.refused(path, {"territory": "litai"}, resident(ANN)) == "role_missing"
    await counter.done(path, {"territory": "litai"}, COUNTER)
    found = await counter.account()
    assert (found["territory"], found["free"]) == ("litai", 15)
    assert await counter.refused(path, {"territory": "litai"}, COUNTER) == "nothing_changed"


async def test_of_who_was_erased_the_words_are_gone_and_the_sums_stay(counter: Counter) -> None:
    await counter.given(1)
    actor = Actor(id="super", roles=frozenset({"supervisor"}), territory="gaoxin")
    asked = EraseSubject(at=datetime.now(UTC), actor=actor, subject=ANN, reason="own_request")
    await counter.sent(Target(person_decider, stream_of(ANN)), asked)
    await counter.service.eraser.catch_up()
    [line] = (await counter.entries())["items"]
    assert (line["amount"], line["note"], line["label"]) == (15, None, "调解矛盾纠纷")
    assert (await counter.post(EARN, deed(), GRID)).status_code >= 400
