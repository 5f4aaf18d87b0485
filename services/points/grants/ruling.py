"""Who may do what with the rules. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

KEEPERS: Roles = frozenset({"administrator"})
JUDGES: Roles = frozenset(
    {"supervisor", "district_observer", "auditor", "administrator", "points_reviewer"}
)
# For what one is given points is everybody's to know.
EVERYBODY: Roles = JUDGES | {
    "volunteer", "resident", "recorder", "team_leader", "activity_lead", "registrar",
    "grid_worker", "party_secretary", "importer", "shop_keeper", "building_head", "mediator",
}  # fmt: skip

RULING: Mapping[str, Sequence[Grant]] = {
    "publish_points_rules": [Grant(KEEPERS)],
    "withdraw_points_rules": [Grant(KEEPERS)],
    "read_rules": [Grant(EVERYBODY, "anywhere")],
    "preview_rules": [Grant(JUDGES)],
}
