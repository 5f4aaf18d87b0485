"""Stars over HTTP: applied for, on public notice, objected to, awarded, in doubt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from services.volunteer.account.stream import account_of
from services.volunteer.awarding.file import opened
from services.volunteer.service import Volunteers
from services.volunteer.stars.commands import AwardStar
from services.volunteer.stars.decider import stars
from services.volunteer.stars.served import served, with_account
from services.volunteer.stars.stream import stars_of
from shared.core.messages import Actor
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.testkit.maps import lay
from tests.volunteer.office_of_stars import (
    CHIEF,
    ELSEWHERE,
    HOME,
    IMPORTER,
    KEEPER,
    LEADER,
    NEIGHBOUR,
    PLACES,
    StarOffice,
    refused,
    rules,
    today,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
ANN, BOB = UUID(int=0xA), UUID(int=0xB)
HUNDRED_HOURS = (960, 960, 960, 960, 960, 960, 240)
RECORDED = {"territory": HOME, "star": 3, "level": "city", "day": "2019-08-30", "source": "2019"}


@pytest.fixture
async def office(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: Volunteers
) -> StarOffice:
    await lay(service.pool, PLACES)
    await service.map.read()
    return StarOffice(client, headers, service)


async def award_later(office: StarOffice, person: UUID) -> None:
    """The award, as it will be a month from now."""
    chief = Actor(id="chief", roles=frozenset({"supervisor"}), territory="d")
    command = AwardStar(at=datetime.now(UTC) + timedelta(days=30), actor=chief, certificate="1")
    targets = (Target(served, account_of(person)), Target(stars, stars_of(person)))
    submission = Submission(
        Identity(uuid4(), b"later"), command, targets, lambda states: with_account(command, states)
    )
    await office.service.executor.execute(submission)
    await office.service.projector.drain()


async def test_a_star_from_the_application_to_the_award(office: StarOffice) -> None:
    await office.serve(ANN, *HUNDRED_HOURS)
    ann = office.own(ANN)
    mine = await office.read(f"/stars/{ANN}", ann)
    assert (mine["held"], mine["eligible"], mine["applies"]) == (0, 1, 1)
    assert mine["next"] == {"star": 1, "needs": 6_000, "missing": 0, "level": "county"}
    assert (await office.post(f"/stars/{ANN}/apply", {"star": 1}, ann)).status_code == 201
    [waits] = (await office.read("/stars", CHIEF))["items"]
    assert (waits["state"], waits["star"], waits["person"]) == ("applied", 1, str(ANN))
    assert (await office.step(ANN, "notice", CHIEF)).status_code == 200
    [noticed] = (await office.read("/stars", CHIEF, state="noticed"))["items"]
    assert noticed["notice_until"] > today(4).isoformat()
    refused(await office.step(ANN, "award", CHIEF), 409, "notice_still_running")
    await award_later(office, ANN)
    mine = await office.read(f"/stars/{ANN}", ann)
    assert (mine["held"], mine["level"], mine["certificate"]) == (1, "county", "1")
    assert (await office.read("/stars", CHIEF))["items"] == []


async def test_everybody_reads_the_public_notice_and_may_object(office: StarOffice) -> None:
    await office.serve(ANN, *HUNDRED_HOURS)
    await office.post(f"/stars/{ANN}/apply", {"star": 1}, LEADER)
    assert (await office.client.get("/star-notices")).json()["items"] == []
    await office.step(ANN, "notice", CHIEF)
    answer = await office.client.get("/star-notices")
    [line] = answer.json()["items"]
    assert str(ANN) not in answer.text
    assert (line["territory"], line["star"], line["minutes"]) == (HOME, 1, 6_000)
    said = {"words": "七月他不在本地"}
    path = f"/star-notices/{line['number']}/object"
    assert (await office.post(path, said, NEIGHBOUR)).status_code == 200
    refused(await office.post("/star-notices/9999/object", said, NEIGHBOUR), 404, "no_such_notice")
    [objection] = (await office.read(f"/stars/{ANN}", CHIEF))["objections"]
    assert (objection["state"], objection["words"]) == ("open", said["words"])
    [seen] = (await office.read(f"/stars/{ANN}", office.own(ANN)))["objections"]
    assert seen["words"] is None
    form = {"objection": objection["number"], "upheld": True, "words": "查实"}
    assert (await office.step(ANN, "answer", CHIEF, **form)).status_code == 200
    [line] = (await office.read("/stars", CHIEF, state="upheld"))["items"]
    assert line["open_objections"] == 0
    refuse = await office.step(ANN, "refuse", CHIEF, reason="objection_upheld")
    assert refuse.status_code == 200


async def test_nobody_sees_or_judges_what_is_not_theirs(office: StarOffice) -> None:
    await office.serve(ANN, *HUNDRED_HOURS)
    refused(await office.get(f"/stars/{ANN}", office.own(BOB)), 404, "no_such_volunteer")
    refused(await office.get(f"/stars/{ANN}", ELSEWHERE), 404, "no_such_volunteer")
    refused(await office.get(f"/stars/{BOB}", CHIEF), 404, "no_such_volunteer")
    refused(await office.get("/stars", NEIGHBOUR), 403, "role_missing")
    refused(await office.post(f"/stars/{ANN}/apply", {"star": 1}, NEIGHBOUR),
            404, "no_such_volunteer")  # fmt: skip
    assert (await office.read("/stars", ELSEWHERE))["items"] == []


async def test_who_has_no_account_sees_an_empty_page_of_their_own(office: StarOffice) -> None:
    mine = await office.read(f"/stars/{BOB}", office.own(BOB))
    assert (mine["held"], mine["minutes"], mine["applies"]) == (0, 0, None)
    answer = await office.post(f"/stars/{BOB}/apply", {"star": 1}, office.own(BOB))
    refused(answer, 409, "no_account")


async def test_a_reversal_puts_the_star_in_doubt_for_all_who_judge_it(office: StarOffice) -> None:
    [first, second, *_] = await office.serve(ANN, *HUNDRED_HOURS)
    await office.post(f"/stars/{ANN}/apply", {"star": 1}, office.own(ANN))
    await office.step(ANN, "notice", CHIEF)
    await award_later(office, ANN)
    await office.reverse(ANN, first)
    mine = await office.read(f"/stars/{ANN}", office.own(ANN))
    assert (mine["held"], mine["in_doubt"], mine["doubt_minutes"]) == (1, True, 5_040)
    [doubt] = (await office.read("/star-doubts", CHIEF))["items"]
    assert (doubt["star"], doubt["minutes"], doubt["needs"]) == (1, 5_040, 6_000)
    await office.reverse(ANN, second)
    mine = await office.read(f"/stars/{ANN}", office.own(ANN))
    assert (mine["held"], mine["doubt_minutes"]) == (1, 4_080)
    refused(await office.step(ANN, "clear", CHIEF), 409, "hours_too_few")
    revoked = await office.step(ANN, "revoke", CHIEF, reason="false_hours")
    assert revoked.status_code == 200
    mine = await office.read(f"/stars/{ANN}", office.own(ANN))
    assert (mine["held"], mine["in_doubt"]) == (0, False)


async def test_an_award_from_before_is_recorded_as_history(office: StarOffice) -> None:
    answer = await office.post(f"/stars/{ANN}/record", RECORDED, IMPORTER)
    assert answer.status_code == 201, answer.text
    view = await office.read(f"/stars/{ANN}", CHIEF)
    assert (view["held"], view["since"], view["level"]) == (3, "2019-08-30", "city")
    [recorded] = (await opened(office.service, ANN)).history
    assert recorded.origin == "history"
    refused(await office.post(f"/stars/{BOB}/record", RECORDED, CHIEF), 403, "role_missing")


async def test_rules_are_published_gone_by_and_withdrawn(office: StarOffice) -> None:
    before = await office.read("/rules", NEIGHBOUR, territory=HOME)
    assert (before["in_force"], len(before["items"])) == ("2026.1", 1)
    here = rules("c1-2026", scope=HOME, notice_days=10)
    assert (await office.post("/rules", here, KEEPER)).status_code == 201
    assert (await office.service.rules(HOME)).notice_days == 10
    assert (await office.service.rules("d/s1")).version == "2026.1"
    refused(await office.post("/rules", here, KEEPER), 422, "version_taken")
    past = rules("past", starts="2026-01-01")
    refused(await office.post("/rules", past, KEEPER), 422, "starts_in_the_past")
    refused(await office.post("/rules", rules("mine"), CHIEF), 403, "role_missing")
    later = rules("later", starts=today(9).isoformat())
    assert (await office.post("/rules", later, KEEPER)).status_code == 201
    assert (await office.post("/rules/later/withdraw", {}, KEEPER)).status_code == 200
    refused(await office.post("/rules/c1-2026/withdraw", {}, KEEPER), 409, "rules_have_started")
    refused(await office.post("/rules/none/withdraw", {}, KEEPER), 404, "no_such_rules")
    told = await office.read("/rules", NEIGHBOUR, territory=HOME)
    states = {one["rules"]["version"]: one["state"] for one in told["items"]}
    assert states == {"2026.1": "in_force", "c1-2026": "in_force", "later": "withdrawn"}
    assert told["in_force"] == "c1-2026"


async def test_a_ladder_is_tried_out_before_it_is_published(office: StarOffice) -> None:
    await office.serve(ANN, *HUNDRED_HOURS)
    await office.serve(BOB, 600)
    told = await office.read("/eligibility", CHIEF)
    assert told["version"] == "2026.1"
    assert [one["person"] for one in told["items"]] == [str(ANN)]
    short = [{"star": 1, "minutes": 600, "level": "county"}]
    answer = await office.post("/rules/preview", rules("try", ladder=short), CHIEF)
    assert answer.status_code == 200, answer.text
    tried = answer.json()
    assert (tried["before"], tried["changed"]) == ("2026.1", 1)
    assert [(one["person"], one["was"], one["becomes"]) for one in tried["items"]] == [
        (str(BOB), 0, 1)
    ]
    assert (await office.read("/rules", NEIGHBOUR))["in_force"] == "2026.1"
    refused(await office.post("/rules/preview", rules("try"), NEIGHBOUR), 403, "role_missing")
