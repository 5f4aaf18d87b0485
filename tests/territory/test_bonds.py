"""What the volunteer service may know of two people: what one is to the other, and of what age."""

from __future__ import annotations

from typing import Any

import pytest

from tests.territory.register import Register, reader, somebody

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
SERVICE = {**reader("service", territory="nowhere"), "sub": "volunteer"}


async def _bond(register: Register, person: str, other: str, **asked: Any) -> dict[str, Any]:
    path = f"/residents/{person}/bonds/{other}"
    answer = await register.get(path, actor=SERVICE, **asked)
    assert answer.status_code == 200, answer.text
    told = dict(answer.json())
    del told["watermark"]
    return told


async def test_a_relation_is_known_from_either_side_by_the_word_of_one(register: Register) -> None:
    mother, son = await register.add(), await register.add(birth_year=None)
    await register.done(mother, "declare-relative", relative=son, relation="child")
    assert await _bond(register, mother, son) == {"relation": "child", "of_age": None}
    assert await _bond(register, son, mother) == {"relation": "parent", "of_age": None}
    await register.done(son, "declare-relative", relative=mother, relation="guardian")
    assert (await _bond(register, son, mother))["relation"] == "guardian", "their own word"
    assert (await _bond(register, mother, mother))["relation"] is None


async def test_an_age_is_answered_and_never_a_year(register: Register) -> None:
    old, unknown = await register.add(birth_year="1948"), await register.add(birth_year=None)
    assert (await _bond(register, old, unknown, age=60))["of_age"] is True
    assert (await _bond(register, old, unknown, age=150))["of_age"] is False
    assert (await _bond(register, unknown, old, age=60))["of_age"] is None


async def test_the_relative_of_a_double_is_that_of_who_was_kept(register: Register) -> None:
    mother, double, son = await register.add(), await register.add(), await register.add()
    await register.done(double, "declare-relative", relative=son, relation="child")
    await register.done(double, "merge", into=mother)
    assert (await _bond(register, mother, son))["relation"] == "child"


async def test_it_is_for_services_alone_and_of_who_is_on_the_register(register: Register) -> None:
    one, other = await register.add(), await register.add()
    path = f"/residents/{one}/bonds/{other}"
    assert (await register.get(path)).json()["code"] == "role_missing"
    stranger = await register.get(f"/residents/{one}/bonds/{somebody()}", actor=SERVICE)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "no_such_resident")


async def test_a_service_counts_care_wherever_it_asks(register: Register) -> None:
    person = await register.add()
    await register.done(person, "tag", tag="hardship")
    told = await register.read("/care", actor=SERVICE, under="wenhua")
    assert told["items"] == [{"tag": "hardship", "persons": 1}]
