"""The official reply as a letter: what it says, to whom, and that it is the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grievance.letters import words
from services.grievance.letters.content import Letter
from services.grievance.letters.drawing import drawn
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.service import Grievance
from services.grievance.words import CaseType, FollowedAs, Outcome
from shared.core.local_time import day_of
from shared.papers.drawing import BOX, shown
from tests.grievance.evidence import signed_for
from tests.grievance.front_desk import CHIEF, FORMS, UNIT, FrontDesk, refused
from tests.grievance.letters import text_of
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LETTER = Letter(
    number="20260501-7", name="测试人", asked_on="2026-05-01", matter="报修：路灯不亮",
    done=("2026-05-01　受理",), reply="已更换灯泡。", outcome="已解决", again="可以要求重新办理。",
    unit="路灯所", replied_on="2026-05-03", position=12,
)  # fmt: skip


async def _own(residents: Residents, slip: Any) -> httpx.Response:
    return await residents.post(f"/{slip['number']}/letter", {"code": slip["code"]})


def _text(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["x-content-type-options"] == "nosniff"
    return text_of(answer.content)


async def test_a_letter_says_what_was_asked_done_and_replied_and_what_can_be_done_now(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    refused(await desk.read(f"/cases/{case_id}/letter"), 404, "no_reply_yet")
    refused(await _own(residents, slip), 404, "no_reply_yet")
    await desk.walk(case_id, "reply", version=4)
    letter = _text(await desk.read(f"/cases/{case_id}/letter", actor=UNIT))
    filed = (await desk.read(f"/cases/{case_id}")).json()["history"][0]["recorded_at"][:4]
    for part in (
        "答复意见书", f"编号：{slip['number']}", f"诉求人：{OWN['name']}",
        "三单元门口的路灯坏了两周",
        "交承办单位：lamps", FORMS["reply"]["reply"], words.NOT_CLOSED,
        f"办结之后 {words.spelled(BOOK.reopen)}之内", "截至第 5 号记录", filed,
    ):  # fmt: skip
        assert part in letter, (part, letter)
    await desk.walk(case_id, "callback", "close", version=5)
    closed = (await residents.look(slip))["reopens_until"]
    letter = _text(await _own(residents, slip))
    assert "办理结果已解决" in letter
    assert f"可以在 {day_of(datetime.fromisoformat(closed))} 之前（含当日）" in letter
    assert "截至第 7 号记录" in letter


async def test_only_who_may_see_the_name_and_the_petitioner_get_it(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    await desk.walk(case_id, "reply", version=4)
    theirs = _text(await desk.read(f"/cases/{case_id}/letter", actor=CHIEF))
    assert OWN["name"] not in theirs
    assert words.WITHHELD in theirs
    for letter in (await desk.read(f"/cases/{case_id}/letter"), await _own(residents, slip)):
        assert OWN["name"] in _text(letter)
    other = await residents.file()
    wrong = {"number": slip["number"], "code": other["code"]}
    refused(await _own(residents, wrong), 404, "no_such_petition")
    stranger = {"sub": "p", "roles": ("handling_unit",), "unit": "parks"}
    refused(await desk.read(f"/cases/{case_id}/letter", actor=stranger), 404, "no_such_case")


async def test_a_letter_is_the_same_bytes_until_something_happens_to_its_case(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    await desk.walk(case_id, "reply", version=4)
    first = await desk.read(f"/cases/{case_id}/letter")
    await residents.file()
    assert (await desk.read(f"/cases/{case_id}/letter")).content == first.content
    assert (await _own(residents, slip)).content == first.content
    await desk.walk(case_id, "redo", "reply", version=5)
    assert (await desk.read(f"/cases/{case_id}/letter")).content != first.content


async def test_of_someone_erased_nothing_is_in_the_letter(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    await desk.walk(case_id, "reply", version=4)
    await service.projector.drain()
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    form, headers = {"reason": "own_request"}, desk.headers(**CHIEF)
    answer = await desk.client.post(f"/persons/{person}/erasure", json=form, headers=headers)
    assert answer.is_success, answer.text
    letter = _text(await desk.read(f"/cases/{case_id}/letter"))
    assert letter.count(words.ERASED) == 3
    for told in (OWN["name"], "路灯坏了", "已更换灯泡"):
        assert told not in letter
    refused(await _own(residents, slip), 404, "no_such_petition")


def test_every_code_has_its_word() -> None:
    assert words.STEPS.keys() == set(get_args(FollowedAs))
    assert words.TYPES.keys() == set(get_args(CaseType))
    assert words.OUTCOMES.keys() == set(get_args(Outcome))
    assert [words.spelled(one) for one in ("15d", "5wd", "2h", "30min")] == [
        "15日", "5个工作日", "2小时", "30分钟",
    ]  # fmt: skip


def test_what_the_font_has_no_sign_for_is_a_box() -> None:
    assert shown("路灯 lamp") == "路灯 lamp"
    assert shown("😀𠀀") == BOX * 2
    assert shown("a\u202eb\u0000c\u0301") == "abc"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400), st.text(max_size=60))
def test_whatever_was_written_can_be_set(reply: str, name: str) -> None:
    letter = drawn(replace(LETTER, reply=reply, name=name, matter=name))
    assert letter.endswith(b"%%EOF\n")
    written = text_of(letter)
    for line in reply.splitlines():
        assert "".join(shown(line).split()) in "".join(written.split())


@pytest.mark.parametrize("reply", ["路" * 10_000, "a" * 10_000, "<b>&amp;" * 1_000, "\n" * 9_000])
def test_a_long_reply_goes_on_over_pages(reply: str) -> None:
    letter = drawn(replace(LETTER, reply=reply))
    assert letter.count(b"/Type /Page\n") > 1 or not reply.strip()
