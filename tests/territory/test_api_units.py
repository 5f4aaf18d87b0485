"""Units over HTTP: nested without circles, linked, promising and giving."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from services.territory.organisation import unit_desk
from services.territory.organisation.desk import submission
from services.territory.unit.commands import NestUnit
from shared.core.messages import Rejected
from shared.runtime.commands.submission import Identity
from tests.grievance.front_desk import pointers, refused
from tests.territory.maps import CLERK
from tests.territory.office import Office, ago
from tests.territory.organising import done, form_units, settle

pytestmark = pytest.mark.postgres

PARTY = {"kind": "party_organisation", "territory": "sanwan"}


def codes(page: dict[str, Any]) -> list[str]:
    return [line["code"] for line in page["items"]]


async def branches(office: Office, *codes: str, **late: Any) -> None:
    """Party organisations, each under the one before."""
    parent: dict[str, str] = {}
    for code in codes:
        await done(office, "/units", {**PARTY, "code": code, "name": code, **parent, **late})
        parent = {"parent": code}


async def test_three_levels_of_organisation_are_read_up_and_down(office: Office) -> None:
    await settle(office)
    await branches(office, "sanwan-party", "wenhua-branch", "b1-group", **ago(100))
    view = await office.read("/units/b1-group")
    assert view["above"] == ["wenhua-branch", "sanwan-party"]
    await done(office, "/units/b1-group/nest", {"parent": "sanwan-party"})
    top = await office.read("/units/sanwan-party")
    assert top["below"] == ["b1-group", "wenhua-branch"]
    then = datetime.fromisoformat(ago(50)["occurred_at"])
    before = await office.read("/units/sanwan-party", at=then.isoformat())
    assert before["below"] == ["wenhua-branch"]
    [line] = [
        one for one in (await office.read("/units", at=then.isoformat()))["items"]
        if one["code"] == "b1-group"
    ]  # fmt: skip
    assert line["parent"] == "wenhua-branch"


async def test_two_commands_at_once_cannot_make_a_circle(office: Office) -> None:
    await settle(office)
    for code in ("a", "b", "c"):
        await branches(office, code)
    # each is prepared by what was known before any of them: c under a, a under b, b under c
    told = [
        {"at": datetime.now(UTC), "actor": CLERK, "code": code, "parent": parent}
        for code, parent in (("c", "a"), ("a", "b"), ("b", "c"))
    ]
    prepared = [await unit_desk.under(office.service, one) for one in told]
    tries = (
        office.service.executor.execute(submission(one, NestUnit, Identity(uuid4(), b"")))
        for one in prepared
    )
    taken = await asyncio.gather(*tries, return_exceptions=True)
    refusals = [one.code for one in taken if isinstance(one, Rejected)]
    assert refusals == ["changed_meanwhile"]
    await office.service.projector.drain()
    circle = await office.post("/units/b/nest", {"parent": "c"})
    assert pointers(refused(circle, 422, "cycle")) == ["/parent"]


async def test_eight_paired_units_gave_three_million(office: Office) -> None:
    await settle(office)
    for n in range(1, 9):
        unit = {"code": f"paired-{n}", "kind": "partner_unit", "name": f"{n}", **ago(1_100)}
        await done(office, "/units", {**unit, "territory": "gaoxin"})
        link = {"territory": "sanwan", "linkage": "partner", **ago(1_100)}
        await done(office, f"/units/paired-{n}/link", link)
        gift = {"kind": "funds", "amount_fen": 37_500_000 + n, **ago(30 * n)}
        await done(office, f"/units/paired-{n}/aid", gift)
    board = await office.read("/contributions", territory="sanwan")
    assert len(board["items"]) == 8
    assert sum(line["given_fen"] for line in board["items"]) == 300_000_036
    assert codes(board)[0] == "paired-8"
    assert (await office.read("/contributions", territory="litai"))["items"] == []


async def test_a_pledge_is_made_kept_and_given_for(office: Office) -> None:
    await settle(office)
    await form_units(office, "paired-1", **ago(9))
    pledge = {"what": "funds", "amount_fen": 500, "due": "2031-01-31"}
    made = await done(office, "/units/paired-1/pledge", pledge)
    number = made["version"]
    gift = {"kind": "funds", "amount_fen": 500, "pledge": number}
    await done(office, "/units/paired-1/aid", gift)
    await done(office, "/units/paired-1/fulfil", {"pledge": number})
    lines = (await office.read("/units/paired-1/contributions"))["items"]
    assert [(line["sort"], line["number"], line["pledge"]) for line in lines] == [
        ("pledge", number, None), ("aid", number + 1, number),
    ]  # fmt: skip
    assert lines[0]["fulfilled_at"] is not None
    sums = (await office.read("/units/paired-1"))["contribution"]
    assert (sums["pledged_fen"], sums["fulfilled_fen"], sums["given_fen"]) == (500, 500, 500)


@pytest.mark.parametrize(
    ("path", "form", "code", "where"),
    [
        ("/units", {**PARTY, "code": "a", "name": "x"}, "code_taken", "/code"),
        ("/units", {**PARTY, "code": "c", "name": "x", "territory": "nowhere"},
         "unknown_territory", "/territory"),
        ("/units", {**PARTY, "code": "c", "name": "x", "parent": "nowhere"}, "unknown_unit",
         "/parent"),
        ("/units", {**PARTY, "code": "C!", "name": "x"}, "invalid_request", "/code"),
        ("/units", {**PARTY, "code": "c", "name": "x", "kind": "club"}, "invalid_request",
         "/kind"),
        ("/units", {**PARTY, "code": "c", "name": "x", "parent": "housing"},
         "wrong_kind_of_parent", "/parent"),
        ("/units/a/nest", {"parent": "a"}, "cycle", "/parent"),
        ("/units/a/nest", {"parent": "b"}, "cycle", "/parent"),
        ("/units/a/nest", {}, "lies_there_already", "/parent"),
        ("/units/nowhere/nest", {"parent": "a"}, "unknown_unit", "/code"),
        ("/units/a/dissolve", {}, "not_empty", "/code"),
        ("/units/housing/link", {"territory": "nowhere", "linkage": "department"},
         "unknown_territory", "/territory"),
        ("/units/housing/link", {"territory": "sanwan", "linkage": "team"},
         "wrong_kind_of_unit", "/linkage"),
        ("/units/housing/unlink", {"territory": "sanwan", "linkage": "department"}, "not_linked",
         "/territory"),
        ("/units/housing/pledge", {"what": "funds"}, "amount_missing", "/amount_fen"),
        ("/units/housing/pledge", {"what": "labour", "due": "2026-02-30"}, "invalid_request",
         "/due"),
        ("/units/housing/aid", {"kind": "labour", "pledge": 77}, "unknown_pledge", "/pledge"),
        ("/units/housing/aid", {"kind": "funds", "amount_fen": 1.5}, "invalid_request",
         "/amount_fen"),
        ("/units/housing/fulfil", {"pledge": 77}, "unknown_pledge", "/pledge"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, path: str, form: dict[str, Any], code: str, where: str
) -> None:
    await settle(office)
    await branches(office, "a", "b")
    await form_units(office, "housing")
    head = await office.service.head()
    problem = refused(await office.post(path, form), 422, code)
    assert pointers(problem) == [where]
    assert await office.service.head() == head


async def test_units_are_listed_page_by_page_as_of_any_day(office: Office) -> None:
    await settle(office)
    await form_units(office, **ago(100))
    await done(office, "/units/new-march/dissolve", ago(50))
    assert codes(await office.read("/units")) == ["housing", "paired-1", "sanwan-party"]
    then = ago(70)["occurred_at"]
    first = await office.read("/units", at=then, limit=3)
    assert codes(first) == ["housing", "new-march", "paired-1"]
    rest = await office.read("/units", at=then, limit=3, after=first["next"])
    assert (codes(rest), rest["next"]) == (["sanwan-party"], None)
    assert codes(await office.read("/units", kind="department")) == ["housing"]
    assert codes(await office.read("/units", territory="litai")) == []
    refused(await office.get("/units", territory="nowhere"), 404, "no_such_territory")
    refused(await office.get("/units/nowhere"), 404, "no_such_unit")
    refused(await office.get("/contributions", at=then), 422, "only_of_now")


async def test_a_keeper_of_a_street_links_a_unit_of_the_district_there(office: Office) -> None:
    await settle(office)
    bureau = {"code": "bureau", "kind": "department", "name": "住建局", "territory": "gaoxin"}
    await done(office, "/units", bureau)
    street = {"sub": "street", "territory": "sanwan"}
    link = {"territory": "litai", "linkage": "sponsor"}
    await done(office, "/units/bureau/link", link, **street)
    elsewhere = {**link, "territory": "shengli"}
    refused(await office.post("/units/bureau/link", elsewhere, **street), 403)
    refused(await office.post("/units/bureau/dissolve", {}, **street), 403, "outside_territory")
    refused(await office.get("/units/bureau", actor={**street, "roles": ("mediator",)}), 403)
