"""Who may read of accounts as people use them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.points.grants.account import COUNTER, GIVERS, OVERSEERS, OWN, PEOPLE
from services.points.grants.ruling import EVERYBODY
from shared.core.access import Grant

CREDITING: Mapping[str, Sequence[Grant]] = {
    "read_kept_accounts": [Grant(COUNTER | OVERSEERS), OWN],
    # for what points are given here, and how many, is everybody's to know
    "read_reasons": [Grant(EVERYBODY | GIVERS | PEOPLE, "anywhere")],
}
