"""Units: what may lie under what, what may be linked with what, what is promised and given."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import pytest

from services.territory.unit.commands import (
    DissolveUnit,
    FormUnit,
    FulfilPledge,
    LinkUnit,
    MakePledge,
    NestUnit,
    RecordAid,
    UnitCommand,
    UnlinkUnit,
)
from services.territory.unit.decider import concerns, decide_under, unit
from services.territory.unit.events import (
    AidGiven,
    PledgeFulfilled,
    PledgeMade,
    UnitDissolved,
    UnitEvent,
    UnitFormed,
    UnitLinked,
    UnitNested,
    UnitUnlinked,
)
from services.territory.unit.state import Unit
from services.territory.unit.words import LINKS, PARENTS, Linkage, UnitKind
from shared.core.access import Thing
from shared.core.messages import Rejected
from shared.testkit.spec import Spec
from tests.territory.maps import CLERK, day

given = Spec(unit)
BUREAU: dict[str, Any] = {"code": "housing", "kind": "department", "name": "住建局"}


def form(at: int = 1, parent: str | None = None, **changes: Any) -> FormUnit:
    about = {**BUREAU, "territory": "gaoxin", "parent": parent, **changes}
    return FormUnit(at=day(at), actor=CLERK, **about)


def formed(at: int = 1, **changes: Any) -> UnitFormed:
    return UnitFormed(at=day(at), **{**BUREAU, "territory": "gaoxin", **changes})


def nest(parent: str | None, at: int = 5, code: str = "housing") -> NestUnit:
    return NestUnit(at=day(at), actor=CLERK, code=code, parent=parent)


def asked(command: type[Any], at: int = 5, **about: Any) -> Any:
    return command(at=day(at), actor=CLERK, code="housing", **about)


def linked(at: int = 3, territory: str = "grid-3", linkage: str = "department") -> UnitLinked:
    told: dict[str, Any] = {"territory": territory, "linkage": linkage}
    return UnitLinked(at=day(at), code="housing", **told)


def state(code: str, parent: str | None = None, kind: UnitKind = "department",
          dissolved: datetime | None = None) -> Unit:  # fmt: skip
    return Unit(
        version=1, code=code, kind=kind, territory="gaoxin", parent=parent, formed=day(0),
        placed=day(0), told=day(0), dissolved=dissolved,
    )  # fmt: skip


def test_a_unit_is_formed_once() -> None:
    given().when(form()).then(formed())
    assert given(formed()).when(form(2)).rejected("code_taken").field == "code"


@pytest.mark.parametrize(
    ("command", "above", "code", "field"),
    [
        (nest("housing"), [], "cycle", "parent"),
        # b lies under housing: the chain that is read ends before housing itself
        (nest("b"), [state("b", "housing")], "cycle", "parent"),
        (nest("c"), [state("c", "b"), state("b", "housing")], "cycle", "parent"),
        (nest("b"), [Unit()], "unknown_unit", "parent"),
        (nest("b"), [state("b", dissolved=day(3))], "dissolved_already", "parent"),
        (nest("b"), [state("b", kind="party_organisation")], "wrong_kind_of_parent", "parent"),
        # another command moved b meanwhile
        (nest("b"), [state("b", "c")], "changed_meanwhile", None),
        (nest("b"), [state("b", "c"), state("d")], "changed_meanwhile", None),
        (nest(None), [], "lies_there_already", "parent"),
        (form(2, "b"), [state("b")], "code_taken", "code"),
        (nest("b", at=0), [state("b")], "overlaps_in_time", "occurred_at"),
    ],
)
def test_a_unit_cannot_be_put_there(
    command: FormUnit | NestUnit, above: list[Unit], code: str, field: str | None
) -> None:
    with pytest.raises(Rejected) as refused:
        decide_under(command, unit.fold([formed()]), above)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_three_levels_of_party_organisation_and_back() -> None:
    # S4: community organisation, branch of the neighbourhood, group of the building
    party: dict[str, Any] = {"kind": "party_organisation"}
    top, branch = state("sanwan-party", **party), state("wenhua-branch", "sanwan-party", **party)
    told = decide_under(form(2, "wenhua-branch", **party), Unit(), [branch, top])
    assert told == [formed(2, parent="wenhua-branch", **party)]
    group = unit.fold(told)
    moved = decide_under(nest("sanwan-party"), group, [top])
    assert moved == [UnitNested(at=day(5), code="housing", parent="sanwan-party")]


@pytest.mark.parametrize("kind", get_args(UnitKind))
def test_a_unit_lies_under_one_of_a_kind_that_can_hold_it(kind: UnitKind) -> None:
    for parent in get_args(UnitKind):
        above, command = [state("b", kind=parent)], form(2, "b", kind=kind)
        if parent in PARENTS.get(kind, {parent}):
            assert decide_under(command, Unit(), above)
            continue
        with pytest.raises(Rejected) as refused:
            decide_under(command, Unit(), above)
        assert refused.value.code == "wrong_kind_of_parent"


@pytest.mark.parametrize("kind", get_args(UnitKind))
@pytest.mark.parametrize("linkage", get_args(Linkage))
def test_a_unit_is_linked_as_what_it_is(kind: UnitKind, linkage: Linkage) -> None:
    put = given(formed(kind=kind)).when(asked(LinkUnit, 3, territory="grid-3", linkage=linkage))
    if kind in LINKS[linkage]:
        put.then(linked(linkage=linkage))
    else:
        assert put.rejected("wrong_kind_of_unit").field == "linkage"


HISTORY = (formed(), linked(), PledgeMade(at=day(4), code="housing", what="funds", amount_fen=1))
LINK: dict[str, Any] = {"territory": "grid-3", "linkage": "department"}


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (asked(LinkUnit, **LINK), "overlaps_in_time", "occurred_at"),
        (asked(LinkUnit, 2, **LINK), "overlaps_in_time", "occurred_at"),
        (asked(LinkUnit, 0, **LINK), "overlaps_in_time", "occurred_at"),
        (asked(UnlinkUnit, 3, **LINK), "ends_before_it_begins", "occurred_at"),
        (asked(UnlinkUnit, **{**LINK, "territory": "grid-4"}), "not_linked", "territory"),
        (asked(MakePledge, what="funds"), "amount_missing", "amount_fen"),
        (asked(RecordAid, kind="funds", amount_fen=0), "amount_missing", "amount_fen"),
        (asked(RecordAid, kind="labour", pledge=2), "unknown_pledge", "pledge"),
        (asked(RecordAid, 3, kind="labour", pledge=3), "overlaps_in_time", "occurred_at"),
        (asked(FulfilPledge, pledge=9), "unknown_pledge", "pledge"),
        (asked(FulfilPledge, 3, pledge=3), "overlaps_in_time", "occurred_at"),
        (asked(DissolveUnit, below=("b",)), "not_empty", "code"),
        (asked(DissolveUnit, 3), "overlaps_in_time", "occurred_at"),
    ],
)
def test_what_does_not_fit_is_refused(command: UnitCommand, code: str, field: str) -> None:
    assert given(*HISTORY).when(command).rejected(code).field == field
    assert given().when(command).rejected("unknown_unit").field == "code"


def test_pledges_are_kept_once_and_aid_may_be_for_one() -> None:
    kept = PledgeFulfilled(at=day(5), code="housing", pledge=3)
    given(*HISTORY).when(asked(FulfilPledge, pledge=3)).then(kept)
    again = given(*HISTORY, kept).when(asked(FulfilPledge, 6, pledge=3))
    assert again.rejected("fulfilled_already").field == "pledge"
    given(*HISTORY).when(asked(RecordAid, kind="funds", amount_fen=300_000_000, pledge=3)).then(
        AidGiven(at=day(5), code="housing", kind="funds", amount_fen=300_000_000, pledge=3)
    )


def test_a_dissolved_unit_leaves_its_links_and_takes_no_more() -> None:
    gone: list[UnitEvent] = [
        UnitUnlinked(at=day(6), code="housing", linked=2, territory="grid-3", linkage="department"),
        UnitDissolved(at=day(6), code="housing", territory="gaoxin"),
    ]
    given(*HISTORY).when(asked(DissolveUnit, 6)).then(*gone)
    past = given(*HISTORY, *gone)
    for command in (
        asked(LinkUnit, 7, **LINK), asked(LinkUnit, 5, **LINK), asked(DissolveUnit, 7),
        asked(RecordAid, 6, kind="labour"), nest("b", 7),
    ):  # fmt: skip
        assert past.when(command).rejected("dissolved_already").field == "code"
    # what it gave while it was there may be told late
    past.when(asked(RecordAid, 5, kind="labour")).then(
        AidGiven(at=day(5), code="housing", kind="labour")
    )


def test_a_link_that_ended_may_begin_again() -> None:
    ended = UnitUnlinked(
        at=day(5), code="housing", linked=2, territory="grid-3", linkage="department"
    )
    given(*HISTORY).when(asked(UnlinkUnit, **LINK)).then(ended)
    given(*HISTORY, ended).when(asked(LinkUnit, 5, **LINK)).then(linked(5))
    given(*HISTORY, ended).when(asked(LinkUnit, 4, **LINK)).rejected("overlaps_in_time")


def test_who_links_a_unit_answers_for_where_it_is_linked() -> None:
    bureau = unit.fold([formed()])
    assert concerns(asked(LinkUnit, **LINK), bureau) == Thing(("grid-3",))
    assert concerns(asked(FulfilPledge, pledge=1), bureau) == Thing(("gaoxin",))
    assert concerns(form(territory="sanwan"), Unit()) == Thing(("sanwan",))
    assert concerns(nest("b", code="other"), bureau) == Thing()
