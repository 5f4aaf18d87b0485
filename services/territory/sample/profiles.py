"""What the founding documents tell of places: what was counted there, how they are organised, what
they do as others do; and how every estate is managed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from services.territory.profile.commands import (
    AdoptGovernanceModel,
    AdoptPractice,
    AssignBlockType,
    DeclareFigure,
    HoldTraining,
    ProfileCommand,
)
from services.territory.profile.decider import profile
from services.territory.profile.words import (
    BlockType,
    Figure,
    GovernanceModel,
    Measure,
    Practice,
    TrainingKind,
)
from services.territory.sample import management
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Telling, told
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Target

TOLD = day("2024-03-27")  # S3's date

# Place, figure, value, unit of measure, document.
FIGURES: tuple[tuple[str, Figure, int, Measure, str], ...] = (
    ("shili", "renovated_estates", 141, "count", "S0"),
    ("shili", "households", 24_000, "households", "S0"),
    ("shili", "parks", 37, "count", "S0"),
    ("shili", "volunteers", 140_000, "persons", "S0"),
    ("shili", "good_air_days", 930, "permille", "S0"),
    ("huolongjing", "population", 17_000, "persons", "S0"),
    ("tielu-sushe", "households", 580, "households", "S0"),
    ("tielu-sushe", "built_decade", 1960, "year", "S0"),
    ("xincun-kuangqu", "households", 416, "households", "S1"),
    ("xincun-kuangqu", "illegal_structures", 275, "count", "S1"),
    ("xincun-kuangqu", "built_decade", 1980, "year", "S1"),
)
MODELS: tuple[tuple[str, GovernanceModel], ...] = (
    ("huolongjing", "one_n_x"), ("chezhan", "tian_shaped"), ("chezhan", "big_party_committee"),
    ("sanwan", "three_level_party"),
)  # fmt: skip
BLOCK_TYPES: tuple[tuple[str, BlockType], ...] = (
    ("block-jingkan", "enterprise_land_integration"),
    ("block-tianxin", "factory_area_cogovernance"),
    ("block-qiaoliangchang", "school_land_sharing"),
    ("block-xiangtianqiao", "railway_land_cocreation"),
)
TYPED = day("2018-10-29")  # S2's date
# S3 wants what the mill's estate does to be done elsewhere. Which began with what is invented.
SPREAD: tuple[tuple[str, Practice, str], ...] = (
    ("sanwan-wenhua", "wall_removal", "wenhua"),
    ("xincun-kuangqu", "estate_self_management", "litai"),
    ("jingkan", "train_whistle", "chezhan"),
    ("xincun", "courtyard_meeting", "chezhan"),
    ("sanwan", "points_exchange", "chezhan"),
    ("chezhan", "one_household_one_plan", "huolongjing"),
)
ADOPTED = day("2025-06-02")
# S3: three trainings. How many came is invented.
TRAININGS: tuple[tuple[TrainingKind, str, int], ...] = (
    ("spokesperson", "2024-01-12", 36),
    ("planner", "2024-02-23", 24),
    ("enthusiast", "2024-03-15", 58),
)


def tellings(district: Shape, seed: int) -> Iterator[Telling]:
    """One for each territory of which something is told."""
    of: dict[str, list[ProfileCommand]] = defaultdict(list)
    for command in (*_told(), *management.commands(district, seed)):
        of[command.territory].append(command)
    for territory, commands in of.items():
        target = Target(profile, derived(profile.category, territory))
        yield told(f"profile {territory}", target, commands)


def _told() -> Iterator[ProfileCommand]:
    for territory, figure, value, measure, source in FIGURES:
        yield DeclareFigure(
            territory=territory, figure=figure, value=value, measure=measure, source="press",
            reference=source, at=TOLD, **MEANT,
        )  # fmt: skip
    for number, (territory, model) in enumerate(MODELS):
        at = TOLD.replace(minute=number)
        yield AdoptGovernanceModel(territory=territory, model=model, at=at, **MEANT)
    for block, type_ in BLOCK_TYPES:
        yield AssignBlockType(territory=block, kind="block", block_type=type_, at=TYPED, **MEANT)
    for territory, practice, source in SPREAD:
        yield AdoptPractice(
            territory=territory, practice=practice, adopted_from=source, at=ADOPTED, **MEANT
        )
    for kind, held, attendees in TRAININGS:
        at = day(held, hour=18)
        yield HoldTraining(
            territory="chezhan", kind=kind, day=held, attendees=attendees, at=at, **MEANT
        )
