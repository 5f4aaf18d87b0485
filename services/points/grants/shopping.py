"""Who may choose things for points. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

SERVICE: Roles = frozenset({"service"})
KEEPERS: Roles = frozenset({"shop_keeper"})
PEOPLE: Roles = frozenset({"volunteer", "resident"})
OVERSEERS: Roles = frozenset({"supervisor", "auditor", "points_reviewer"})
EVERYBODY: Roles = PEOPLE | KEEPERS | OVERSEERS | {
    "district_observer", "registrar", "grid_worker", "party_secretary", "administrator",
}  # fmt: skip
OWN = Grant(PEOPLE, "own")

SHOPPING: Mapping[str, Sequence[Grant]] = {
    # a keeper chooses for somebody at the counter who has no phone
    "request_redemption": [Grant(KEEPERS), OWN],
    "cancel_redemption": [Grant(KEEPERS), OWN],
    "lapse_redemption": [Grant(SERVICE, "anywhere")],
    "read_shops": [Grant(EVERYBODY, "anywhere")],
    "read_catalogue": [Grant(EVERYBODY, "anywhere")],
    "read_redemption": [Grant(KEEPERS | OVERSEERS), OWN],
    "read_my_redemptions": [Grant(PEOPLE, "own")],
}
