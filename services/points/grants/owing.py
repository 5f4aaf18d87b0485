"""Who may read what is outstanding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

WATCHING: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})

OWING: Mapping[str, Sequence[Grant]] = {
    "read_outstanding": [Grant(WATCHING)],
    "download_outstanding": [Grant(WATCHING)],
}
