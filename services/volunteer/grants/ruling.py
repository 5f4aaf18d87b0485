"""Who may do what with the rules. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

KEEPERS: Roles = frozenset({"administrator"})
JUDGES: Roles = frozenset(
    {"supervisor", "district_observer", "auditor", "administrator", "hours_approver"}
)
# By which ladder one is judged is everybody's to know.
EVERYBODY: Roles = JUDGES | {
    "volunteer", "resident", "recorder", "team_leader", "activity_lead", "registrar",
    "grid_worker", "party_secretary", "importer",
}  # fmt: skip

RULING: Mapping[str, Sequence[Grant]] = {
    "publish_volunteer_rules": [Grant(KEEPERS)],
    "withdraw_volunteer_rules": [Grant(KEEPERS)],
    "read_rules": [Grant(EVERYBODY, "anywhere")],
    "preview_rules": [Grant(JUDGES)],
    "read_eligibility": [Grant(JUDGES)],
}
