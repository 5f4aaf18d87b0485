"""A small district with a grid, and how it is organised over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.core.atlas.atlas import New
from tests.territory.maps import SHENGLI
from tests.territory.office import Office

ZHONG, LI, XIANG = (str(UUID(int=n)) for n in (1, 2, 3))
DISTRICT = (
    *SHENGLI,
    New("sanwan-g3", "grid", "三网格", "wenhua"),
    New("wenhua-3", "building", "文化小区3栋", "sanwan-g3"),
    New("litai", "neighbourhood", "利台小区", "sanwan"),
    New("tianxin", "block", "田心街区", "gaoxin"),
)
UNITS: Mapping[str, str] = {
    "housing": "department",
    "paired-1": "partner_unit",
    "new-march": "volunteer_team",
    "sanwan-party": "party_organisation",
}


async def settle(office: Office) -> None:
    """The map, drawn a good while ago."""
    await office.draw(DISTRICT, days_ago=3_000)


async def done(office: Office, path: str, form: Mapping[str, Any], **actor: Any) -> dict[str, Any]:
    """A command that is taken; its receipt."""
    answer = await office.post(path, form, **actor)
    assert answer.status_code == 200, (path, answer.text)
    return dict(answer.json())


async def form_units(office: Office, *codes: str, **late: Any) -> None:
    """These units, in the community."""
    for code in codes or UNITS:
        unit = {"code": code, "kind": UNITS[code], "name": code, "territory": "sanwan"}
        await done(office, "/units", {**unit, **late})
