"""The limits of a round: by type of case, in days, from the day it begins."""

from __future__ import annotations

from typing import get_args

import pytest

from services.grievance.words import CaseType
from shared.contracts import limits


@pytest.mark.parametrize(
    ("case_type", "begun", "due"),
    [
        ("consult", "2026-02-28", "2026-03-01"),
        ("help", "2026-05-01", "2026-05-06"),
        ("complaint", "2026-12-25", "2027-01-04"),
        ("petition", "2024-01-01", "2024-03-01"),
        ("repair", "2026-05-01", "2026-05-16"),
        ("a type nobody knows yet", "2026-05-01", "2026-05-16"),
    ],
)
def test_a_round_is_due_so_many_days_after_it_began(case_type: str, begun: str, due: str) -> None:
    assert limits.due_day(case_type, begun) == due


def test_the_table_speaks_of_types_there_are_and_cannot_be_changed() -> None:
    assert limits.DAYS.keys() <= set(get_args(CaseType))
    with pytest.raises(TypeError):
        limits.DAYS["help"] = 6  # type: ignore[index]


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        limits.due_day("help", "2026-02-30")
