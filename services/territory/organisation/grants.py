"""Who may do what with units, posts, facilities, profiles and the catalogue. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

HOSTS: Roles = frozenset({"party_secretary", "administrator"})


def organised(keepers: Roles, staff: Roles, everyone: Roles) -> Mapping[str, Sequence[Grant]]:
    """The lines of the table: keepers and hosts change things in their territory, staff read in
    theirs, everyone reads facilities and who answers for where they live."""
    return {
        "form_unit": [Grant(keepers)],
        "nest_unit": [Grant(keepers)],
        "dissolve_unit": [Grant(keepers)],
        "link_unit": [Grant(keepers)],
        "unlink_unit": [Grant(keepers)],
        "make_pledge": [Grant(keepers)],
        "fulfil_pledge": [Grant(keepers)],
        "record_aid": [Grant(keepers)],
        "fill_post": [Grant(keepers)],
        "vacate_post": [Grant(keepers)],
        "take_leave": [Grant(keepers)],
        "end_leave": [Grant(keepers)],
        "define_categories": [Grant(keepers)],
        "set_routes": [Grant(keepers)],
        "publish_catalogue": [Grant(keepers)],
        "plan_facility": [Grant(HOSTS)],
        "open_facility": [Grant(HOSTS)],
        "add_function": [Grant(HOSTS)],
        "remove_function": [Grant(HOSTS)],
        "record_use": [Grant(HOSTS)],
        "register_asset": [Grant(HOSTS)],
        "close_facility": [Grant(HOSTS)],
        "set_management_mode": [Grant(HOSTS)],
        "start_handover": [Grant(HOSTS)],
        "accept_handover": [Grant(HOSTS)],
        "take_over_management": [Grant(HOSTS)],
        "declare_figure": [Grant(HOSTS)],
        "adopt_practice": [Grant(HOSTS)],
        "hold_training": [Grant(HOSTS)],
        "adopt_governance_model": [Grant(HOSTS)],
        "assign_block_type": [Grant(HOSTS)],
        "read_units": [Grant(staff)],
        "read_unit": [Grant(staff)],
        "read_contributions": [Grant(staff)],
        "read_contribution_board": [Grant(staff)],
        "read_posts": [Grant(staff)],
        "read_leaves": [Grant(staff)],
        "read_roster": [Grant(staff)],
        "read_heads": [Grant(everyone)],
        "read_facilities": [Grant(everyone, "anywhere")],
        "read_facility": [Grant(everyone, "anywhere")],
        "read_facility_usage": [Grant(staff)],
        "read_profile": [Grant(staff)],
        "read_management": [Grant(staff)],
        "read_management_board": [Grant(staff)],
        "read_handovers": [Grant(staff)],
        "read_practices": [Grant(staff)],
        "read_trainings": [Grant(staff)],
        "read_catalogue": [Grant(staff, "anywhere")],
        "read_catalogue_versions": [Grant(staff, "anywhere")],
        "read_proposal": [Grant(staff, "anywhere")],
    }
