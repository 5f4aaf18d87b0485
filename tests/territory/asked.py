"""Every command of the territory service as somebody would send it: a body that is taken, where it
would take effect, and what has to be there before.

Names carry a number, so that each is asked about something of its own as often as one likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.territory.households.rosters import household_of
from shared.core.atlas.atlas import New
from shared.core.local_time import day_of

Call = tuple[str, Mapping[str, Any]]
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Ask:
    """`POST path` with this form, about what lies `where`, and is `owner`'s own; taken once what is
    `before` has been asked, by someone who may do everything."""

    path: str
    form: Mapping[str, Any]
    where: tuple[str, ...]
    before: tuple[Call, ...] = ()
    owner: str | None = None
    number: int = 0

    def about(self, number: int) -> Ask:
        """The same about what has this number."""
        names = _names(number)
        told = {name: _filled(value, names) for name, value in vars(self).items()}
        return Ask(**{**told, "number": number})


# A district to ask about: two subdistricts, one of them with a community.
GROUND = (
    New("gaoxin", "district", "高新区", None),
    New("shengli", "subdistrict", "胜利街道", "gaoxin"),
    New("yanhe", "subdistrict", "沿河街道", "gaoxin"),
    New("sanwan", "community", "三湾社区", "shengli"),
    New("wenhua", "neighbourhood", "文化小区", "sanwan"),
)


def lots(numbers: range) -> Iterator[New]:
    """In that community, for each number, two estates, the first with a grid and two buildings; and
    a block."""
    for n in numbers:
        yield New(f"n{n}", "neighbourhood", f"{n}号小区", "sanwan")
        yield New(f"m{n}", "neighbourhood", f"{n}号北区", "sanwan")
        yield New(f"g{n}", "grid", f"{n}号网格", f"n{n}")
        yield New(f"b{n}", "building", f"{n}号楼", f"n{n}")
        yield New(f"c{n}", "building", f"{n}号二楼", f"n{n}")
        yield New(f"k{n}", "block", f"{n}号街区", "gaoxin")


def _names(number: int) -> dict[str, str]:
    return {
        "n": str(number),
        "person": str(UUID(int=2 * number + 1)),
        "other": str(UUID(int=2 * number + 2)),
        "household": str(household_of(f"b{number}", "101")),
        "today": day_of(NOW),
        "tomorrow": (NOW + timedelta(days=1)).isoformat(),
        "next_week": (NOW + timedelta(days=7)).isoformat(),
    }


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format(**names)
    if isinstance(value, Mapping):
        return {name: _filled(one, names) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_filled(one, names) for one in value)
    return value


HERE = ("n{n}",)
DISTRICT = ("gaoxin",)
BUILDING = ("b{n}",)
PERSON: Call = ("/residents", {"person": "{person}", "building": "b{n}", "name": "李秀英"})
OTHER: Call = ("/residents", {"person": "{other}", "building": "b{n}", "name": "李秀兰"})
KIN: Call = (
    "/residents/{person}/declare-relative", {"relative": "{other}", "relation": "sibling"},
)  # fmt: skip
DOORS: Call = ("/territories/b{n}/households", {"households": [{"door": "101", "area_dm2": 8900}]})
UNIT: Call = (
    "/units", {"code": "u{n}", "kind": "department", "name": "房管所", "territory": "n{n}"},
)  # fmt: skip
UPPER: Call = (
    "/units", {"code": "v{n}", "kind": "department", "name": "住建局", "territory": "gaoxin"},
)  # fmt: skip
LINK: Call = ("/units/u{n}/link", {"territory": "g{n}", "linkage": "department"})
PLEDGE: Call = ("/units/u{n}/pledge", {"what": "venue"})
SEAT = "/posts/grid_worker/g{n}"
SEATED: Call = (f"{SEAT}/fill", {"holder": "{person}"})
AWAY: Call = (
    f"{SEAT}/leave",
    {"holder": "{person}", "since": "{tomorrow}", "until": "{next_week}", "delegate": "{other}"},
)
PLAN: Call = (
    "/facilities", {"code": "f{n}", "kind": "park", "name": "小游园", "territory": "n{n}"},
)  # fmt: skip
OPEN: Call = ("/facilities/f{n}/open", {})
READING: Call = ("/facilities/f{n}/functions", {"function": "reading"})
STATE: Call = ("/territories/n{n}/management", {"mode": "state_enterprise"})
HANDED: Call = ("/territories/n{n}/handover", {"mode": "community"})
PATHS: Call = ("/catalogue/categories", {"paths": ["建设/路灯", "建设/{n}"]})
ROUTE: Call = (
    "/catalogue/routes",
    {"rows": [{"category": "建设/路灯", "territory": "sanwan", "unit": "u{n}"}]},
)


def _of_person(verb: str, form: Mapping[str, Any], *before: Call, to: tuple[str, ...] = ()) -> Ask:
    path = f"/residents/{{person}}/{verb}"
    return Ask(path, form, BUILDING + to, (PERSON, *before), owner="{person}")


def _of_place(call: Call, *before: Call, where: tuple[str, ...] = HERE) -> Ask:
    return Ask(*call, where, before)


OF_THE_MAP: Mapping[str, Ask] = {
    "register_territories": Ask(
        "/territories",
        {"territories": [{"code": "x{n}", "kind": "building", "name": "新楼", "parent": "n{n}"}]},
        HERE,
    ),
    "rename_territory": Ask("/territories/n{n}/rename", {"name": "新名"}, HERE),
    "move_territory": Ask("/territories/b{n}/move", {"parent": "m{n}"}, ("b{n}", "m{n}")),
    "assign_to_block": Ask("/territories/n{n}/assign", {"block": "k{n}"}, ("n{n}", "k{n}")),
    "leave_block": Ask(
        "/territories/n{n}/leave", {"block": "k{n}"}, ("n{n}", "k{n}"),
        (("/territories/n{n}/assign", {"block": "k{n}"}),),
    ),
    "merge_territories": Ask(
        "/mergers", {"codes": ["n{n}", "m{n}"], "code": "x{n}", "name": "合并"}, ("n{n}", "m{n}")
    ),
    "split_territory": Ask(
        "/territories/n{n}/split",
        {"parts": [{"code": "x{n}", "name": "东", "takes": ["g{n}", "b{n}"]},
                   {"code": "y{n}", "name": "西", "takes": ["c{n}"]}]},
        HERE,
    ),
    "close_territory": Ask("/territories/m{n}/close", {}, ("m{n}",)),
}  # fmt: skip
OF_PEOPLE: Mapping[str, Ask] = {
    "register_resident": Ask(*PERSON, BUILDING),
    "change_contact": _of_person("contact", {"phone": "139 0000 1234"}),
    "move_resident": _of_person("move", {"building": "c{n}"}, to=("c{n}",)),
    "record_leaving": _of_person("leave", {}),
    "record_return": _of_person("return", {"building": "b{n}"}, ("/residents/{person}/leave", {})),
    "declare_relative": _of_person("declare-relative", KIN[1], OTHER),
    "withdraw_relative": _of_person("withdraw-relative", {"relative": "{other}"}, OTHER, KIN),
    "give_consent": _of_person("give-consent", {"purpose": "survey"}),
    "withdraw_consent": _of_person(
        "withdraw-consent", {"purpose": "survey"},
        ("/residents/{person}/give-consent", {"purpose": "survey"}),
    ),
    "tag_care": _of_person("tag", {"tag": "hardship"}),
    "untag_care": _of_person(
        "untag", {"tag": "hardship"}, ("/residents/{person}/tag", {"tag": "hardship"})
    ),
    "merge_doubles": _of_person("merge", {"into": "{other}"}, OTHER),
    "ask_erasure": _of_person("erasure", {"reason": "own_request"}),
    "register_households": Ask(*DOORS, BUILDING),
    "amend_household": Ask("/households/{household}/amend", {"area_dm2": 9000}, BUILDING, (DOORS,)),
    "vacate_household": Ask("/households/{household}/vacate", {}, BUILDING, (DOORS,)),
    "return_household": Ask(
        "/households/{household}/return", {}, BUILDING,
        (DOORS, ("/households/{household}/vacate", {})),
    ),
    "close_household": Ask("/households/{household}/close", {}, BUILDING, (DOORS,)),
}  # fmt: skip
OF_ORGANISATION: Mapping[str, Ask] = {
    "form_unit": _of_place(UNIT),
    "nest_unit": _of_place(("/units/u{n}/nest", {"parent": "v{n}"}), UNIT, UPPER),
    "dissolve_unit": _of_place(("/units/u{n}/dissolve", {}), UNIT),
    "link_unit": _of_place(LINK, UNIT, where=("g{n}",)),
    "unlink_unit": _of_place(("/units/u{n}/unlink", LINK[1]), UNIT, LINK, where=("g{n}",)),
    "make_pledge": _of_place(PLEDGE, UNIT),
    "fulfil_pledge": _of_place(("/units/u{n}/fulfil", {"pledge": 2}), UNIT, PLEDGE),
    "record_aid": _of_place(("/units/u{n}/aid", {"kind": "labour"}), UNIT),
    "fill_post": _of_place(SEATED, where=("g{n}",)),
    "vacate_post": _of_place((f"{SEAT}/vacate", SEATED[1]), SEATED, where=("g{n}",)),
    "take_leave": _of_place(AWAY, SEATED, where=("g{n}",)),
    "end_leave": _of_place((f"{SEAT}/return", SEATED[1]), SEATED, AWAY, where=("g{n}",)),
    "plan_facility": _of_place(PLAN),
    "open_facility": _of_place(OPEN, PLAN),
    "add_function": _of_place(READING, PLAN, OPEN),
    "remove_function": _of_place(
        ("/facilities/f{n}/functions/remove", READING[1]), PLAN, OPEN, READING
    ),
    "record_use": _of_place(("/facilities/f{n}/use", {"day": "{today}", "visits": 9}), PLAN, OPEN),
    "register_asset": _of_place(
        ("/facilities/f{n}/assets", {"kind": "bench", "count": 4}), PLAN, OPEN
    ),
    "close_facility": _of_place(("/facilities/f{n}/close", {}), PLAN, OPEN),
    "set_management_mode": _of_place(STATE),
    "start_handover": _of_place(HANDED, STATE),
    "accept_handover": _of_place(("/territories/n{n}/handover/accept", {}), STATE, HANDED),
    "take_over_management": _of_place(("/territories/n{n}/takeover", {"mode": "community"})),
    "declare_figure": _of_place(
        ("/territories/n{n}/figures",
         {"figure": "households", "value": 120, "measure": "households", "source": "census",
          "reference": "2020"}),
    ),
    "adopt_practice": _of_place(
        ("/territories/n{n}/practices", {"practice": "wall_removal", "adopted_from": "wenhua"})
    ),
    "hold_training": _of_place(
        ("/territories/n{n}/trainings", {"kind": "planner", "day": "{today}", "attendees": 20})
    ),
    "adopt_governance_model": _of_place(("/territories/n{n}/model", {"model": "one_n_x"})),
    "assign_block_type": _of_place(
        ("/territories/k{n}/block-type", {"block_type": "school_land_sharing"}), where=("k{n}",)
    ),
    "define_categories": _of_place(PATHS, where=DISTRICT),
    "set_routes": _of_place(ROUTE, PATHS, UNIT, where=DISTRICT),
    "publish_catalogue": _of_place(("/catalogue/publish", {}), PATHS, UNIT, ROUTE, where=DISTRICT),
}  # fmt: skip
ASKED: Mapping[str, Ask] = {**OF_THE_MAP, **OF_PEOPLE, **OF_ORGANISATION}
