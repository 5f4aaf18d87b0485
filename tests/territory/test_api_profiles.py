"""Profiles over HTTP: how estates were managed, what was declared, adopted and held."""

from __future__ import annotations

from typing import Any

import pytest

from tests.grievance.front_desk import pointers, refused
from tests.territory.office import Office, ago
from tests.territory.organising import done, form_units, settle

pytestmark = pytest.mark.postgres

MILL = "/territories/litai"
# S3: the mill's compound had no manager since 2003; the community took it over in 2020.
CLOSED = {"occurred_at": "2003-07-01T00:00:00+08:00", "late_reason": "paper_form"}
TAKEN = {"occurred_at": "2020-09-01T00:00:00+08:00", "late_reason": "paper_form"}
HOUSEHOLDS = {
    "figure": "households", "value": 416, "measure": "households", "source": "press",
    "reference": "S1",
}  # fmt: skip


async def mill(office: Office) -> None:
    """The story of the mill, told in the other order."""
    await settle(office)
    await done(office, f"{MILL}/takeover", {"mode": "community", **TAKEN})
    await done(office, f"{MILL}/management", {"mode": "unmanaged", **CLOSED})


async def test_nobody_managed_the_mill_from_2003_to_2020(office: Office) -> None:
    await mill(office)
    history = (await office.read(f"{MILL}/management"))["items"]
    told = [(line["mode"], line["how"], line["since"][:4], line["until"]) for line in history]
    assert told == [
        ("unmanaged", "set", "2003", history[1]["since"]),
        ("community", "taken_over", "2020", None),
    ]  # fmt: skip
    for at, found in (("2003-01-01", []), ("2010-01-01", ["litai"]), ("2021-01-01", [])):
        board = await office.read("/management", at=f"{at}T00:00:00Z", territory="sanwan")
        assert [line["territory"] for line in board["items"]] == found
    now = await office.read("/management", mode="community")
    assert [line["territory"] for line in now["items"]] == ["litai"]
    assert (await office.read(f"{MILL}/profile"))["management"]["mode"] == "community"
    then = await office.read(f"{MILL}/profile", at="2010-01-01T00:00:00Z")
    assert (then["management"]["mode"], then["management"]["since"][:4]) == ("unmanaged", "2003")


async def test_an_estate_that_was_merged_is_on_no_board_of_later(office: Office) -> None:
    await settle(office)
    form = {"mode": "unmanaged", **ago(300)}
    await done(office, "/territories/sanwan-3/management", form)
    merger = {"codes": ["wenhua", "sanwan-3"], "code": "sanwan-yuan", "name": "三湾院"}
    await done(office, "/mergers", {**merger, **ago(100)})
    assert (await office.read("/management"))["items"] == []
    before = await office.read("/management", at=ago(200)["occurred_at"])
    assert [line["territory"] for line in before["items"]] == ["sanwan-3"]
    told = await office.post("/territories/sanwan-3/figures", HOUSEHOLDS)
    assert "sanwan-yuan" in refused(told, 422, "former_territory")["detail"]
    await done(office, "/territories/sanwan-3/figures", {**HOUSEHOLDS, **ago(150)})


async def test_a_state_enterprise_hands_over(office: Office) -> None:
    await settle(office)
    await form_units(office, "housing", **ago(900))
    await done(office, f"{MILL}/management", {"mode": "state_enterprise", **ago(800)})
    start = {"mode": "property_company", "unit": "housing", **ago(300)}
    await done(office, f"{MILL}/handover", start)
    [line] = (await office.read("/handovers"))["items"]
    assert line["accepted_at"] is None
    await done(office, f"{MILL}/handover/accept", ago(100))
    [line] = (await office.read("/handovers"))["items"]
    assert line["accepted_at"] is not None
    now = (await office.read(f"{MILL}/profile"))["management"]
    assert (now["mode"], now["unit"], now["how"]) == ("property_company", "housing", "handed_over")


async def test_figures_are_read_as_they_were_declared_by_then(office: Office) -> None:
    await settle(office)
    await done(office, f"{MILL}/figures", {**HOUSEHOLDS, **ago(10)})
    await done(office, f"{MILL}/figures", {**HOUSEHOLDS, "value": 400, **ago(1_000)})
    await done(office, f"{MILL}/model", {"model": "tian_shaped", **ago(50)})
    await done(office, "/territories/tianxin/block-type",
               {"block_type": "railway_land_cocreation"})  # fmt: skip
    items = (await office.read(f"{MILL}/profile"))["items"]
    assert [(one["item"], one["value"], one["word"]) for one in items] == [
        ("governance_model", None, "tian_shaped"), ("households", 416, None),
    ]  # fmt: skip
    assert (items[1]["source"], items[1]["reference"]) == ("press", "S1")
    [then] = (await office.read(f"{MILL}/profile", at=ago(500)["occurred_at"]))["items"]
    assert then["value"] == 400
    [block] = (await office.read("/territories/tianxin/profile"))["items"]
    assert block["word"] == "railway_land_cocreation"


async def test_practices_and_trainings_are_on_record(office: Office) -> None:
    await settle(office)
    practice = {"practice": "estate_self_management", "adopted_from": "litai"}
    await done(office, "/territories/wenhua/practices", {**practice, **ago(9)})
    kinds = ("spokesperson", "planner", "enthusiast")
    for number, kind in enumerate(kinds):
        training = {"kind": kind, "day": f"2024-03-0{number + 1}", "attendees": 20 + number}
        await done(office, "/territories/sanwan/trainings", training)
    adopted = (await office.read("/practices", territory="sanwan"))["items"]
    assert [(one["territory"], one["adopted_from"]) for one in adopted] == [("wenhua", "litai")]
    held = (await office.read("/trainings"))["items"]
    assert [(one["kind"], one["attendees"]) for one in held] == [
        ("spokesperson", 20), ("planner", 21), ("enthusiast", 22),
    ]  # fmt: skip
    until = await office.read("/trainings", at="2024-03-02T12:00:00+08:00")
    assert len(until["items"]) == 2


@pytest.mark.parametrize(
    ("path", "form", "status", "code", "where"),
    [
        (f"{MILL}/management", {"mode": "community"}, 422, "managed_so_already", ["/mode"]),
        (f"{MILL}/management", {"mode": "feudal"}, 422, "invalid_request", ["/mode"]),
        (f"{MILL}/management", {"mode": "self_managed", **TAKEN}, 422, "overlaps_in_time",
         ["/occurred_at"]),
        (f"{MILL}/management", {"mode": "property_company", "unit": "nobody"}, 422,
         "unknown_unit", ["/unit"]),
        (f"{MILL}/takeover", {"mode": "self_managed"}, 422, "managed_then", ["/occurred_at"]),
        (f"{MILL}/handover", {"mode": "community"}, 422, "not_a_state_enterprise",
         ["/occurred_at"]),
        (f"{MILL}/handover/accept", {}, 409, "no_handover", None),
        (f"{MILL}/figures", {**HOUSEHOLDS, "value": -1}, 422, "invalid_request", ["/value"]),
        (f"{MILL}/figures", {**HOUSEHOLDS, "source": "hearsay"}, 422, "invalid_request",
         ["/source"]),
        (f"{MILL}/practices", {"practice": "train_whistle", "adopted_from": "nowhere"}, 422,
         "unknown_territory", ["/adopted_from"]),
        (f"{MILL}/practices", {"practice": "train_whistle", "adopted_from": "litai"}, 422,
         "adopts_its_own", ["/adopted_from"]),
        (f"{MILL}/trainings", {"kind": "planner", "day": "2099-01-01", "attendees": 3}, 422,
         "occurs_in_the_future", ["/day"]),
        (f"{MILL}/trainings", {"kind": "planner", "day": "2024-01-01", "attendees": 0}, 422,
         "invalid_request", ["/attendees"]),
        (f"{MILL}/block-type", {"block_type": "school_land_sharing"}, 422, "not_a_block",
         ["/territory"]),
        ("/territories/nowhere/model", {"model": "one_n_x"}, 422, "unknown_territory",
         ["/territory"]),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, path: str, form: dict[str, Any], status: int, code: str, where: list[str] | None
) -> None:
    await mill(office)
    head = await office.service.head()
    problem = refused(await office.post(path, form), status, code)
    assert where is None or pointers(problem) == where
    assert await office.service.head() == head


async def test_a_secretary_keeps_the_profile_of_their_own_community(office: Office) -> None:
    await settle(office)
    secretary = {"sub": "s", "roles": ("party_secretary",), "territory": "wenhua"}
    await done(office, "/territories/wenhua/figures", HOUSEHOLDS, **secretary)
    refused(await office.post(f"{MILL}/figures", HOUSEHOLDS, **secretary), 403,
            "outside_territory")  # fmt: skip
    refused(await office.get(f"{MILL}/profile", actor=secretary), 403, "outside_territory")
    refused(await office.get("/management", territory="sanwan", actor=secretary), 403)
    unit = {"code": "u", "kind": "department", "name": "u", "territory": "wenhua"}
    refused(await office.post("/units", unit, **secretary), 403, "role_missing")
