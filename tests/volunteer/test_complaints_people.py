"""What users of other systems ask for about teams and activities, each as a test of ours; and what
the communities of the documents do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.volunteer.activity.commands import Mark
from services.volunteer.activity.events import NoShowNoted
from tests.volunteer.club import ANN, BOB, CAI, HERE, LEADER, Clock, Club, self_
from tests.volunteer.gatherings import came, happened, held, mark, minutes, plan, up, went

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
MANY = [UUID(int=number) for number in range(1, 26)]


async def test_timeoverflow_469_a_whole_team_gets_its_hours_at_once(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.open(*MANY)
    clock = Clock(monkeypatch)
    team = await club.found()
    starts = clock.moment - timedelta(hours=2)
    one = f"/activities/{await club.plan(starts, mode='team_based', team=team)}"
    marks = [{"person": str(person), "attended": "came"} for person in MANY[:-1]]
    marks.append({"person": str(MANY[-1]), "attended": "left", "minutes": 20})
    before = await club.service.head()
    await club.done(f"{one}/attendance", {"marks": marks}, LEADER)
    await club.done(f"{one}/hold", {"served": 31}, LEADER)
    records = await club.records()
    assert [one["minutes"] for one in records if one["person"] == MANY[-1]] == [20]
    assert len(records) == 25
    assert {(one["team"], one["status"]) for one in records} == {(UUID(team), "logged")}
    assert sum(one["minutes"] for one in records) == 24 * 60 + 20
    assert await club.service.head() - before == 25 * 2 + 1 + 25


async def test_hours_that_overlap_others_are_refused_and_seen(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.open(ANN)
    clock = Clock(monkeypatch)
    starts = clock.moment - timedelta(hours=2)
    for _ in range(2):
        one = f"/activities/{await club.plan(starts)}"
        marks = [{"person": str(ANN), "attended": "came"}]
        await club.done(f"{one}/attendance", {"marks": marks}, LEADER)
        await club.done(f"{one}/hold", {}, LEADER)
    assert len(await club.records()) == 1
    async with club.service.pool.acquire() as connection:
        codes = await connection.fetch("select code from refused")
    assert [row["code"] for row in codes] == ["overlapping_shifts"]


async def test_ubersystem_1033_who_is_likely_not_to_come_is_seen_on_the_sheet(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.open(ANN, BOB)
    clock = Clock(monkeypatch)
    now = clock.moment
    first = f"/activities/{await club.plan(now - timedelta(hours=2))}"
    clock.moment = now - timedelta(hours=3)
    for person in (ANN, BOB):
        await club.done(f"{first}/sign-up", {}, self_(person))
    clock.moment = now
    marks = [{"person": str(ANN), "attended": "came"}]
    await club.done(f"{first}/attendance", {"marks": marks}, LEADER)
    await club.done(f"{first}/hold", {}, LEADER)
    second = f"/activities/{await club.plan(now + timedelta(days=1))}"
    for person in (ANN, BOB):
        await club.done(f"{second}/sign-up", {}, self_(person))
    sheet = (await club.read(second, LEADER))["sheet"]
    assert {line["person"]: line["missed"] for line in sheet} == {str(ANN): 0, str(BOB): 1}


def test_emfcamp_1242_came_left_and_absent_are_three_things() -> None:
    marks = (
        Mark(person=ANN, attended="came"),
        Mark(person=BOB, attended="left", minutes=45),
        Mark(person=CAI, attended="absent"),
    )
    steps = (plan(), up(ANN), up(BOB), up(CAI), mark(*marks), held())
    assert minutes(*steps) == {ANN: 120, BOB: 45}
    missed = [one.person for one in happened(*steps) if isinstance(one, NoShowNoted)]
    assert missed == [CAI]


def test_emfcamp_1934_who_checks_in_alone_is_trusted_within_limits() -> None:
    assert minutes(plan(), came(ANN, -59), went(ANN, 179), held(300)) == {ANN: 179}
    assert minutes(plan(), came(ANN, -59), went(ANN, 700), held(720)) == {ANN: 120}


async def test_decidim_13699_a_team_that_merged_leaves_its_trace(club: Club) -> None:
    await club.open(ANN, BOB, CAI)
    small, big = (
        await club.found("老邻居队", "2005-06-01"),
        await club.found("邻里队", "2012-01-01"),
    )
    for team, person, since in ((small, ANN, "2006-01-01"), (small, BOB, "2010-05-05"),
                                (big, BOB, "2012-01-01"), (big, CAI, "2015-01-01")):  # fmt: skip
        form = {"person": str(person), "since": since}
        await club.done(f"/teams/{team}/join", form, LEADER)
    await club.done(f"/teams/{small}/merge", {"into": big}, LEADER)

    kept = await club.read(f"/teams/{big}", LEADER)
    assert {(line["person"], line["since"], line["came_from"]) for line in kept["roster"]} == {
        (str(ANN), "2006-01-01", "老邻居队"),
        (str(BOB), "2012-01-01", None),
        (str(CAI), "2015-01-01", None),
    }
    assert [part["name"] for part in kept["parts"]] == ["老邻居队"]
    gone = await club.read(f"/teams/{small}", LEADER, former=True)
    assert (gone["team"]["status"], gone["team"]["merged_into"]) == ("merged", big)
    assert [line["person"] for line in gone["roster"]] == [str(ANN), str(BOB)]


async def test_decidim_1970_nothing_is_asked_of_a_merged_team_but_its_history_is_there(
    club: Club,
) -> None:
    await club.open(ANN)
    small, big = await club.found("甲队", "2005-06-01"), await club.found("乙队", "2012-01-01")
    await club.done(f"/teams/{small}/join", {"person": str(ANN)}, LEADER)
    await club.done(f"/teams/{small}/merge", {"into": big}, LEADER)
    again = await club.refused(f"/teams/{small}/merge", {"into": big}, LEADER)
    assert again == "team_is_merged"
    listed = await club.read("/teams", LEADER, status="merged")
    assert [team["name"] for team in listed["items"]] == ["甲队"]
    mine = await club.read(f"/volunteers/{ANN}", self_(ANN))
    assert {(one["name"], one["until"] is None) for one in mine["teams"]} == {
        ("甲队", False), ("乙队", True)
    }  # fmt: skip


async def test_s0_has_eight_teams(club: Club) -> None:
    await club.open()
    for number in range(8):
        await club.found(f"第{number}队", f"20{number + 10}-01-01")
    first = await club.read("/teams", self_(ANN), territory="d", limit=5)
    rest = await club.read("/teams", self_(ANN), territory="d", limit=5, after=first["next"])
    assert [one["name"] for one in (*first["items"], *rest["items"])] == [
        f"第{number}队" for number in range(8)
    ]


async def test_s1_has_a_womens_team_since_1991(club: Club) -> None:
    await club.open(ANN)
    team = await club.found(kind="women")
    await club.done(f"/teams/{team}/join", {"person": str(ANN), "since": "1995-04-01"}, LEADER)
    await club.done(f"/teams/{team}/lead", {"person": str(ANN)}, LEADER)
    seen = await club.read(f"/teams/{team}", LEADER)
    assert (seen["team"]["kind"], seen["team"]["since"]) == ("women", "1991-03-08")
    assert seen["team"]["years"] == datetime.now(UTC).year - 1991 - (
        f"{datetime.now(UTC):%m-%d}" < "03-08"
    )
    [line] = seen["roster"]
    assert (line["name"], line["leads"], line["since"]) == ("测试人", True, "1995-04-01")
    other = await club.read(f"/teams/{team}", self_(BOB))
    assert (other["roster"], other["team"]["members"]) == ([], 1)


async def test_s1_serves_in_three_modes(club: Club) -> None:
    await club.open()
    team = await club.found()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    await club.plan(tomorrow, mode="team_based", team=team, kind="elders", service="cleaning")
    await club.plan(tomorrow, mode="theme_based", kind="health", service="health")
    await club.plan(tomorrow, mode="list_based", kind="warmth", service="meals")
    for mode in ("team_based", "theme_based", "list_based"):
        found = await club.read("/activities", self_(ANN), mode=mode, territory=HERE)
        assert [one["mode"] for one in found["items"]] == [mode]


async def test_about_a_hundred_tonnes_add_up_over_a_campaign(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.open()
    clock = Clock(monkeypatch)
    for tonnes in (40, 35, 24):
        planned = await club.plan(clock.moment - timedelta(hours=3), campaign="清河")
        await club.done(f"/activities/{planned}/hold", {"rubbish_kg": tonnes * 1_000}, LEADER)
    [effect] = (await club.read("/campaign-effects", LEADER, territory="d/s1"))["items"]
    assert (effect["held"], effect["rubbish_kg"]) == (3, 99_000)
    assert (await club.read("/campaign-effects", LEADER, territory="d/s2"))["items"] == []
