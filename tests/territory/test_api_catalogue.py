"""The dispatch catalogue over HTTP: drafted, published, asked for a unit as of any day."""

from __future__ import annotations

from typing import Any

import pytest

from shared.runtime.projections import catalogue_copy
from tests.grievance.front_desk import pointers, refused
from tests.territory.office import KEEPER, Office, ago
from tests.territory.organising import done, form_units, settle

pytestmark = pytest.mark.postgres

PATHS = ["建设/园林/树木", "建设/路灯", "交通/公交"]
LAMPS = {"category": "建设/路灯", "territory": "gaoxin", "unit": "housing"}
WORKS = {"category": "建设", "territory": "sanwan", "unit": "paired-1"}


async def published(office: Office) -> None:
    """A catalogue of two routes, in force since ten days ago."""
    await settle(office)
    await form_units(office, **ago(20))
    await done(office, "/catalogue/categories", {"paths": PATHS, **ago(12)})
    await done(office, "/catalogue/routes", {"rows": [LAMPS, WORKS], **ago(11)})
    await done(office, "/catalogue/publish", ago(10))


async def proposal(office: Office, category: str, territory: str, **when: Any) -> Any:
    answer = await office.read(
        "/catalogue/proposal", category=category, territory=territory, **when
    )
    return answer["unit"], answer["version"]


async def test_a_case_goes_to_the_unit_of_its_category_and_place(office: Office) -> None:
    await published(office)
    assert await proposal(office, "建设/路灯", "wenhua-3") == ("housing", 1)
    assert await proposal(office, "建设/园林/树木", "wenhua-3") == ("paired-1", 1)
    assert await proposal(office, "建设/园林", "shengli") == (None, 1)
    assert await proposal(office, "交通/公交", "litai") == (None, 1)


async def test_a_version_counts_from_its_day_on_and_earlier_cases_keep_theirs(
    office: Office,
) -> None:
    await published(office)
    moved = {"rows": [{**LAMPS, "unit": "new-march"}]}
    await done(office, "/catalogue/routes", {**moved, **ago(6)})
    assert await proposal(office, "建设/路灯", "litai") == ("housing", 1), (
        "a draft counts for nobody"
    )
    receipt = await done(office, "/catalogue/publish", ago(5))
    for days, unit, number in ((0, "new-march", 2), (7, "housing", 1), (11, None, None)):
        at = ago(days)["occurred_at"]
        found = await proposal(office, "建设/路灯", "litai", at=at,
                               min_position=receipt["position"])  # fmt: skip
        assert found == (unit, number)
    versions = (await office.read("/catalogue/versions"))["items"]
    assert [line["version"] for line in versions] == [1, 2]
    assert versions[0]["ends_at"] == versions[1]["starts_at"]
    then = await office.read("/catalogue", at=ago(7)["occurred_at"])
    assert then["version"] == 1
    assert LAMPS in then["routes"]
    assert {"建设", "建设/园林", *PATHS} <= {*then["categories"]}
    refused(await office.get("/catalogue", at=ago(15)["occurred_at"]), 404, "no_catalogue")


async def test_versions_that_are_asked_about_in_turn_are_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_copy, "KEPT", 1)
    await published(office)
    await done(office, "/catalogue/routes", {"rows": [{**LAMPS, "unit": "new-march"}]})
    await done(office, "/catalogue/publish", {})
    for _ in range(2):
        assert await proposal(office, "建设/路灯", "litai") == ("new-march", 2)
        at = ago(7)["occurred_at"]
        assert await proposal(office, "建设/路灯", "litai", at=at) == ("housing", 1)


async def test_a_merged_estate_goes_where_its_successor_goes(office: Office) -> None:
    await published(office)
    merger = {"codes": ["wenhua", "sanwan-3"], "code": "sanwan-yuan", "name": "三湾院"}
    await done(office, "/mergers", merger)
    assert await proposal(office, "建设/园林/树木", "wenhua") == ("paired-1", 1)


@pytest.mark.parametrize(
    ("path", "form", "status", "code", "where"),
    [
        ("categories", {"paths": ["a", "a"]}, 422, "category_twice", ["/paths/1"]),
        ("categories", {"paths": ["a/b/c/d"]}, 422, "not_a_category", ["/paths/0"]),
        ("categories", {"paths": []}, 422, "invalid_request", ["/paths"]),
        ("categories", {"paths": ["a", 'a"b']}, 422, "invalid_request", ["/paths/1"]),
        ("categories", {"paths": ["交通"]}, 422, "still_routed", ["/paths"]),
        ("routes", {"rows": [{**LAMPS, "category": "水务"}]}, 422, "unknown_category",
         ["/rows/0/category"]),
        ("routes", {"rows": [WORKS, {**LAMPS, "territory": "nowhere"}]}, 422,
         "unknown_territory", ["/rows/1/territory"]),
        ("routes", {"rows": [{**LAMPS, "unit": "nobody"}]}, 422, "unknown_unit",
         ["/rows/0/unit"]),
        ("routes", {"rows": [LAMPS, LAMPS]}, 422, "route_twice", ["/rows/1"]),
        ("routes", {"rows": [{"category": "交通", "territory": "gaoxin"}]}, 422, "no_such_route",
         ["/rows/0"]),
        ("routes", {"rows": [LAMPS], **ago(30)}, 422, "overlaps_in_time", ["/occurred_at"]),
        ("publish", {}, 409, "published_already", None),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, path: str, form: dict[str, Any], status: int, code: str, where: list[str] | None
) -> None:
    await published(office)
    head = await office.service.head()
    problem = refused(await office.post(f"/catalogue/{path}", form), status, code)
    assert where is None or pointers(problem) == where
    assert await office.service.head() == head


async def test_nobody_publishes_routes_to_a_unit_that_is_gone(office: Office) -> None:
    await published(office)
    await done(office, "/catalogue/routes", {"rows": [{**WORKS, "territory": "litai"}]})
    await done(office, "/units/paired-1/dissolve", {})
    problem = refused(await office.post("/catalogue/publish", {}), 409, "dissolved_unit")
    assert "paired-1" in problem["detail"]


async def test_a_question_about_what_is_not_there_is_refused(office: Office) -> None:
    await published(office)
    path = "/catalogue/proposal"
    asked = await office.get(path, category="水务", territory="sanwan")
    assert pointers(refused(asked, 422, "unknown_category")) == ["/category"]
    asked = await office.get(path, category="建设", territory="nowhere")
    refused(asked, 404, "no_such_territory")
    refused(await office.get(path, category="建设"), 422, "invalid_request")


async def test_the_catalogue_is_the_districts(office: Office) -> None:
    await published(office)
    street = {**KEEPER, "sub": "street", "territory": "shengli"}
    answer = await office.post("/catalogue/routes", {"rows": [LAMPS]}, **street)
    refused(answer, 403, "outside_territory")
    assert (await office.get("/catalogue", actor=street)).status_code == 200
    resident = {"sub": "r", "roles": ("resident",), "territory": "litai"}
    refused(await office.get("/catalogue", actor=resident), 403, "role_missing")
