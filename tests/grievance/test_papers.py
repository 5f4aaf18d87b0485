"""Evidence over HTTP: handed in by staff, named by a step, read by those who may see it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from services.grievance import tidying
from services.grievance.papers.pdf import cleaned
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from tests.grievance.evidence import PDF, hand_in, handed_in, own_file, signed_for, step
from tests.grievance.front_desk import ACTORS, CHIEF, FORMS, FrontDesk, refused
from tests.grievance.papers import AUTHOR, PLAIN
from tests.grievance.pictures import BASELINE, SECRET, exif, jpeg_with, segment
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
TELLING = jpeg_with(segment(0xE1, exif(1)))
WITH_FILES = ("bounce", "remit", "progress", "reply", "inspect")


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


async def test_files_of_a_reply_are_read_by_staff_and_petitioner_and_tell_nothing_else(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    words = [await handed_in(desk, PLAIN), await handed_in(desk, TELLING, "image/jpeg")]
    assert (await step(desk, case_id, "reply", 4, words)).status_code == 200
    clean = cleaned(PLAIN)
    told = [{"kind": PDF, "size": len(clean)}, {"kind": "image/jpeg", "size": len(BASELINE)}]
    view = (await desk.read(f"/cases/{case_id}")).json()
    assert view["history"][4]["data"]["files"] == told
    replied = (await residents.look(slip))["steps"][4]
    assert (replied["step"], replied["version"], replied["files"]) == ("replied", 5, told)
    for place, (content, kind, how) in enumerate(
        ((clean, PDF, "attachment"), (BASELINE, "image/jpeg", "inline")), start=1
    ):
        own = await residents.post(*own_file(slip, 5, place))
        for answer in (own, await desk.read(f"/cases/{case_id}/files/5/{place}")):
            assert (answer.status_code, answer.content) == (200, content)
            assert answer.headers["content-type"] == kind
            assert answer.headers["content-disposition"].startswith(f"{how}; filename=")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in answer.headers["content-security-policy"]
            assert answer.headers["cache-control"] == "no-store"
            assert AUTHOR not in answer.content
            assert SECRET not in answer.content


async def test_every_step_with_evidence_keeps_it_and_asks_for_it(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    await residents.file()
    await service.projector.drain()
    case_id = str((await desk.register(actor=CHIEF))["items"][0]["id"])
    version = 1
    form = {**FORMS["remit"], "unit": "lamps"}
    for verb in (
        "accept", "dispatch", "bounce", "remit", "sign", "progress", "reply", "inspect",
    ):  # fmt: skip
        asked = dict(FORMS[verb] if verb != "remit" else form)
        if verb in WITH_FILES:
            page = await desk.read(f"/cases/{case_id}", actor=ACTORS.get(verb))
            [fields] = [one["fields"] for one in page.json()["steps"] if one["verb"] == verb]
            assert {"name": "files", "kind": "files", "required": False, "options": []} in fields
            asked["files"] = [await handed_in(desk, PLAIN)]
        answer = await desk.step(case_id, verb, version, form=asked)
        assert answer.status_code == 200, (verb, answer.text)
        version = answer.json()["version"]
    history = (await desk.read(f"/cases/{case_id}")).json()["history"]
    kept = {line["type"]: line["version"] for line in history if "files" in line["data"]}
    assert [*kept] == ["order-bounced", "remit-decided", "progress-noted", "reply-submitted",
                       "site-verified"]  # fmt: skip
    for place in kept.values():
        answer = await desk.read(f"/cases/{case_id}/files/{place}/1")
        assert answer.content == cleaned(PLAIN)


async def test_the_petitioner_reads_only_what_was_written_to_them(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    assert (await step(desk, case_id, "progress", 4, [await handed_in(desk, PLAIN)])).is_success
    assert (await step(desk, case_id, "reply", 5, [await handed_in(desk, PLAIN)])).is_success
    assert (await step(desk, case_id, "inspect", 6, [await handed_in(desk, PLAIN)])).is_success
    for version, status in ((5, 200), (6, 200), (7, 404)):
        assert (await residents.post(*own_file(slip, version, 1))).status_code == status
        assert (await desk.read(f"/cases/{case_id}/files/{version}/1")).status_code == 200


async def test_guesses_find_nothing(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    word = await handed_in(desk, PLAIN)
    assert (await step(desk, case_id, "reply", 4, [word])).is_success
    other = await residents.file()
    for version, place in ((5, 2), (4, 1), (1, 1), (6, 1), (999_999_999, 99)):
        refused(await desk.read(f"/cases/{case_id}/files/{version}/{place}"), 404, "no_such_file")
        refused(await residents.post(*own_file(slip, version, place)), 404, "no_such_file")
    path, _ = own_file(slip, 5, 1)
    refused(await residents.post(path, {"code": other["code"]}), 404, "no_such_petition")
    refused(await residents.post(*own_file(other, 5, 1)), 404, "no_such_file")
    stranger = {"sub": "p", "roles": ("handling_unit",), "unit": "parks"}
    refused(await desk.read(f"/cases/{case_id}/files/5/1", actor=stranger), 404, "no_such_case")
    refused(await desk.client.get(f"/cases/{case_id}/files/5/1"), 401, "unauthenticated")
    for path in (f"/files/{word}", f"/files/{word[:43]}", f"/cases/{case_id}/files/{word}"):
        assert (await desk.read(path)).status_code in (404, 405)


async def test_a_step_that_is_refused_can_be_taken_again_with_the_same_files(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, _ = await signed_for(desk, residents, service)
    word = await handed_in(desk, PLAIN)
    refused(await step(desk, case_id, "reply", 3, [word]), 412)
    answers = await asyncio.gather(*(step(desk, case_id, "reply", 4, [word]) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]


async def test_no_word_of_a_paper_and_no_key_is_on_the_disk_or_in_the_log(
    desk: FrontDesk, residents: Residents, service: Grievance, settings: Settings
) -> None:
    case_id, _ = await signed_for(desk, residents, service)
    word = await handed_in(desk, PLAIN)
    assert (await step(desk, case_id, "reply", 4, [word])).is_success
    assert settings.files_dir is not None
    [file] = [path for path in settings.files_dir.rglob("*") if path.is_file()]
    assert b"Hello" not in file.read_bytes()
    assert b"Catalog" not in file.read_bytes()
    async with service.pool.acquire() as connection:
        payload = await connection.fetchval("select payload from event where version = 5")
    assert file.name.encode() in payload
    assert word[44:].encode() not in payload
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    refused(await desk.read(f"/cases/{case_id}/files/5/1"), 404, "no_such_file")


async def test_when_the_petitioner_is_erased_papers_are_unreadable_and_swept_away(
    desk: FrontDesk, residents: Residents, service: Grievance, settings: Settings
) -> None:
    case_id, slip = await signed_for(desk, residents, service)
    assert (await step(desk, case_id, "reply", 4, [await handed_in(desk, PLAIN)])).is_success
    await service.projector.drain()
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    form, headers = {"reason": "own_request"}, desk.headers(**CHIEF)
    await desk.client.post(f"/persons/{person}/erasure", json=form, headers=headers)
    refused(await desk.read(f"/cases/{case_id}/files/5/1"), 404, "no_such_file")
    refused(await residents.post(*own_file(slip, 5, 1)), 404, "no_such_petition")
    await service.projector.drain()
    await tidying.tidy(service)
    assert settings.files_dir is not None
    assert [path for path in settings.files_dir.rglob("*") if path.is_file()] == []


class TestWithoutAFolder:
    """Where nobody said where files are kept."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"files_dir": None})

    async def test_files_are_refused_and_steps_are_not(
        self, desk: FrontDesk, residents: Residents, service: Grievance
    ) -> None:
        refused(await hand_in(desk, PLAIN), 503, "no_files_here")
        case_id, _ = await signed_for(desk, residents, service)
        refused(await step(desk, case_id, "reply", 4, ["A" * 86]), 503, "no_files_here")
        assert (await step(desk, case_id, "reply", 4, [])).is_success
