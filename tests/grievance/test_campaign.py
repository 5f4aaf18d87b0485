"""The life of a campaign: opened, its cases and results put on record, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.grievance.campaign import linking
from services.grievance.campaign.commands import CampaignCommand
from services.grievance.campaign.decider import ALLOWED, campaign
from services.grievance.case.decider import case
from services.grievance.case.events import CaseLinkedToCampaign
from services.grievance.projections.campaign_results import campaign_results
from shared.core.messages import Rejected
from shared.testkit.projections import Told, history
from tests.grievance import cases
from tests.grievance.campaigns import (
    CASE,
    COMMANDS,
    ON_THE_DAY,
    OPENED,
    STATES,
    close,
    closed,
    given,
    link,
    linked,
    open_it,
    opened,
    record,
    result,
)

ONE = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0003)


def test_a_campaign_is_told_step_by_step() -> None:
    given().when(open_it).then(opened)
    given(opened).when(link).then(linked)
    given(opened, linked).when(record).then(result)
    given(opened, linked, result).when(record).then(result)
    given(opened).when(close).then(closed)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_every_command_is_taken_in_its_states_only(command: CampaignCommand, status: str) -> None:
    if status in ALLOWED[type(command)]:
        assert campaign.decide(command, campaign.fold(STATES[status]))
    else:
        given(*STATES[status]).when(command).rejected(f"campaign_is_{status}")


def test_a_case_is_in_a_campaign_once() -> None:
    given(opened, linked).when(link).rejected("is_in_campaign")
    about = campaign.fold([opened])
    held = case.fold(cases.STATES["accepted"])
    now = OPENED + timedelta(days=3)
    late = replace(link, at=now)
    [of_case, of_campaign] = linking.both(late, ONE, (held, about))
    assert of_case == [CaseLinkedToCampaign(at=now, campaign=ONE)]
    assert of_campaign == [linked.model_copy(update={"at": now})]
    again = case.fold([*cases.STATES["accepted"], *of_case])
    with pytest.raises(Rejected) as refused:
        linking.both(late, ONE, (again, about))
    assert refused.value.code == "is_in_campaign"
    with pytest.raises(Rejected) as refused:
        linking.both(late, ONE, (case.fold([]), about))
    assert refused.value.code == "case_is_new"


def test_there_is_no_result_before_its_day_but_before_it_was_put_on_record() -> None:
    early = replace(record, at=ON_THE_DAY - timedelta(days=1))
    given(opened).when(early).rejected("campaign_has_not_begun")
    late = opened.model_copy(update={"at": ON_THE_DAY + timedelta(days=2)})
    said = {"late_reason": "paper_form"}
    given(late).when(replace(record, late_reason="paper_form")).then(result.model_copy(update=said))
    before = replace(close, at=OPENED - timedelta(days=1))
    given(opened).when(replace(before, late_reason="paper_form")).rejected(
        "happened_before_previous"
    )
    given(opened).when(before).then(closed.model_copy(update={"at": OPENED}))


def test_a_hundred_tonnes_add_up_by_territory() -> None:
    told = Told(campaign_results)
    second = result.model_copy(update={"rubbish_kg": 1_500, "people": 12})
    then = told(*history("grievance", (ONE, [opened, linked, result, second, closed])))
    [row] = then.held.rows.values()
    assert (row.cases, row.results, row.rubbish_kg, row.people) == (1, 2, 100_000, 352)
    assert (row.version, row.closed_at) == (5, closed.at)
    then.counts({("d/s1/c1",): {"campaigns": 1, "cases": 1, "rubbish_kg": 100_000, "people": 352}})
    assert linked.case_id == CASE
