"""The register over HTTP: who lives where, and who lived there at another time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from services.territory.people.answers import CareBoard, ErasureView, ResidentPage, ResidentView
from services.territory.service import Territory
from shared.store import read
from tests.territory.maps import SHENGLI
from tests.territory.office import Office, ago
from tests.territory.register import NAME, PHONE, YEAR, Register, somebody

pytestmark = pytest.mark.postgres
MERGER = {"codes": ["wenhua", "sanwan-3"], "code": "sanwan-yuan", "name": "三湾院"}


def past(days: int) -> str:
    """The moment so many days ago, as queries have it."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


async def test_who_was_registered_is_read_with_all_that_was_said(register: Register) -> None:
    household = somebody()
    person = await register.add(household=household)
    await register.done(person, "give-consent", purpose="notice")
    receipt = await register.done(person, "tag", tag="empty_nest")
    view = await register.read(f"/residents/{person}", min_position=receipt["position"])
    line = view["resident"]
    assert (line["name"], line["phone"], line["birth_year"]) == (NAME, PHONE, YEAR)
    assert (line["building"], line["household"], line["status"]) == (
        "wenhua-1", household, "living",
    )  # fmt: skip
    assert (line["purposes"], line["care_tags"], line["withheld"]) == (
        ["notice"], ["empty_nest"], [],
    )  # fmt: skip
    assert [stay["until"] for stay in view["stays"]] == [None]
    assert view["watermark"]["position"] == receipt["position"]
    page = await register.read("/residents", under="wenhua")
    assert page["items"] == [line]


async def test_what_is_written_of_people_is_sealed_before_it_is_recorded(
    register: Register, service: Territory
) -> None:
    await register.add()
    async with service.pool.acquire() as connection:
        events = await read.page(connection, "territory", 0, 100)
        rows = await connection.fetch("select r::text from residents r")
    for text in (NAME, PHONE, YEAR):
        raw = text.encode()
        assert not [one for one in events if raw in one["payload"]]
        assert not [row for row in rows if text in row[0]]


async def test_a_stay_ends_where_the_next_begins_and_who_came_back_has_both(
    register: Register,
) -> None:
    person = await register.add(**ago(300))
    await register.done(person, "move", building="sanwan-3-1", **ago(200))
    await register.done(person, "leave", **ago(100))
    gone = await register.read(f"/residents/{person}")
    assert (gone["resident"]["status"], gone["resident"]["household"]) == ("left", None)
    assert await register.ids() == set()
    assert await register.ids(state="left") == {person}
    await register.done(person, "return", building="wenhua-2", **ago(50))
    view = await register.read(f"/residents/{person}")
    stays = view["stays"]
    assert [stay["building"] for stay in stays] == ["wenhua-1", "sanwan-3-1", "wenhua-2"]
    assert stays[0]["until"] == stays[1]["since"]
    assert stays[1]["until"] < stays[2]["since"]
    assert stays[2]["until"] is None
    assert (view["resident"]["left_at"], view["resident"]["status"]) == (None, "living")


@pytest.mark.parametrize(
    ("days", "wenhua", "sanwan"), [(400, 0, 0), (250, 1, 0), (150, 0, 1), (75, 0, 0), (10, 1, 0)]
)
async def test_a_part_of_the_map_has_those_who_lived_there_then(
    days: int, wenhua: int, sanwan: int, register: Register
) -> None:
    person = await register.add(**ago(300))
    await register.done(person, "move", building="sanwan-3-1", **ago(200))
    await register.done(person, "leave", **ago(100))
    await register.done(person, "return", building="wenhua-2", **ago(50))
    for under, expected in (("wenhua", wenhua), ("sanwan-3", sanwan)):
        page = await register.read("/residents", under=under, at=past(days))
        assert len(page["items"]) == expected, under
    if wenhua:
        [line] = (await register.read("/residents", under="wenhua", at=past(days)))["items"]
        assert line["building"] == {250: "wenhua-1", 10: "wenhua-2"}[days]


async def test_a_part_of_the_map_is_drawn_as_it_was_then(
    register: Register, office: Office
) -> None:
    person = await register.add(**ago(300))
    assert (await office.post("/mergers", {**MERGER, **ago(100)})).is_success
    assert await register.ids(under="sanwan-yuan") == {person}
    assert await register.ids(under="sanwan-yuan", at=past(50)) == {person}
    assert await register.ids(under="wenhua", at=past(200)) == {person}
    assert await register.ids(under="sanwan-3", at=past(200)) == set()


async def test_pages_follow_one_another_and_show_everyone_once(register: Register) -> None:
    buildings = [one.code for one in SHENGLI if one.kind == "building"]
    people = {await register.add(building) for building in buildings * 2}
    seen: list[str] = []
    mark: str | None = None
    while True:
        asked = {"limit": 3} | ({"after": mark} if mark else {})
        page = await register.read("/residents", **asked)
        seen += [line["id"] for line in page["items"]]
        mark = page["next"]
        if mark is None:
            break
    assert len(seen) == len(people) == 8
    assert {*seen} == people
    assert seen == sorted(seen)
    assert await register.ids(household=somebody()) == set()


async def test_a_household_is_found_by_its_id(register: Register) -> None:
    home = somebody()
    here = {await register.add(household=home), await register.add(household=home)}
    await register.add(household=somebody())
    assert await register.ids(household=home) == here
    assert await register.ids(household=home, at=past(0)) == here


async def test_relatives_are_named_by_their_ids(register: Register) -> None:
    parent, child = await register.add(), await register.add()
    await register.done(parent, "declare-relative", relative=child, relation="child")
    view = await register.read(f"/residents/{parent}")
    assert view["relatives"] == [{"person": child, "relation": "child", "merged_into": None}]
    assert (await register.read(f"/residents/{child}"))["relatives"] == []
    await register.done(parent, "withdraw-relative", relative=child)
    assert (await register.read(f"/residents/{parent}"))["relatives"] == []


async def test_contacts_are_changed_one_by_one(register: Register) -> None:
    person = await register.add(phone=None)
    await register.done(person, "contact", phone="12345")
    line = (await register.read(f"/residents/{person}"))["resident"]
    assert (line["name"], line["phone"], line["birth_year"]) == (NAME, "12345", YEAR)


async def test_care_is_counted_where_people_live_now_and_names_nobody(register: Register) -> None:
    people = [await register.add(building) for building in ("wenhua-1", "wenhua-1", "sanwan-3-1")]
    for person in people:
        await register.done(person, "tag", tag="empty_nest")
    await register.done(people[0], "tag", tag="hardship")
    board = await register.read("/care", under="wenhua")
    assert board["items"] == [
        {"tag": "empty_nest", "persons": 2}, {"tag": "hardship", "persons": 1},
    ]  # fmt: skip
    await register.done(people[0], "move", building="sanwan-3-2")
    await register.done(people[1], "leave")
    assert (await register.read("/care", under="wenhua"))["items"] == []
    everywhere: Any = await register.read("/care")
    assert everywhere["items"] == [
        {"tag": "empty_nest", "persons": 2}, {"tag": "hardship", "persons": 1},
    ]  # fmt: skip
    assert await register.ids(tag="empty_nest") == {people[0], people[2]}


async def test_a_retry_gets_the_first_answer_and_names_the_same_person(
    register: Register,
) -> None:
    form = {"building": "wenhua-1", "name": NAME}
    first = await register.post("/residents", form, key="once")
    again = await register.post("/residents", form, key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert await register.ids() == {first.json()["id"]}


async def test_a_person_keeps_the_id_by_which_another_service_knows_them(
    register: Register,
) -> None:
    person = somebody()
    assert await register.add(person=person) == person
    assert (await register.read(f"/residents/{person}"))["resident"]["name"] == NAME


async def test_the_version_of_a_person_is_told(register: Register) -> None:
    person = await register.add()
    receipt = await register.done(person, "leave")
    answer = await register.get(f"/residents/{UUID(person)}")
    assert answer.headers["etag"] == f'"{receipt["version"]}"' == '"2"'


async def test_answers_are_as_they_are_described(register: Register) -> None:
    person, other = await register.add(), await register.add()
    await register.done(person, "tag", tag="veteran")
    await register.done(person, "declare-relative", relative=other, relation="spouse")
    await register.done(other, "erasure", reason="retention")
    answers: dict[str, type[BaseModel]] = {
        "/residents": ResidentPage,
        f"/residents/{person}": ResidentView,
        f"/residents/{other}/erasure": ErasureView,
        "/care": CareBoard,
    }
    for path, model in answers.items():
        answer = await register.get(path)
        described = model.model_validate_json(answer.content)
        again = model.model_validate_json(described.model_dump_json())
        assert described == again
        assert described.model_fields_set == model.model_fields.keys() == answer.json().keys()
