"""What clients send about facilities. Areas are in square decimetres: 1 m² is 100 dm²."""

from __future__ import annotations

from services.territory.facility.words import AssetKind, FacilityKind, Function
from services.territory.forms import Code
from services.territory.organisation.fields import Amount, Day, Number
from shared.core.text import Word
from shared.runtime.web.forms import Form


class Planning(Form):
    """Plan a facility. Its code is for ever."""

    code: Code
    kind: FacilityKind
    name: Word
    territory: Code


class Opening(Form):
    """Open a facility; what is left out is as it was planned."""

    kind: FacilityKind | None = None
    name: Word | None = None
    territory: Code | None = None


class FunctionForm(Form):
    """Let a facility serve as this, too."""

    function: Function


class Withdrawal(Form):
    """Let a facility serve as this no more."""

    function: Function


class Use(Form):
    """Count the visits of a day; the last count of a day stands."""

    day: Day
    visits: Amount


class Asset(Form):
    """Register what belongs to a facility; the area is of all pieces together."""

    kind: AssetKind
    count: Number
    area_dm2: Amount | None = None


class FacilityClosing(Form):
    """Close a facility for good."""
