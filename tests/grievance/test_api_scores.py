"""Scores and the callback sample over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.grievance.service import Grievance
from shared.core.local_time import month_of
from tests.grievance.books import KEEPER, sent
from tests.grievance.front_desk import AGENT, CHIEF, UNIT, FrontDesk, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
MONTH = month_of(datetime.now(UTC))
PARKS: dict[str, Any] = {"unit": "parks"}


async def handled(desk: FrontDesk, place: str, unit: str = "lamps", *, by: str = "") -> str:
    """A case with a reply of this unit; its petitioner was called by `by`, or not."""
    case_id = str((await desk.file(territory=place))["id"])
    await desk.walk(case_id, "accept")
    steps: list[tuple[str, dict[str, Any] | None]] = [
        ("dispatch", {"unit": unit}), ("sign", None), ("reply", None),
    ]  # fmt: skip
    for version, (verb, form) in enumerate(steps, start=2):
        actor = {"unit": unit} if verb != "dispatch" else {}
        answer = await desk.step(case_id, verb, version, form=form, **actor)
        assert answer.is_success, answer.text
    if by:
        assert (await desk.step(case_id, "callback", 5, sub=by)).is_success
    return case_id


async def scores(desk: FrontDesk, **query: Any) -> dict[str, Any]:
    answer = await desk.read("/scores", **{"actor": CHIEF, "month": MONTH, **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def sample(desk: FrontDesk, **query: Any) -> dict[str, Any]:
    answer = await desk.read("/callbacks/sample", **{"actor": AGENT, "month": MONTH, **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def rate(line: dict[str, Any], code: str) -> tuple[int, int, int | None]:
    [found] = [one for one in line["rates"] if one["code"] == code]
    return found["numerator"], found["denominator"], found["per_mille"]


async def test_units_and_communities_are_scored_with_what_rates_are_made_of(
    desk: FrontDesk, service: Grievance
) -> None:
    for place in ("d/s1/c1", "d/s1/c2"):
        await handled(desk, place, by="caller-1")
    await handled(desk, "d/s2/c9", "parks")
    await service.projector.drain()
    board = await scores(desk)
    lamps, parks = board["items"]
    assert (lamps["code"], lamps["counted"]["dispatched"]) == ("lamps", 2)
    assert rate(lamps, "sign_rate") == (2, 2, 1_000)
    assert rate(lamps, "resolution_rate") == (2, 2, 1_000)
    assert rate(lamps, "satisfaction_rate") == (0, 2, 0)
    assert rate(lamps, "on_time_rate") == (0, 0, None)
    assert (lamps["score"], lamps["grade"]) == (650, "pass")
    assert (parks["code"], parks["score"], parks["grade"]) == ("parks", None, None)
    assert rate(board["whole"], "response_rate") == (3, 3, 1_000)
    places = await scores(desk, by="community")
    assert {one["code"]: one["counted"]["dispatched"] for one in places["items"]} == {
        "d/s1/c1": 1, "d/s1/c2": 1, "d/s2/c9": 1,
    }  # fmt: skip
    assert places["whole"] == board["whole"]
    assert [one["code"] for one in (await scores(desk, territory="d/s2"))["items"]] == ["parks"]
    assert (await scores(desk, month="2020-01"))["items"] == []


async def test_a_unit_sees_its_own_score(desk: FrontDesk, service: Grievance) -> None:
    await handled(desk, "d/s1/c1")
    await handled(desk, "d/s1/c1", "parks")
    await service.projector.drain()
    own = await scores(desk, actor=UNIT)
    assert [one["code"] for one in own["items"]] == ["lamps"]
    refused(await desk.read("/scores", actor=UNIT, unit="parks"), 403, "outside_unit")


async def test_an_excluded_case_leaves_the_score_and_the_sample(
    desk: FrontDesk, service: Grievance
) -> None:
    case_id = await handled(desk, "d/s1/c1")
    assert (await desk.step(case_id, "exclude", 5, sub="clerk-2")).is_success
    assert (await desk.step(case_id, "judge", 6)).is_success
    await service.projector.drain()
    [lamps] = (await scores(desk))["items"]
    assert {name: n for name, n in lamps["counted"].items() if n} == {"excluded": 1}
    found = await sample(desk)
    assert (found["replied"], found["waiting"], found["items"]) == (0, 0, [])


async def test_the_sample_says_how_many_calls_are_missing_and_whom_to_call(
    desk: FrontDesk, service: Grievance
) -> None:
    share = sent("s1-half", scope="d/s1", callback_share=50)
    assert (await desk.client.post("/rules", json=share, headers=desk.headers(**KEEPER))).is_success
    waiting = {await handled(desk, "d/s1/c1") for _ in range(4)}
    await handled(desk, "d/s1/c2", by="caller-1")
    await service.projector.drain()
    told = await sample(desk, territory="d/s1")
    assert {name: told[name] for name in ("replied", "called_back", "per_mille", "rules")} == {
        "replied": 5, "called_back": 1, "per_mille": 200, "rules": "s1-half",
    }  # fmt: skip
    assert (told["share"], told["needed"], told["short"], told["waiting"]) == (50, 3, 2, 4)
    assert {one["id"] for one in told["items"]} == waiting
    # By the district's own book a tenth is enough.
    assert ((await sample(desk))["needed"], (await sample(desk))["short"]) == (1, 0)


async def test_whom_to_call_is_drawn_and_stays_so_until_they_were_called(
    desk: FrontDesk, service: Grievance
) -> None:
    for _ in range(6):
        await handled(desk, "d/s1/c1")
    await service.projector.drain()
    drawn = [one["id"] for one in (await sample(desk))["items"]]
    assert [one["id"] for one in (await sample(desk, limit=2))["items"]] == drawn[:2]
    assert (await desk.step(drawn[0], "callback", 5)).is_success
    await service.projector.drain()
    assert [one["id"] for one in (await sample(desk))["items"]] == drawn[1:]


async def test_nobody_is_sent_to_call_about_work_of_their_own_unit(
    desk: FrontDesk, service: Grievance
) -> None:
    await handled(desk, "d/s1/c1", "lamps")
    other = await handled(desk, "d/s1/c1", "parks")
    await service.projector.drain()
    found = await sample(desk, actor={**AGENT, "unit": "lamps"})
    assert ([one["id"] for one in found["items"]], found["waiting"]) == ([other], 1)
    assert found["replied"] == 2
