"""Closed vocabularies of profiles, and who may take over from whom."""

from __future__ import annotations

from typing import Literal

ManagementMode = Literal[
    "property_company", "community", "self_managed", "unmanaged", "state_enterprise"
]
# Who an estate can be taken over by, or handed to.
Manager = Literal["property_company", "community", "self_managed"]
Figure = Literal[
    "households", "population", "built_decade", "structures", "illegal_structures", "buildings",
    "parks", "renovated_estates", "volunteers", "parking_spaces", "floor_area", "good_air_days",
]  # fmt: skip
Measure = Literal["count", "persons", "households", "year", "dm2", "permille"]
SourceKind = Literal[
    "census", "household_register", "survey", "official_report", "press", "estimate",
]  # fmt: skip
Practice = Literal[
    "estate_self_management", "train_whistle", "courtyard_meeting", "deliberation_hall",
    "points_exchange", "one_household_one_plan", "wall_removal", "monthly_clinic",
    "information_station", "cadre_checkin", "mediation_room", "three_homes_in_estate",
]  # fmt: skip
# S3: trainings of spokespersons, of planners of activities, of enthusiasts.
TrainingKind = Literal["spokesperson", "planner", "enthusiast"]
# S0: 1+N+X. S3: governance shaped as the character 田. S2, S4: three levels of Party organisation.
GovernanceModel = Literal["one_n_x", "tian_shaped", "three_level_party", "big_party_committee"]
# S2: land shared with an enterprise, a factory, a school, a railway.
BlockType = Literal[
    "enterprise_land_integration", "factory_area_cogovernance", "school_land_sharing",
    "railway_land_cocreation",
]  # fmt: skip
