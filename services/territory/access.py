"""Who may do what with the map, residents, posts and units. Pure."""

from __future__ import annotations

from services.territory.organisation.grants import organised
from shared.core.access import Access, Grant, Roles

KEEPERS: Roles = frozenset({"administrator"})
STAFF: Roles = frozenset(
    {"grid_worker", "building_head", "lane_head", "dispatcher", "handling_unit", "first_receiver",
     "supervisor", "callback_agent", "arbiter", "mediator", "party_secretary", "party_instructor",
     "registrar", "administrator", "importer", "district_observer", "auditor"}
)  # fmt: skip
HOUSE_KEEPERS: Roles = frozenset({"registrar", "administrator"})
EVERYONE: Roles = STAFF | {"resident", "volunteer"}
REGISTRARS: Roles = frozenset({"registrar", "grid_worker"})
CARERS: Roles = frozenset({"registrar", "grid_worker", "party_secretary"})
ERASERS: Roles = frozenset({"registrar", "supervisor"})
KNOW_RESIDENTS: Roles = frozenset(
    {"registrar", "grid_worker", "building_head", "first_receiver", "dispatcher", "callback_agent",
     "party_secretary", "supervisor", "district_observer", "auditor"}
)  # fmt: skip
CALL_RESIDENTS: Roles = frozenset(
    {"registrar", "grid_worker", "first_receiver", "callback_agent", "party_secretary"}
)
COUNT_CARE: Roles = CARERS | {"supervisor", "district_observer", "auditor"}
OWN = Grant(frozenset({"resident"}), "own")

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
        "read_contracts": [Grant(frozenset({"service"}), "anywhere")],
        "register_resident": [Grant(REGISTRARS)],
        "change_contact": [Grant(REGISTRARS)],
        "move_resident": [Grant(REGISTRARS)],
        "record_leaving": [Grant(REGISTRARS)],
        "record_return": [Grant(REGISTRARS)],
        "declare_relative": [Grant(REGISTRARS)],
        "withdraw_relative": [Grant(REGISTRARS)],
        "give_consent": [Grant(REGISTRARS), OWN],
        "withdraw_consent": [Grant(REGISTRARS), OWN],
        "tag_care": [Grant(CARERS)],
        "untag_care": [Grant(CARERS)],
        "merge_doubles": [Grant(frozenset({"registrar"}))],
        "read_residents": [Grant(KNOW_RESIDENTS)],
        "read_resident": [Grant(KNOW_RESIDENTS), OWN],
        "read_care": [Grant(COUNT_CARE), Grant(frozenset({"service"}), "anywhere")],
        "read_bond": [Grant(frozenset({"service"}), "anywhere")],
        "ask_erasure": [Grant(ERASERS)],
        "note_answer": [Grant(frozenset({"service"}), "anywhere")],
        "read_erasure": [Grant(ERASERS | {"auditor"})],
        "register_households": [Grant(HOUSE_KEEPERS)],
        "enrol_households": [Grant(HOUSE_KEEPERS | {"importer"})],
        "amend_household": [Grant(HOUSE_KEEPERS)],
        "vacate_household": [Grant(HOUSE_KEEPERS)],
        "return_household": [Grant(HOUSE_KEEPERS)],
        "close_household": [Grant(HOUSE_KEEPERS)],
        "read_households": [Grant(STAFF)],
        **organised(KEEPERS, STAFF, EVERYONE),
    },
    fields={
        "name": CALL_RESIDENTS,
        "phone": CALL_RESIDENTS,
        "birth_year": CALL_RESIDENTS,
        "care_tags": CARERS,
    },
)
