"""A person who was registered twice, over HTTP: one id is kept, both are still understood."""

from __future__ import annotations

import pytest

from tests.grievance.front_desk import refused
from tests.territory.register import Register, reader

pytestmark = pytest.mark.postgres


async def test_one_is_kept_and_the_other_says_which(register: Register) -> None:
    kept, double, child = [await register.add() for _ in range(3)]
    await register.done(double, "tag", tag="empty_nest")
    await register.done(double, "declare-relative", relative=child, relation="child")
    await register.done(child, "declare-relative", relative=double, relation="parent")
    await register.done(double, "merge", into=kept)
    old = (await register.read(f"/residents/{double}"))["resident"]
    assert (old["status"], old["merged_into"], old["care_tags"]) == ("merged", kept, [])
    view = await register.read(f"/residents/{kept}")
    assert view["doubles"] == [double]
    assert view["resident"]["care_tags"] == ["empty_nest"]
    assert [one["person"] for one in view["relatives"]] == [child]
    assert await register.ids() == {kept, child}
    assert (await register.read("/care"))["items"] == [{"tag": "empty_nest", "persons": 1}]
    [parent] = (await register.read(f"/residents/{child}"))["relatives"]
    assert parent == {"person": double, "relation": "parent", "merged_into": kept}


async def test_nothing_more_is_recorded_of_a_double(register: Register) -> None:
    kept, double, other = [await register.add() for _ in range(3)]
    await register.done(double, "merge", into=kept)
    for verb, form in (
        ("merge", {"into": other}),
        ("move", {"building": "wenhua-2"}),
        ("tag", {"tag": "hardship"}),
        ("erasure", {"reason": "own_request"}),
    ):
        problem = refused(await register.step(double, verb, **form), 409, "resident_is_merged")
        assert kept in problem["detail"]
    answer = await register.step(other, "merge", into=double)
    refused(answer, 422, "resident_is_merged")
    refused(await register.step(other, "merge", into=other), 422, "double_of_oneself")
    answer = await register.step(other, "declare-relative", relative=double, relation="sibling")
    refused(answer, 422, "unknown_person")


async def test_only_the_registrar_of_both_merges(register: Register) -> None:
    here, there = await register.add("wenhua-1"), await register.add("sanwan-3-1")
    local = {"actor": reader("registrar", "wenhua")}
    refused(await register.step(here, "merge", into=there, **local), 422, "unknown_person")
    refused(await register.step(there, "merge", into=here, **local), 404, "no_such_resident")
    grid = {"actor": reader("grid_worker")}
    refused(await register.step(here, "merge", into=there, **grid), 403, "role_missing")
    await register.done(here, "merge", into=there)
