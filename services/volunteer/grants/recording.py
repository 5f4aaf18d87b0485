"""Who may read of hours, and approve many at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

LOOKING: Roles = frozenset(
    {"recorder", "team_leader", "activity_lead", "hours_approver", "registrar", "supervisor",
     "district_observer", "auditor"}
)  # fmt: skip
PEOPLE: Roles = frozenset({"volunteer", "resident"})

RECORDS: Mapping[str, Sequence[Grant]] = {
    "read_records": [Grant(LOOKING), Grant(PEOPLE, "own")],
    "approve_many": [Grant(frozenset({"hours_approver"}))],
}
