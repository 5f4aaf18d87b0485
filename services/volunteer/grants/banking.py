"""Who may read of time, and what may be asked of a pool. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

COUNTER: Roles = frozenset({"registrar", "hours_approver"})
OVERSEERS: Roles = frozenset({"supervisor", "auditor"})
WATCHING: Roles = frozenset({"supervisor", "district_observer", "auditor", "registrar"})
PEOPLE: Roles = frozenset({"volunteer", "resident"})
OWN = Grant(PEOPLE, "own")

BANKING: Mapping[str, Sequence[Grant]] = {
    "read_account": [Grant(COUNTER | OVERSEERS), OWN],
    "read_entries": [Grant(COUNTER | OVERSEERS), OWN],
    # what a pool holds is for everyone to know: it says nothing of anybody
    "read_pool": [Grant(COUNTER | WATCHING | PEOPLE, "anywhere")],
    "read_liability": [Grant(WATCHING)],
    "credit_pool": [Grant(COUNTER), OWN],  # the other half of a donation
    "draw_pool": [Grant(COUNTER), Grant(frozenset({"service"}), "anywhere")],
}
