"""The words of a notice, and when they may be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from services.grievance.forms import Petition
from services.grievance.telling.quiet import QuietHours
from services.grievance.telling.sentences import SENTENCES, Language
from services.grievance.telling.wording import Subject, text_of, title_of
from services.grievance.words import DeclineReason, Outcome, ToldOf
from tests.grievance.front_desk import PETITION

SUBJECT = Subject(
    step="accepted", number="20260501-7", has_code=True, unit="路灯所", outcome="solved",
    reason="outside_remit", days=5, review_on="2026-09-01",
)  # fmt: skip
URL = "https://district.example/petition/follow"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENTS = some.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - as Hypothesis asks for it
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=some.just(UTC),
)


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("step", get_args(ToldOf))
def test_every_step_has_words_with_the_number_and_what_to_do(
    language: Language, step: ToldOf
) -> None:
    said = SENTENCES[language]
    for has_code in (True, False):
        text = text_of(replace(SUBJECT, step=step, has_code=has_code), [language], URL)
        assert "20260501-7" in text
        assert (said.code if has_code else said.number) in text
        assert (URL in text) is has_code, "who has no code cannot follow it there"
        assert "None" not in text
        assert "{" not in text
    assert "20260501-7" in title_of("20260501-7", [language])


def test_every_code_has_words() -> None:
    for said in SENTENCES.values():
        assert {*said.happened} == {*get_args(ToldOf)}
        assert {*said.outcome} == {*get_args(Outcome)}
        assert {*said.reason} == {*get_args(DeclineReason)}


def test_it_is_said_in_the_languages_of_the_district_one_a_line() -> None:
    closed = replace(SUBJECT, step="closed")
    assert text_of(closed, ["zh", "en"], None).split("\n") == [
        "您反映的事（编号 20260501-7）已办结：已解决。没有解决的，可以要求重新办理。"
        "凭编号和查询码可以看办到哪一步。",
        "Your petition 20260501-7 is closed: solved. If it is not solved, you can ask for it to be "
        "opened again. Follow it by its number and your code.",
    ]


@given(moment=MOMENTS, first=some.times(), until=some.times())
def test_it_is_quiet_by_the_clock_on_the_wall_in_beijing(
    moment: datetime, first: time, until: time
) -> None:
    wall = moment.astimezone(SHANGHAI).time()
    quiet = QuietHours(first, until).holds(moment)
    if first == until:
        assert not quiet
    elif first < until:
        assert quiet is (first <= wall < until)
    else:
        assert quiet is not (until <= wall < first)


@given(moment=MOMENTS, first=some.times(), until=some.times())
def test_quiet_hours_end_within_a_day(moment: datetime, first: time, until: time) -> None:
    quiet = QuietHours(first, until)
    wall = datetime.combine(moment.astimezone(SHANGHAI), until, SHANGHAI)
    assert not quiet.holds(wall.astimezone(UTC))
    assert wall - moment < timedelta(days=1)


@pytest.mark.parametrize(
    "email",
    ["nobody", "a@b", "a@b..cn", "a b@example.com", "a@example.com,b@example.com",
     "a@example.com\nBcc: b@example.com", "<a@example.com>", "a@-example.com", "@example.com"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        Petition.model_validate({**PETITION, "email": email})
