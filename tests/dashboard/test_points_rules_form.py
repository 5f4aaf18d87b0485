"""Rules for points as fields of a form, and back: nothing is lost on the way, or made up."""

from __future__ import annotations

from typing import Any

import pytest

from services.dashboard.pages.points.rules_form import (
    Draft,
    draft_of,
    field_of,
    rules_of,
    with_row,
    written_in,
)
from services.dashboard.pages.points.rules_words import GIVERS, SOURCED
from services.points.grants.account import GIVERS as GRANTED
from services.points.points_rules import decider
from services.points.rules.book import PointsRules
from services.points.rules.book_2026_1 import BOOK

TOLD = BOOK.model_dump(mode="json")
TODAY = "2026-05-01"


def sent(draft: Draft) -> dict[str, list[str]]:
    """The fields as a browser sends them: those that are empty are left out."""
    fields: dict[str, list[str]] = {}
    for name, value in draft.items():
        if isinstance(value, str):
            fields[name] = [value]
        elif isinstance(value, dict):
            fields |= {f"{name}-{key}": [text] for key, text in value.items()}
        else:
            for number, row in enumerate(value):
                fields |= {
                    f"{name}-{number}-{key}": [text] if isinstance(text, str) else text
                    for key, text in row.items()
                }
    return {name: texts for name, texts in fields.items() if any(texts)}


def test_rules_come_back_as_they_were() -> None:
    draft = draft_of(TOLD, TODAY) | {"version": "2026.2"}
    again = rules_of(written_in(sent(draft)))
    wanted = TOLD | {"version": "2026.2", "starts": TODAY}
    assert PointsRules.model_validate(again) == PointsRules.model_validate(wanted)


@pytest.mark.parametrize(
    ("yuan", "fen"), [("0.5", 50), ("2", 200), ("0.005", "0.005"), ("x", "x"), ("1e999", "1e999")]
)
def test_what_a_point_is_worth_is_whole_fen_or_left_as_it_was_written(yuan: str, fen: Any) -> None:
    assert rules_of(draft_of(TOLD, TODAY) | {"yuan": yuan})["fen"] == fen


def test_a_row_without_code_and_name_is_left_out_and_the_others_keep_their_order() -> None:
    draft = draft_of(TOLD, TODAY)
    draft["reasons"][1] |= {"code": "", "label": "", "label_en": ""}
    left = [one["code"] for one in rules_of(written_in(sent(draft)))["reasons"]]
    assert left == [one.code for one in BOOK.reasons if one.code != "mediation"]


def test_a_row_that_was_begun_is_not_lost() -> None:
    draft = with_row(draft_of(TOLD, TODAY), "reasons")
    draft["reasons"][-1] |= {"label": "河道巡查", "points": "五"}
    [*_, last] = rules_of(written_in(sent(draft)))["reasons"]
    assert (last["label"], last["points"], last["code"]) == ("河道巡查", "五", "")
    assert with_row(draft, "scores") == draft


def test_what_does_not_belong_to_how_points_end_is_left_out() -> None:
    draft = draft_of(TOLD, TODAY)
    for mode, days, carry in (("never", None, 0), ("days", 90, 0), ("month_end", None, 100)):
        draft["expiry"] |= {"mode": mode, "days": "90", "carry": "100"}
        found = rules_of(draft)["expiry"]
        assert (found["days"], found["carry"]) == (days, carry)


def test_a_fault_finds_its_field() -> None:
    assert field_of("/rules/reasons/0/points") == "reasons-0-points"
    assert field_of("/rules/expiry/days") == "expiry-days"
    assert field_of("/rules/fen") == "yuan"
    assert field_of("/rules") == ""


def test_the_form_has_every_source_that_is_asked_for_and_every_role_that_may_give() -> None:
    assert set(decider.SOURCED) <= SOURCED.keys()
    assert set(GIVERS) == GRANTED
