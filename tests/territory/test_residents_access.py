"""Who sees what of a resident: contacts and care are for few, one's own is for oneself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from shared.core.roles import Role
from tests.grievance.front_desk import refused
from tests.territory.office import ago
from tests.territory.register import NAME, PHONE, YEAR, Register, reader, somebody

pytestmark = pytest.mark.postgres

CONTACTS = {"name": NAME, "phone": PHONE, "birth_year": YEAR}
CALL = {"registrar", "grid_worker", "first_receiver", "callback_agent", "party_secretary"}
CARE = {"registrar", "grid_worker", "party_secretary"}
READ = CALL | {"building_head", "dispatcher", "supervisor", "district_observer", "auditor"}


@pytest.fixture
async def person(register: Register) -> str:
    """Someone with contacts, a consent and a care tag."""
    made = await register.add()
    await register.done(made, "tag", tag="hardship")
    return made


async def test_every_role_sees_what_the_table_says_and_no_more(
    register: Register, person: str
) -> None:
    for role in get_args(Role):
        actor = reader(role)
        one = await register.get(f"/residents/{person}", actor=actor)
        page = await register.get("/residents", actor=actor)
        if role == "resident":  # of their own alone
            refused(one, 404, "no_such_resident")
            refused(page, 403, "role_missing")
            continue
        if role not in READ:
            refused(one, 403, "role_missing")
            refused(page, 403, "role_missing")
            continue
        line = one.json()["resident"]
        assert page.json()["items"] == [line], role
        shown = CONTACTS if role in CALL else dict.fromkeys(CONTACTS)
        assert {name: line[name] for name in CONTACTS} == shown, role
        assert line["care_tags"] == (["hardship"] if role in CARE else None), role
        hidden = {*(() if role in CALL else CONTACTS), *(() if role in CARE else ("care_tags",))}
        assert set(line["withheld"]) == hidden
        for text in CONTACTS.values():
            assert (text in one.text + page.text) is (role in CALL), (role, text)
        assert ("hardship" in one.text + page.text) is (role in CARE), role


async def test_who_may_not_see_care_cannot_ask_for_it_either(
    register: Register, person: str
) -> None:
    for role in sorted(READ):
        actor = reader(role)
        answer = await register.get("/residents", tag="hardship", actor=actor)
        if role in CARE:
            assert [line["id"] for line in answer.json()["items"]] == [person]
        else:
            refused(answer, 403, "field_withheld")
    board = await register.read("/care", actor=reader("district_observer"))
    assert board["items"] == [{"tag": "hardship", "persons": 1}]
    refused(await register.get("/care", actor=reader("dispatcher")), 403, "role_missing")


async def test_people_see_all_of_their_own_and_agree_to_be_contacted(
    register: Register, person: str
) -> None:
    self = {"actor": reader("resident", sub=person)}
    line = (await register.read(f"/residents/{person}", **self))["resident"]
    assert {name: line[name] for name in CONTACTS} == CONTACTS
    assert (line["care_tags"], line["withheld"]) == (["hardship"], [])
    await register.done(person, "give-consent", purpose="survey", **self)
    await register.done(person, "withdraw-consent", purpose="survey", **self)
    for verb, form in (("untag", {"tag": "hardship"}), ("leave", {}),
                       ("contact", {"phone": "12345"})):  # fmt: skip
        refused(await register.step(person, verb, **form, **self), 403, "role_missing")
    other = await register.add()
    refused(await register.get(f"/residents/{other}", **self), 404, "no_such_resident")
    answer = await register.step(other, "give-consent", purpose="survey", **self)
    refused(answer, 404, "no_such_resident")


@pytest.mark.parametrize(
    ("verb", "form", "roles"),
    [
        ("contact", {"phone": "12345"}, {"registrar", "grid_worker"}),
        ("move", {"building": "wenhua-2"}, {"registrar", "grid_worker"}),
        ("leave", {}, {"registrar", "grid_worker"}),
        ("tag", {"tag": "disabled"}, CARE),
        ("erasure", {"reason": "own_request"}, {"registrar", "supervisor"}),
    ],
)
async def test_only_some_roles_may_change_it(
    verb: str, form: dict[str, Any], roles: set[str], register: Register
) -> None:
    for role in sorted({*READ, "administrator", "resident", "service"}):
        person = await register.add()
        answer = await register.step(person, verb, **form, actor=reader(role))
        if role in roles:
            assert answer.is_success, (role, answer.text)
        else:
            refused(answer, 403, "role_missing")
        unknown = await register.step(somebody(), verb, **form, actor=reader(role))
        assert unknown.status_code == (404 if role in roles else 403), role


async def test_of_who_lives_elsewhere_now_it_is_seen_only_that_they_lived_here(
    register: Register,
) -> None:
    person = await register.add(**ago(300))
    await register.done(person, "tag", tag="hardship")
    await register.done(person, "move", building="sanwan-3-1", **ago(100))
    then = (datetime.now(UTC) - timedelta(days=200)).isoformat()
    local = {"actor": reader("grid_worker", "wenhua"), "at": then}
    [line] = (await register.read("/residents", **local))["items"]
    assert (line["id"], line["building"]) == (person, "wenhua-1")
    assert not {line["name"], line["phone"], line["status"], line["merged_into"]} - {None}
    assert (line["care_tags"], line["purposes"]) == (None, None)
    refused(await register.get(f"/residents/{person}", actor=local["actor"]), 404)
