"""What is on the map at a moment, and what was not touched since."""

from __future__ import annotations

from datetime import datetime

from shared.core.atlas.atlas import Atlas
from shared.core.atlas.territory import Territory
from shared.core.messages import Rejected


def known(atlas: Atlas, code: str, field: str = "code") -> Territory:
    """The territory of this code. Raises Rejected when nobody knows it."""
    territory = atlas.get(code)
    if territory is None:
        raise Rejected("unknown_territory", f"there is no territory {code!r} on the map", field)
    return territory


def there(atlas: Atlas, code: str, at: datetime, field: str = "code") -> Territory:
    """A territory that came before `at` and is on the map still. Raises Rejected."""
    territory = known(atlas, code, field)
    if territory.until is not None and territory.into:
        became = ", ".join(territory.into)
        how = "merged_already" if len(territory.into) == 1 else "split_already"
        raise Rejected(how, f"{code} became {became} on {territory.until.date()}", field)
    if territory.until is not None:
        raise Rejected("closed_already", f"{code} was closed on {territory.until.date()}", field)
    if at < territory.since:
        detail = f"{code} is there since {territory.since.isoformat()}"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    return territory


def standing(atlas: Atlas, code: str, at: datetime, field: str = "code") -> Territory:
    """A territory that is on the map and was not changed after `at`. Raises Rejected."""
    territory = there(atlas, code, at, field)
    if at < territory.changed:
        detail = f"{code} was changed at {territory.changed.isoformat()}, after that"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    return territory


def settled(atlas: Atlas, code: str, at: datetime, field: str = "code") -> Territory:
    """The same, where nothing that lay in it or was its member was changed after `at` either."""
    territory = standing(atlas, code, at, field)
    for inner in atlas.below.get(code, ()):
        one = known(atlas, inner)
        stays = [stay for stay in (*one.stays, *one.blocks) if stay.root == code]
        if one.changed > at and any(stay.until is None or stay.until > at for stay in stays):
            detail = f"{inner}, which lay in {code}, was changed at {one.changed.isoformat()}"
            raise Rejected("overlaps_in_time", detail, "occurred_at")
    return territory
