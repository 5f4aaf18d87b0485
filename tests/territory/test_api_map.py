"""The map over HTTP: drawn, changed, read at any time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.grievance.front_desk import pointers, refused
from tests.territory.office import KEEPER, Office, ago

MERGER = {"codes": ["wenhua", "sanwan-3"], "code": "sanwan-yuan", "name": "三湾院"}


def codes(page: dict[str, Any]) -> list[str]:
    return [line["code"] for line in page["items"]]


async def test_what_was_drawn_is_read_from_the_top_down(office: Office) -> None:
    receipt = await office.draw()
    page = await office.read("/territories", min_position=receipt["position"])
    assert page["total"] == 9
    assert codes(page)[0] == "gaoxin"
    assert page["watermark"]["position"] == receipt["position"] == 9
    kinds = await office.read("/territories", kind="building", under="wenhua")
    assert codes(kinds) == ["wenhua-1", "wenhua-2"]
    view = await office.read("/territories/wenhua-1")
    above = [line["code"] for line in view["above"]]
    assert above == ["wenhua-1", "wenhua", "sanwan", "shengli", "gaoxin"]


async def test_pages_of_the_map_follow_one_another(office: Office) -> None:
    await office.draw()
    first = await office.read("/territories", limit=4)
    second = await office.read("/territories", limit=4, after=first["next"])
    third = await office.read("/territories", limit=4, after=second["next"])
    whole = await office.read("/territories")
    assert codes(first) + codes(second) + codes(third) == codes(whole)
    assert third["next"] is None
    refused(await office.get("/territories", after="nowhere"), 422, "bad_page_mark")


async def test_two_estates_become_one_and_the_past_stays_as_it_was(office: Office) -> None:
    await office.draw(days_ago=400)
    before = datetime.now(UTC) - timedelta(days=1)
    assert (await office.post("/mergers", MERGER)).status_code == 200
    now = await office.read("/territories", under="sanwan", kind="neighbourhood")
    assert codes(now) == ["sanwan-yuan"]
    then = await office.read(
        "/territories", under="sanwan", kind="neighbourhood", at=before.isoformat()
    )
    assert codes(then) == ["wenhua", "sanwan-3"]
    former = await office.read("/territories/wenhua")
    assert (former["shown_as"], former["whole"], former["into"]) == (
        "sanwan-yuan", True, ["sanwan-yuan"],
    )  # fmt: skip
    view = await office.read("/territories/sanwan-yuan")
    assert [line["code"] for line in view["inner"]] == [
        "wenhua-1", "wenhua-2", "sanwan-3-1", "sanwan-3-2",
    ]  # fmt: skip


async def test_a_lineage_can_be_walked_both_ways(office: Office) -> None:
    await office.draw(days_ago=400)
    await office.post("/mergers", {**MERGER, **ago(20)})
    parts = [
        {"code": "east", "name": "东院", "takes": ["wenhua-1", "sanwan-3-1"]},
        {"code": "west", "name": "西院", "takes": ["wenhua-2", "sanwan-3-2"]},
    ]
    assert (await office.post("/territories/sanwan-yuan/split", {"parts": parts})).is_success
    for code in ("wenhua", "sanwan-yuan", "east"):
        lineage = await office.read(f"/territories/{code}/lineage")
        assert {"sanwan-yuan", code} <= {*codes(lineage)}
    whole = await office.read("/territories/sanwan-yuan/lineage")
    assert codes(whole) == ["sanwan-3", "wenhua", "sanwan-yuan", "east", "west"]
    old = await office.read("/territories/wenhua")
    assert (old["shown_as"], old["whole"]) == ("sanwan", False)


@pytest.mark.parametrize(
    ("path", "form", "status", "code", "where"),
    [
        ("/territories", {"territories": [
            {"code": "x", "kind": "grid", "name": "x", "parent": "nowhere"}]},
         422, "unknown_territory", "/territories/0/parent"),
        ("/territories", {"territories": [
            {"code": "wenhua", "kind": "grid", "name": "x", "parent": "sanwan"}]},
         422, "code_taken", "/territories/0/code"),
        ("/territories", {"territories": [
            {"code": "x", "kind": "community", "name": "x", "parent": "wenhua"}]},
         422, "wrong_kind_of_parent", "/territories/0/parent"),
        ("/territories", {"territories": [{"code": "x", "kind": "district", "name": "x"}]},
         422, "parent_missing", "/territories/0/parent"),
        ("/territories/sanwan/move", {"parent": "wenhua"}, 422, "cycle", "/parent"),
        ("/territories/sanwan/move", {"parent": "sanwan"}, 422, "cycle", "/parent"),
        ("/territories/sanwan/move", {"parent": "shengli"}, 422, "lies_there_already", "/parent"),
        ("/territories/nowhere/rename", {"name": "x"}, 422, "unknown_territory", "/code"),
        ("/territories/sanwan/close", {}, 422, "not_empty", "/code"),
        ("/territories/sanwan/assign", {"block": "shengli"}, 422, "not_a_block", "/block"),
        ("/mergers", {**MERGER, "codes": ["wenhua", "wenhua"]}, 422, "name_two_or_more", "/codes"),
        ("/mergers", {**MERGER, "codes": ["wenhua", "sanwan"]}, 422, "cannot_merge", "/codes"),
        ("/mergers", {**MERGER, "codes": ["wenhua-1", "wenhua-2"]}, 422, "cannot_merge", "/codes"),
        ("/mergers", {**MERGER, "code": "wenhua"}, 422, "code_taken", "/code"),
        ("/territories/wenhua/split", {"parts": [
            {"code": "a", "name": "a", "takes": ["wenhua-1"]},
            {"code": "b", "name": "b", "takes": []}]}, 422, "not_all_assigned", "/parts"),
        ("/territories/wenhua/split", {"parts": [
            {"code": "a", "name": "a", "takes": ["wenhua-1", "wenhua-2"]},
            {"code": "b", "name": "b", "takes": ["wenhua-2"]}]},
         422, "wrongly_assigned", "/parts"),
        ("/territories/wenhua-1/split", {"parts": [
            {"code": "a", "name": "a", "takes": []}, {"code": "b", "name": "b", "takes": []}]},
         422, "cannot_split", "/code"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, path: str, form: dict[str, Any], status: int, code: str, where: str
) -> None:
    await office.draw()
    problem = refused(await office.post(path, form), status, code)
    assert pointers(problem) == [where]
    assert await office.service.head() == 9


async def test_a_merger_of_a_merged_estate_names_what_became_of_it(office: Office) -> None:
    await office.draw()
    await office.post("/mergers", MERGER)
    again = {"codes": ["wenhua", "sanwan-3"], "code": "another", "name": "x"}
    problem = refused(await office.post("/mergers", again), 422, "merged_already")
    assert "sanwan-yuan" in problem["detail"]


async def test_a_change_before_a_later_one_overlaps_in_time(office: Office) -> None:
    await office.draw(days_ago=400)
    extra = {"code": "grid-9", "kind": "grid", "name": "九网格", "parent": "wenhua"}
    await office.post("/territories", {"territories": [extra]})
    problem = refused(await office.post("/mergers", {**MERGER, **ago(3)}), 422)
    assert problem["code"] == "overlaps_in_time"
    assert "grid-9" in problem["detail"]


async def test_an_administrator_of_a_street_changes_that_street_only(office: Office) -> None:
    await office.draw()
    street = {"sub": "street", "territory": "shengli"}
    assert (await office.post("/mergers", MERGER, **street)).is_success
    other = [{"code": "minsheng", "kind": "subdistrict", "name": "民生街道", "parent": "gaoxin"}]
    refused(await office.post("/territories", {"territories": other}, **street), 403)
    rename = "/territories/gaoxin/rename"
    refused(await office.post(rename, {"name": "x"}, **street), 403, "outside_territory")
    clerk = {**KEEPER, "roles": ("dispatcher",)}
    refused(await office.post(rename, {"name": "x"}, **clerk), 403, "role_missing")


async def test_a_block_holds_communities_of_several_streets(office: Office) -> None:
    await office.draw()
    more = [
        {"code": "minsheng", "kind": "subdistrict", "name": "民生街道", "parent": "gaoxin"},
        {"code": "lianmeng", "kind": "community", "name": "联盟社区", "parent": "minsheng"},
        {"code": "tianxin", "kind": "block", "name": "田心街区", "parent": "gaoxin"},
    ]
    await office.post("/territories", {"territories": more})
    for code in ("sanwan", "lianmeng"):
        assert (await office.post(f"/territories/{code}/assign", {"block": "tianxin"})).is_success
    page = await office.read("/territories", under="tianxin")
    assert {"sanwan", "lianmeng", "wenhua-1"} <= {*codes(page)}
    assert "minsheng" not in codes(page)
    await office.post("/territories/lianmeng/leave", {"block": "tianxin"})
    assert "lianmeng" not in codes(await office.read("/territories", under="tianxin"))


async def test_a_retry_gets_the_first_answer(office: Office) -> None:
    await office.draw()
    first = await office.post("/mergers", MERGER, key="once")
    again = await office.post("/mergers", MERGER, key="once")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
