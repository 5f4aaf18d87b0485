"""Who may do what with the map, residents, posts and units. Pure."""

from __future__ import annotations

from shared.core.access import Access, Grant, Roles

KEEPERS: Roles = frozenset({"administrator"})
STAFF: Roles = frozenset(
    {"grid_worker", "building_head", "lane_head", "dispatcher", "handling_unit", "first_receiver",
     "supervisor", "callback_agent", "arbiter", "mediator", "party_secretary", "party_instructor",
     "registrar", "administrator", "importer", "district_observer", "auditor"}
)  # fmt: skip
REGISTRARS: Roles = frozenset({"registrar", "administrator"})
EVERYONE: Roles = STAFF | {"resident", "volunteer"}

ACCESS = Access(
    actions={
        "register_territories": [Grant(KEEPERS)],
        "rename_territory": [Grant(KEEPERS)],
        "move_territory": [Grant(KEEPERS)],
        "assign_to_block": [Grant(KEEPERS)],
        "leave_block": [Grant(KEEPERS)],
        "merge_territories": [Grant(KEEPERS)],
        "split_territory": [Grant(KEEPERS)],
        "close_territory": [Grant(KEEPERS)],
        "read_map": [Grant(EVERYONE, "anywhere")],
        "read_territory": [Grant(EVERYONE, "anywhere")],
        "read_lineage": [Grant(EVERYONE, "anywhere")],
        # households
        "register_households": [Grant(REGISTRARS)],
        "enrol_households": [Grant(REGISTRARS | {"importer"})],
        "amend_household": [Grant(REGISTRARS)],
        "vacate_household": [Grant(REGISTRARS)],
        "return_household": [Grant(REGISTRARS)],
        "close_household": [Grant(REGISTRARS)],
        "read_households": [Grant(STAFF)],
    }
)
