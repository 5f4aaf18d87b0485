"""The cases of the sample: the same for a seed, plausible, loaded once whatever happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from services.grievance import forms
from services.grievance.queries.campaigns import Asked
from services.grievance.queries.search import Filters
from services.grievance.queries.whistles import Attended, Sought
from services.grievance.sample import campaigns, loading, whistles
from services.grievance.sample.drawn import CASES, drawn
from services.grievance.sample.stories import told
from services.grievance.service import Grievance
from services.grievance.steps import STEPS
from shared.core.atlas.kinds import Kind
from shared.core.sample import Sample

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PLACES = [f"d/s1/c{number}" for number in range(12)]
SMALL = Sample(seed=7, scale=0.01)


def test_a_seed_draws_the_same_everywhere() -> None:
    assert list(drawn(SMALL, PLACES, NOW)) == list(drawn(SMALL, PLACES[::-1], NOW))
    assert list(drawn(SMALL, PLACES, NOW)) != list(drawn(Sample(8, 0.01), PLACES, NOW))


def test_every_story_can_be_told() -> None:
    stories = [*told(), *drawn(Sample(), PLACES, NOW)]
    assert len(stories) == CASES + 12
    for story in stories:
        forms.Petition.model_validate(story.petition)
        for turn in story.turns:
            STEPS[turn.verb].form.model_validate(turn.filled)
        assert sum(turn.hours for turn in story.turns) <= story.hours_ago


def test_it_looks_like_a_district() -> None:
    stories = list(drawn(Sample(), PLACES, NOW))
    ends = Counter(story.turns[-1].verb if story.turns else "none" for story in stories)
    assert 0.85 < ends["close"] / CASES < 0.96
    assert ends["decline"] > 50
    assert (
        min(ends[verb] for verb in ("none", "accept", "dispatch", "sign", "reply", "callback")) > 0
    )
    assert len({story.petition["case_type"] for story in stories}) == 9


@pytest.fixture
def on_this_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """The map of a test has none of the places that are told, and no kinds that count."""
    here = [replace(story, petition={**story.petition, "territory": "d/s1/c1"}) for story in told()]
    monkeypatch.setattr(loading, "told", lambda: here)
    monkeypatch.setattr(loading, "PLACES", get_args(Kind))
    monkeypatch.setattr(whistles, "TERRITORY", "d/s1/c1")
    held = tuple(replace(one, territory="d/s1/c1") for one in campaigns.TOLD)
    monkeypatch.setattr(campaigns, "TOLD", held)


@pytest.mark.usefixtures("on_this_map")
async def test_it_is_loaded_once(service: Grievance) -> None:
    await loading.load(service, SMALL)
    position = await service.head()
    assert position > 100
    await loading.load(service, SMALL)
    assert await service.head() == position


@pytest.mark.usefixtures("on_this_map")
async def test_a_loading_that_was_cut_off_is_finished(
    service: Grievance, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on = loading._execute
    left = 60

    async def until_it_is_cut(*about: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise ConnectionAbortedError
        await went_on(*about)

    monkeypatch.setattr(loading, "_execute", until_it_is_cut)
    with pytest.raises(ExceptionGroup):
        await loading.load(service, SMALL)
    cut = await service.head()
    monkeypatch.setattr(loading, "_execute", went_on)
    await loading.load(service, SMALL)
    assert await service.head() > cut
    await service.projector.drain()
    expected = [*told(), *drawn(SMALL, ["d"], NOW)]
    assert await service.queries.count(Filters()) == len(expected)
    position = await service.head()
    await loading.load(service, SMALL)
    assert await service.head() == position


@pytest.mark.usefixtures("on_this_map")
async def test_whistles_are_answered_in_time_late_and_unasked(service: Grievance) -> None:
    await loading.load(service, SMALL)
    await service.projector.drain()
    counted = {
        line.pop("unit"): {name for name, n in line.items() if n}
        for line in await service.whistles.turnout(Attended())
    }
    assert counted["market-supervision"] == {"called", "late", "results"}
    assert counted["traffic-police"] == {"called", "absent"}
    assert counted["fire-brigade"] == {"unasked", "results"}
    assert counted["water"] == {"called", "in_time"}
    assert counted["community-repair"] == {"called"}
    assert len(await service.whistles.page(Sought(is_open=True), 9)) == 1


@pytest.mark.usefixtures("on_this_map")
async def test_about_a_hundred_tonnes_were_taken_away_in_one_clean_up(service: Grievance) -> None:
    await loading.load(service, SMALL)
    await service.projector.drain()
    _, great = await service.campaigns.page(Asked(), 9)
    assert (great["rubbish_kg"], great["people"]) == (99_500, 340)
    [total] = await service.campaigns.totals(None)
    assert (total["campaigns"], total["rubbish_kg"]) == (2, 101_900)
