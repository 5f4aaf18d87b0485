"""The table of access: what it does not name, nobody may do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import APIRouter

from shared.core.access import Access, Grant, Reach, Thing, action_of
from shared.core.decider import Decider
from shared.core.messages import Actor, Forbidden
from shared.ops.settings import KernelSettings
from shared.runtime.commands.guarding import guarded
from shared.runtime.composing import Served, app_of
from tests.shared.toy.commands import OpenPurse, PutMoney
from tests.shared.toy.decider import purse

CLERK = Grant(frozenset({"dispatcher"}))
TABLE = Access(
    {
        "read": [CLERK, Grant(frozenset({"handling_unit"}), "unit"),
                 Grant(frozenset({"resident"}), "own")],
        "file": [Grant(frozenset({"resident"}), "anywhere")],
        "put_money": [CLERK],
    },
    {"phone": frozenset({"dispatcher"})},
)  # fmt: skip


def within(place: str, root: str) -> bool:
    return place == root or place.startswith(f"{root}/")


def actor(role: str, territory: str = "d/s1", unit: str | None = None) -> Actor:
    return Actor(id="me", roles=frozenset({role}), territory=territory, unit=unit)


def refusal(who: Actor, action: str, thing: Thing) -> str:
    with pytest.raises(Forbidden) as refused:
        TABLE.check(who, action, thing, within)
    assert not TABLE.allows(who, action, thing, within)
    return refused.value.code


def test_an_action_is_named_as_its_command() -> None:
    assert action_of(PutMoney) == "put_money"


def test_who_answers_for_one_of_several_places_may_not_touch_them_all() -> None:
    TABLE.check(actor("dispatcher"), "read", Thing(("d/s1/c1", "d/s1")), within)
    assert refusal(actor("dispatcher"), "read", Thing(("d/s1", "d/s2"))) == "outside_territory"


def test_a_unit_and_an_owner_have_what_is_theirs() -> None:
    lamps = actor("handling_unit", unit="lamps")
    TABLE.check(lamps, "read", Thing(("d/s1",), unit="lamps"), within)
    assert refusal(lamps, "read", Thing(("d/s1",), unit="parks")) == "not_your_unit"
    assert refusal(actor("handling_unit"), "read", Thing(("d/s1",))) == "not_your_unit"
    assert refusal(lamps, "read", Thing(("d/s2",), unit="lamps")) == "outside_territory"
    TABLE.check(actor("resident"), "read", Thing(("d/s2",), owner="me"), within)
    assert refusal(actor("resident"), "read", Thing(("d/s1",), owner="you")) == "not_your_own"


def test_what_the_table_does_not_name_nobody_may_do() -> None:
    assert refusal(actor("dispatcher"), "unheard_of", Thing()) == "role_missing"
    with pytest.raises(Forbidden):
        TABLE.reach(actor("dispatcher"), "unheard_of", Reach(), within)


def test_a_reach_is_narrowed_and_never_widened() -> None:
    clerk = actor("dispatcher")
    assert TABLE.reach(clerk, "read", Reach(), within) == Reach("d/s1")
    assert TABLE.reach(clerk, "read", Reach("d/s1/c1"), within) == Reach("d/s1/c1")
    unit = actor("handling_unit", unit="lamps")
    assert TABLE.reach(unit, "read", Reach(), within) == Reach("d/s1", "lamps")
    assert TABLE.reach(actor("resident"), "read", Reach(), within) == Reach(owner="me")
    assert TABLE.reach(actor("resident"), "file", Reach("d"), within) == Reach("d")
    for wide in ("d", "d/s2"):
        with pytest.raises(Forbidden) as refused:
            TABLE.reach(clerk, "read", Reach(wide), within)
        assert refused.value.code == "outside_territory"


def test_fields_are_hidden_from_all_whom_the_table_does_not_name() -> None:
    assert TABLE.hidden(actor("dispatcher")) == frozenset()
    assert TABLE.hidden(actor("auditor")) == {"phone"}


def test_a_command_is_checked_by_where_it_would_take_effect() -> None:
    guard, decider = guarded(TABLE, within), _purse()
    opened = OpenPurse(at=NOON, actor=actor("dispatcher"), owner="x", territory="d/s2")
    elsewhere = decider.fold(decider.decide(opened, decider.initial))
    put = PutMoney(at=NOON, actor=actor("dispatcher"), fen=1)
    with pytest.raises(Forbidden, match="outside_territory"):
        guard(put, decider, elsewhere)
    guard(put, decider, decider.initial)
    with pytest.raises(Forbidden, match="role_missing"):
        guard(opened, decider, decider.initial)


def test_a_route_that_the_table_does_not_name_keeps_its_service_from_starting() -> None:
    router = APIRouter()

    @router.get("/secret", operation_id="read_secret")
    async def read_secret() -> None: ...

    with pytest.raises(TypeError, match="read_secret"):
        app_of(Served("toy", [router], TABLE), KernelSettings(), _nobody)


NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def _purse() -> Decider[Any, Any, Any]:
    return purse


def _nobody(_: Any) -> Any:
    raise AssertionError("nobody opens it")
