"""What of a case can be corrected, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.grievance.case.decider import case
from services.grievance.case.events import (
    CaseCorrected,
)
from tests.grievance.cases import (
    MAY_1,
    NOW,
    STATES,
    accept,
    call_back,
    called,
    correct,
    given,
    raised,
    sign,
)


def test_a_correction_names_its_event_and_fields() -> None:
    given(*STATES["accepted"]).when(correct).then(
        CaseCorrected(at=NOW, corrects=1, changes={"case_type": "complaint"}, reason="entry_error")
    )


@pytest.mark.parametrize(
    ("changes", "corrects", "code"),
    [
        ({"case_type": "nonsense"}, 1, "bad_value"),
        ({"subject": "read me"}, 1, "not_correctable"),
        ({"occurred_at": "2019-02-30T00:00:00Z"}, 1, "bad_value"),
        ({"occurred_at": "2019-02-03T00:00:00"}, 1, "bad_value"),
        ({"occurred_at": "2126-02-03T00:00:00Z"}, 1, "occurs_in_the_future"),
        ({"occurred_at": "2026-05-01T10:00:01Z"}, 1, "happened_after_next"),
        ({"occurred_at": "2026-05-01T08:59:59Z"}, 2, "happened_before_previous"),
        ({"unit": "parks"}, 2, "not_correctable"),
        ({"case_type": "help"}, 9, "no_such_event"),
        ({}, 1, "nothing_to_correct"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(
    changes: dict[str, Any], corrects: int, code: str
) -> None:
    asked = replace(correct, changes=changes, corrects=corrects)
    refusal = given(*STATES["accepted"]).when(asked).rejected(code)
    assert refusal.field


def test_a_corrected_unit_is_the_one_that_may_sign() -> None:
    moved = CaseCorrected(at=NOW, corrects=3, changes={"unit": "parks"}, reason="entry_error")
    assert case.about(sign, case.fold((*STATES["dispatched"], moved))).unit == "parks"


def test_a_corrected_territory_decides_who_may_act() -> None:
    moved = CaseCorrected(at=NOW, corrects=1, changes={"territory": "d/s2"}, reason="entry_error")
    assert case.about(accept, case.fold((raised, moved))).territories == ("d/s2",)


def test_a_corrected_time_bounds_the_next_correction() -> None:
    earlier = MAY_1 - timedelta(days=2)
    moved = CaseCorrected(
        at=NOW, corrects=1, changes={"occurred_at": earlier.isoformat()}, reason="source_error"
    )
    asked = replace(correct, changes={"occurred_at": earlier.isoformat()}, corrects=2)
    given(*STATES["accepted"]).when(asked).rejected("happened_before_previous")
    assert case.decide(asked, case.fold((*STATES["accepted"], moved)))


def test_a_callback_that_was_in_truth_missed_is_tried_again() -> None:
    missed_after_all = CaseCorrected(
        at=NOW, corrects=6, changes={"contacted": False, "resolved": None, "satisfied": None},
        reason="entry_error",
    )  # fmt: skip
    history = (*STATES["replied"], called)
    given(*history).when(call_back).rejected("already_called_back")
    assert case.decide(call_back, case.fold((*history, missed_after_all)))
