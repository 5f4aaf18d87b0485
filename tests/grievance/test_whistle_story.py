"""A whistle as the documents tell it: the street blows, units report, and each has what it did
counted for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.grievance.service import Grievance
from services.grievance.whistle.decider import whistle
from shared.runtime.commands.ids import uuid7
from shared.runtime.commands.submission import Identity, Target, single
from tests.grievance.front_desk import refused
from tests.grievance.whistle_desk import BLOWER, SECRETARY, WHISTLE, WhistleDesk, of_unit
from tests.grievance.whistles import blow, report

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
TODAY = (BEGAN + timedelta(hours=8)).date().isoformat()


def _written_down(minutes: int, **form: Any) -> Mapping[str, Any]:
    """A form that says what happened so many minutes after the whistle."""
    at = (BEGAN + timedelta(minutes=minutes)).isoformat()
    return {**form, "occurred_at": at, "late_reason": "field_work"}


async def _blown_forty_minutes_ago(service: Grievance) -> str:
    """A whistle as it stands by now: the police came after twelve minutes."""
    await service.map.fresh()
    person, whistle_id = uuid7(), uuid7()
    told: Any = await service.sealer.seal(
        person, {"what": WHISTLE["what"], "where": WHISTLE["where"]}
    )
    began = datetime.now(UTC) - timedelta(minutes=40)
    came = began + timedelta(minutes=12)
    for command in (
        replace(blow(**told), at=began),
        replace(report("police", 0), at=came),
    ):
        identity = Identity(uuid7(), b"told")
        await service.executor.execute(single(Target(whistle, whistle_id), command, identity))
    return str(whistle_id)


async def test_three_units_answer_one_late_one_unasked_and_only_the_blower_ends_it(
    whistles: WhistleDesk, service: Grievance
) -> None:
    # A grid worker has called police, fire brigade and parks to a night market. The police were
    # there within minutes.
    whistle_id = await _blown_forty_minutes_ago(service)
    refused(await whistles.step(whistle_id, "report", actor=of_unit("police")), 409, "unit_is_here")
    refused(
        await whistles.step(whistle_id, "result", actor=of_unit("fire")), 409, "unit_is_not_here"
    )

    # Now, after half an hour, the fire brigade comes; and the water works, whom nobody called.
    for unit in ("fire", "water"):
        assert (await whistles.step(whistle_id, "report", actor=of_unit(unit))).is_success
    page = await whistles.page(whistle_id)
    assert {one["unit"]: one["standing"] for one in page["units"]} == {
        "police": "in_time", "fire": "late", "parks": "absent", "water": "unasked",
    }  # fmt: skip
    assert {one["unit"]: one["minutes"] for one in page["units"]} == {
        "police": 12, "fire": 40, "parks": None, "water": None,
    }  # fmt: skip

    # Each says what it did.
    said = {"police": "已劝离三个摊位。", "fire": "已清出消防通道。", "water": "已冲洗地面。"}
    for unit, words in said.items():
        form = {"words": words}
        answer = await whistles.step(whistle_id, "result", actor=of_unit(unit), form=form)
        assert answer.is_success

    # Another grid worker cannot end it, nor can the secretary: only who blew it.
    version = (await whistles.page(whistle_id))["version"]
    told = {"came": ["police", "fire", "water"], "did": ["police", "water"]}
    for somebody in ({**BLOWER, "sub": "grid-2"}, SECRETARY, of_unit("police")):
        answer = await whistles.step(whistle_id, "end", actor=somebody, form=told, version=version)
        assert answer.status_code == 403, answer.text
        assert "end" not in (await whistles.page(whistle_id, somebody))["steps"]
    assert (await whistles.step(whistle_id, "end", form=told, version=version)).is_success

    # It is over: nobody reports any more, and all of it can be read.
    refused(
        await whistles.step(whistle_id, "report", actor=of_unit("parks")), 409, "whistle_is_ended"
    )
    page = await whistles.page(whistle_id, of_unit("parks"))
    assert (page["whistle"]["open"], page["steps"]) == (False, [])
    assert {one["unit"]: one["result"] for one in page["units"] if one["result"]} == said

    # What counts: whoever blew it says that the fire brigade did nothing.
    assert await whistles.turnout(SECRETARY) == {
        "police": {"called": 1, "in_time": 1, "results": 1},
        "fire": {"called": 1, "late": 1},
        "parks": {"called": 1, "absent": 1},
        "water": {"unasked": 1, "results": 1},
    }


async def test_a_unit_that_is_on_its_way_when_it_ends_is_excused(whistles: WhistleDesk) -> None:
    receipt = await whistles.blow()
    assert (await whistles.step(receipt["id"], "report", actor=of_unit("police"))).is_success
    assert (await whistles.step(receipt["id"], "end", version=5)).is_success
    assert await whistles.turnout(SECRETARY) == {
        "police": {"called": 1, "in_time": 1, "results": 1},
        "fire": {"called": 1},
        "parks": {"called": 1},
    }
    page = await whistles.page(receipt["id"])
    assert [one["standing"] for one in page["units"]] == ["in_time", "excused", "excused"]


async def test_what_is_written_down_afterwards_is_judged_by_when_it_was_learnt(
    whistles: WhistleDesk,
) -> None:
    # Blown by telephone two hours ago, and put on record now: the units' time runs from now on.
    about = {"what": WHISTLE["what"], "where": WHISTLE["where"]}
    receipt = await whistles.blow(**_written_down(0, **about))
    page = await whistles.page(receipt["id"])
    assert datetime.fromisoformat(page["whistle"]["blown_at"]) == BEGAN
    assert {datetime.fromisoformat(one["due"]) > datetime.now(UTC) for one in page["units"]} == {
        True
    }
    # So what the unit says of then is in time.
    answer = await whistles.step(
        receipt["id"], "report", actor=of_unit("police"), form=_written_down(20)
    )
    assert answer.is_success
    page = await whistles.page(receipt["id"])
    [police] = [one for one in page["units"] if one["unit"] == "police"]
    assert (police["standing"], police["minutes"]) == ("in_time", 20)
    counted = await whistles.turnout(BLOWER, **{"from": TODAY, "to": TODAY})
    assert counted["police"] == {"called": 1, "in_time": 1}
    yesterday = (datetime.fromisoformat(TODAY) - timedelta(days=1)).date().isoformat()
    assert await whistles.turnout(BLOWER, to=yesterday) == {}
    assert set(await whistles.turnout(of_unit("fire"))) == {"fire"}
