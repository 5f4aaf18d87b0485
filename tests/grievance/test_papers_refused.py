"""Evidence that is not taken: it is something else, too much, cut off, or not here any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.grievance.papers import kinds
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from tests.grievance.evidence import PDF, hand_in, handed_in, signed_for, step
from tests.grievance.front_desk import UNIT, FrontDesk, pointers, refused
from tests.grievance.papers import PLAIN, pdf, stream
from tests.grievance.pictures import BASELINE, jpeg_with, segment
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


async def test_what_is_no_evidence_is_refused(desk: FrontDesk) -> None:
    for content in (b"", b"x", b"<html>", PLAIN[:-9], BASELINE, pdf(b"<</S /JavaScript>>")):
        refused(await hand_in(desk, content), 422, "not_a_paper")
    refused(await hand_in(desk, PLAIN, "image/jpeg"), 422, "not_a_paper")
    refused(await hand_in(desk, BASELINE[:-3], "image/jpeg"), 422, "not_a_paper")
    for kind in ("", "text/html", "application/zip", "multipart/form-data"):
        refused(await hand_in(desk, PLAIN, kind), 415, "not_a_paper")
    refused(await hand_in(desk, PLAIN, sub="r", roles=("resident",)), 403, "role_missing")
    refused(await desk.client.post("/files", content=PLAIN), 401, "unauthenticated")


async def test_each_kind_has_its_own_size(desk: FrontDesk) -> None:
    noise = stream(bytes(11 * 1_048_576), deflated=False)
    assert (await hand_in(desk, pdf(noise))).status_code == 201
    large = jpeg_with(*[segment(0xFE, bytes(60_000))] * 180)
    assert len(large) > kinds.LARGEST_PICTURE
    refused(await hand_in(desk, large, "image/jpeg"), 413, "body_too_large")
    refused(await hand_in(desk, pdf(noise, noise)), 413, "body_too_large")


async def test_an_upload_that_is_cut_off_leaves_nothing(
    desk: FrontDesk, running: FastAPI, settings: Settings
) -> None:
    sent = {**desk.headers(**UNIT), "content-type": PDF, "content-length": str(len(PLAIN))}
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/files",
        "raw_path": b"/files", "query_string": b"", "root_path": "", "app": running,
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip
    arriving = [
        {"type": "http.request", "body": PLAIN[:200], "more_body": True},
        {"type": "http.disconnect"},
    ]
    answers: list[Any] = []

    async def receive() -> Any:
        return arriving.pop(0)

    async def send(message: Any) -> None:
        answers.append(message)

    await running(scope, receive, send)
    assert arriving == []
    assert answers[0]["status"] != 201
    assert settings.files_dir is not None
    assert [path for path in settings.files_dir.rglob("*") if path.is_file()] == []


async def test_a_file_that_is_not_here_is_pointed_at(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    case_id, _ = await signed_for(desk, residents, service)
    word, photo = await handed_in(desk, PLAIN), await residents.upload(BASELINE)
    stranger = "A" * 86
    for files, place in (([stranger], 0), ([word, stranger], 1), ([photo], 0)):
        answer = await step(desk, case_id, "reply", 4, files)
        assert pointers(refused(answer, 422, "no_such_file")) == [f"/files/{place}"]
    answer = await step(desk, case_id, "reply", 4, [word] * 7)
    assert pointers(refused(answer, 422, "invalid_request")) == ["/files"]
    refused(await residents.post("", {**OWN, "photos": [word]}), 422, "no_such_photo")
    assert await service.head() == 4
