"""Posts over HTTP: filled, left to a delegate, read at any time by whom they concern."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.grievance.front_desk import pointers, refused
from tests.territory.office import KEEPER, Office, ago
from tests.territory.organising import LI, UNITS, XIANG, ZHONG, done, form_units, settle

pytestmark = pytest.mark.postgres

GRID = "/posts/grid_worker/sanwan-g3"


def moment(days: int) -> str:
    """So many days from now; before now where negative."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def holders(page: dict[str, Any]) -> list[str]:
    return [line["holder"] for line in page["items"]]


async def test_a_roster_is_one_n_and_x(office: Office) -> None:
    await settle(office)
    await form_units(office)
    for code, linkage in zip(UNITS, ("department", "partner", "team", "party"), strict=True):
        link = {"territory": "sanwan-g3", "linkage": linkage}
        await done(office, f"/units/{code}/link", link)
    receipt = await done(office, f"{GRID}/fill", {"holder": ZHONG})
    roster = await office.read("/rosters", min_position=receipt["position"])
    [grid] = roster["items"]
    assert (grid["grid"], grid["worker"], grid["delegate"]) == ("sanwan-g3", ZHONG, None)
    sides = {side: [unit["code"] for unit in grid[side]] for side in ("n", "x", "party")}
    assert sides == {"n": ["housing", "paired-1"], "x": ["new-march"], "party": ["sanwan-party"]}
    unlink = {"territory": "sanwan-g3", "linkage": "team"}
    before = moment(0)
    await done(office, "/units/new-march/unlink", unlink)
    assert (await office.read("/rosters"))["items"][0]["x"] == []
    then = await office.read("/rosters", at=before, territory="wenhua")
    assert [unit["code"] for unit in then["items"][0]["x"]] == ["new-march"]
    assert (await office.read("/rosters", territory="litai"))["items"] == []


async def test_who_holds_a_post_is_known_for_any_day(office: Office) -> None:
    await settle(office)
    await done(office, f"{GRID}/fill", {"holder": ZHONG, **ago(400)})
    await done(office, f"{GRID}/vacate", {"holder": ZHONG, **ago(300)})
    await done(office, f"{GRID}/fill", {"holder": LI, **ago(100)})
    await done(office, f"{GRID}/fill", {"holder": XIANG, "until": moment(-150), **ago(250)})
    for days, holder in ((-350, [ZHONG]), (-275, []), (-200, [XIANG]), (-120, []), (0, [LI])):
        assert holders(await office.read("/posts", at=moment(days))) == holder
    first = await office.read("/posts", ever=True, limit=2)
    rest = await office.read("/posts", ever=True, limit=2, after=first["next"])
    assert holders(first) + holders(rest) == [ZHONG, XIANG, LI]
    assert rest["next"] is None
    refused(await office.get("/posts", after=ZHONG), 422, "bad_page_mark")
    assert holders(await office.read("/posts", ever=True, holder=ZHONG)) == [ZHONG]


async def test_a_delegate_stands_in_for_the_time_of_the_leave(office: Office) -> None:
    await settle(office)
    await done(office, f"{GRID}/fill", {"holder": ZHONG, **ago(100)})
    leave = {"holder": ZHONG, "since": moment(-3), "until": moment(4), "delegate": LI}
    await done(office, f"{GRID}/leave", leave)
    [line] = (await office.read("/posts", holder=LI))["items"]
    assert (line["holder"], line["delegate"]) == (ZHONG, LI)
    [head] = (await office.read("/territories/wenhua-3/heads"))["items"]
    assert (head["role"], head["holder"], head["delegate"]) == ("grid_worker", ZHONG, LI)
    await done(office, f"{GRID}/return", {"holder": ZHONG})
    assert (await office.read("/posts", holder=LI))["items"] == []
    [ended] = (await office.read("/leaves", holder=ZHONG))["items"]
    assert ended["until"] < moment(1)


async def test_residents_learn_who_answers_for_where_they_live_and_no_more(
    office: Office,
) -> None:
    await settle(office)
    await done(office, f"{GRID}/fill", {"holder": ZHONG})
    await done(office, "/posts/building_head/wenhua-3/fill", {"holder": LI})
    await done(office, "/posts/mediator/sanwan/fill", {"holder": XIANG})
    resident = {"sub": "r", "roles": ("resident",), "territory": "wenhua-3"}
    heads = await office.read("/territories/wenhua-3/heads", actor=resident)
    assert [(line["role"], line["holder"]) for line in heads["items"]] == [
        ("building_head", LI), ("grid_worker", ZHONG),
    ]  # fmt: skip
    other = await office.get("/territories/wenhua-1/heads", actor=resident)
    refused(other, 403, "outside_territory")
    for path in ("/posts", "/leaves", "/rosters", "/units", "/territories/wenhua-3/profile"):
        refused(await office.get(path, actor=resident), 403, "role_missing")


async def test_a_secretary_is_of_a_party_organisation(office: Office) -> None:
    await settle(office)
    await form_units(office, "sanwan-party", "housing", **ago(30))
    seat = "/posts/party_secretary"
    await done(office, f"{seat}/sanwan-party/fill", {"holder": ZHONG, **ago(20)})
    [line] = (await office.read("/posts", role="party_secretary"))["items"]
    assert (line["place"], line["territory"]) == ("sanwan-party", "sanwan")
    for place, code in (("housing", "wrong_kind_of_place"), ("nowhere", "unknown_unit")):
        problem = refused(await office.post(f"{seat}/{place}/fill", {"holder": LI}), 422, code)
        assert pointers(problem) == ["/place"]
    await done(office, "/units/sanwan-party/dissolve", {})
    gone = await office.post(f"{seat}/sanwan-party/fill", {"holder": LI})
    refused(gone, 422, "dissolved_already")
    await done(office, f"{seat}/sanwan-party/vacate", {"holder": ZHONG})


@pytest.mark.parametrize(
    ("path", "form", "code", "where"),
    [
        (f"{GRID}/fill", {"holder": LI}, "overlaps_in_time", "/occurred_at"),
        (f"{GRID}/fill", {"holder": "somebody"}, "invalid_request", "/holder"),
        (f"{GRID}/fill", {"holder": LI, "until": moment(-1)}, "ends_before_it_begins", "/until"),
        ("/posts/grid_worker/wenhua/fill", {"holder": LI}, "wrong_kind_of_place", "/place"),
        ("/posts/grid_worker/nowhere/fill", {"holder": LI}, "unknown_territory", "/place"),
        ("/posts/grid_worker/nowhere/vacate", {"holder": LI}, "unknown_territory", "/place"),
        ("/posts/king/sanwan-g3/fill", {"holder": LI}, "invalid_request", "/role"),
        (f"{GRID}/vacate", {"holder": LI}, "does_not_hold", "/holder"),
        (f"{GRID}/return", {"holder": ZHONG}, "not_on_leave", "/holder"),
        (f"{GRID}/leave", {"holder": ZHONG, "since": moment(1), "until": moment(2)},
         "delegate_missing", "/delegate"),
        (f"{GRID}/leave", {"holder": ZHONG, "since": moment(1), "until": moment(2),
                           "delegate": ZHONG}, "delegates_to_self", "/delegate"),
        (f"{GRID}/leave", {"holder": ZHONG, "since": moment(2), "until": moment(1),
                           "delegate": LI}, "ends_before_it_begins", "/until"),
        (f"{GRID}/fill", {"holder": LI, "occurred_at": moment(-9)}, "late_entry_needs_reason",
         "/late_reason"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, path: str, form: dict[str, Any], code: str, where: str
) -> None:
    await settle(office)
    await done(office, f"{GRID}/fill", {"holder": ZHONG, **ago(5)})
    head = await office.service.head()
    problem = refused(await office.post(path, form), 422, code)
    assert pointers(problem) == [where]
    assert await office.service.head() == head


async def test_a_former_territory_has_no_new_posts(office: Office) -> None:
    await settle(office)
    merger = {"codes": ["wenhua", "sanwan-3"], "code": "sanwan-yuan", "name": "三湾院"}
    await done(office, "/mergers", merger)
    answer = await office.post("/posts/spokesperson/wenhua/fill", {"holder": LI})
    assert "sanwan-yuan" in refused(answer, 422, "former_territory")["detail"]


async def test_an_administrator_keeps_the_posts_of_their_street(office: Office) -> None:
    await settle(office)
    street = {"sub": "street", "territory": "shengli"}
    await done(office, f"{GRID}/fill", {"holder": ZHONG}, **street)
    other = await office.post("/posts/specialist/gaoxin/fill", {"holder": LI}, **street)
    refused(other, 403, "outside_territory")
    clerk = {**KEEPER, "roles": ("dispatcher",)}
    refused(await office.post(f"{GRID}/vacate", {"holder": ZHONG}, **clerk), 403, "role_missing")
    # whoever may not ask at all does not learn what is there
    nowhere = await office.post("/posts/grid_worker/nowhere/fill", {"holder": LI}, **clerk)
    refused(nowhere, 403, "role_missing")


async def test_a_retry_gets_the_first_answer(office: Office) -> None:
    await settle(office)
    first = await office.post(f"{GRID}/fill", {"holder": ZHONG}, key="once")
    again = await office.post(f"{GRID}/fill", {"holder": ZHONG}, key="once")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
