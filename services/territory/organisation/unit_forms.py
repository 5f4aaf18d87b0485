"""What clients send about units. Money is in fen."""

from __future__ import annotations

from services.territory.forms import Code
from services.territory.organisation.fields import Day, Fen, Number
from services.territory.unit.words import Aid, Linkage, Pledged, UnitKind
from shared.core.text import Word
from shared.runtime.web.forms import Form


class Formation(Form):
    """Form a unit, under another one or under none. Its code is for ever."""

    code: Code
    kind: UnitKind
    name: Word
    territory: Code
    parent: Code | None = None


class Nesting(Form):
    """Put a unit under another one, or, without `parent`, under none."""

    parent: Code | None = None


class Dissolution(Form):
    """Dissolve a unit that nothing lies under, and end its links."""


class Linking(Form):
    """Link a unit with a grid or another territory, or end that: N and X of 1+N+X."""

    territory: Code
    linkage: Linkage


class Unlinking(Form):
    """End what links a unit with a territory."""

    territory: Code
    linkage: Linkage


class PledgeForm(Form):
    """Put on record what a unit promises; funds need an amount. The receipt's `version` is the
    number of the pledge."""

    what: Pledged
    amount_fen: Fen | None = None
    due: Day | None = None


class Fulfilment(Form):
    """Put on record that a pledge was kept."""

    pledge: Number


class Giving(Form):
    """Put on record what a unit gave, for a pledge or without one; funds need an amount."""

    kind: Aid
    amount_fen: Fen | None = None
    pledge: Number | None = None
