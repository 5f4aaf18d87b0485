"""Photos over HTTP: in without a login and cleaned, out to those who may see the case."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.grievance.photos.api import LARGEST_PHOTO
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from tests.grievance.front_desk import CHIEF, UNIT, FrontDesk, fresh_key, pointers, refused
from tests.grievance.pictures import BASELINE, LOSSY, SECRET, exif, jpeg_with, png_with, segment
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
TELLING = jpeg_with(segment(0xE1, exif(1)))


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


async def _upload(residents: Residents, picture: bytes, kind: str = "image/jpeg") -> httpx.Response:
    headers = {"content-type": kind}
    return await residents.client.post("/photos", content=picture, headers=headers)


async def _uploaded(residents: Residents, *pictures: bytes) -> list[str]:
    return [await residents.upload(picture) for picture in pictures]


async def _case(desk: FrontDesk, service: Grievance) -> str:
    await service.projector.drain()
    return str((await desk.register(actor=CHIEF))["items"][0]["id"])


def _files(settings: Settings) -> list[Path]:
    assert settings.files_dir is not None
    return [path for path in settings.files_dir.rglob("*") if path.is_file()]


async def _erase(desk: FrontDesk, case_id: str) -> None:
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    form, headers = {"reason": "own_request"}, desk.headers(**CHIEF)
    answer = await desk.client.post(f"/persons/{person}/erasure", json=form, headers=headers)
    assert answer.status_code == 200, answer.text


async def test_photos_of_a_petition_are_seen_by_staff_and_petitioner_and_tell_nothing_else(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    words = await _uploaded(residents, TELLING, png_with(), LOSSY)
    slip = await residents.file(photos=words)
    case_id = await _case(desk, service)
    view = (await desk.read(f"/cases/{case_id}")).json()
    assert view["history"][0]["data"]["photos"] == (await residents.look(slip))["photos"] == 3
    for number, (picture, kind) in enumerate(
        ((BASELINE, "jpeg"), (png_with(), "png"), (LOSSY, "webp")), start=1
    ):
        own = await residents.post(f"/{slip['number']}/photos/{number}", {"code": slip["code"]})
        for answer in (own, await desk.read(f"/cases/{case_id}/photos/{number}")):
            assert (answer.status_code, answer.content) == (200, picture)
            assert answer.headers["content-type"] == f"image/{kind}"
            assert "sandbox" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
    refused(await desk.read(f"/cases/{case_id}/photos/4"), 404, "no_such_photo")
    refused(await desk.read(f"/cases/{case_id}/photos/0"), 422, "invalid_request")


async def test_no_photo_and_no_key_of_one_is_in_the_clear_on_the_disk_or_in_the_log(
    residents: Residents, service: Grievance, settings: Settings
) -> None:
    [word] = await _uploaded(residents, TELLING)
    await residents.file(photos=[word])
    [file] = _files(settings)
    for part in (SECRET, BASELINE[20:60]):
        assert part not in file.read_bytes()
    async with service.pool.acquire() as connection:
        payload = (await connection.fetchval("select payload from event")).decode()
    assert file.name in payload, "what was filed can be told from what is kept"
    assert word[44:] not in payload


async def test_when_the_person_is_erased_their_photos_are_unreadable(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file(photos=await _uploaded(residents, BASELINE))
    case_id = await _case(desk, service)
    assert (await desk.read(f"/cases/{case_id}/photos/1")).status_code == 200
    await _erase(desk, case_id)
    refused(await desk.read(f"/cases/{case_id}/photos/1"), 404, "no_such_photo")
    form = {"code": slip["code"]}
    refused(await residents.post(f"/{slip['number']}/photos/1", form), 404, "no_such_petition")
    view = (await desk.read(f"/cases/{case_id}")).json()
    assert view["history"][0]["data"]["photos"] == 1


async def test_who_may_not_read_the_case_sees_no_photo(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    slip = await residents.file(photos=await _uploaded(residents, BASELINE))
    case_id = await _case(desk, service)
    other = await residents.file()
    strangers: tuple[Mapping[str, Any], ...] = (
        UNIT, {"sub": "far", "roles": ("dispatcher",), "territory": "d/s2"},
        {"sub": "r", "roles": ("resident",)}, {"sub": "x", "roles": ("administrator",)},
    )  # fmt: skip
    for stranger in strangers:
        answer = await desk.read(f"/cases/{case_id}/photos/1", actor=stranger)
        refused(answer, 404, "no_such_case")
    refused(await desk.client.get(f"/cases/{case_id}/photos/1"), 401, "unauthenticated")
    path = f"/{slip['number']}/photos/1"
    refused(await residents.post(path, {"code": other["code"]}), 404, "no_such_petition")


async def test_a_retry_names_the_same_photos(
    residents: Residents, desk: FrontDesk, service: Grievance
) -> None:
    form = {**OWN, "photos": await _uploaded(residents, BASELINE, LOSSY)}
    key = fresh_key()
    answers = await asyncio.gather(*(residents.post("", form, key) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (await residents.look(answers[0].json()))["photos"] == 2


async def test_what_is_no_photo_is_refused(residents: Residents) -> None:
    for picture in (b"", b"x", b"<html>", TELLING[:-3], b"GIF89a" + bytes(99)):
        refused(await _upload(residents, picture), 422, "not_a_picture")
    for kind in ("", "image/gif", "image/svg+xml", "text/html", "multipart/form-data"):
        refused(await _upload(residents, BASELINE, kind), 415, "not_a_picture")
    large = jpeg_with(*[segment(0xFE, bytes(60_000))] * 180)
    assert len(large) > LARGEST_PHOTO
    refused(await _upload(residents, large), 413, "body_too_large")
    fits = jpeg_with(*[segment(0xFE, bytes(60_000))] * 170)
    assert (await _upload(residents, fits)).status_code == 201


async def test_a_photo_that_is_not_here_is_pointed_at(
    residents: Residents, service: Grievance
) -> None:
    [word] = await _uploaded(residents, BASELINE)
    stranger = "A" * 86
    for photos, place in (([stranger], 0), ([word, stranger], 1), ([word[:43] + stranger[43:]], 0)):
        answer = await residents.post("", {**OWN, "photos": photos})
        assert pointers(refused(answer, 422, "no_such_photo")) == [f"/photos/{place}"]
    for bad, where in (([word] * 7, ""), (["x"], "/0"), ([5], "/0"), ("x", ""), (None, "")):
        answer = await residents.post("", {**OWN, "photos": bad})
        assert pointers(refused(answer, 422, "invalid_request")) == [f"/photos{where}"], bad
    assert await service.head() == 0


class TestWithoutAFolder:
    """Where nobody said where files are kept."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"files_dir": None})

    async def test_photos_are_refused_and_petitions_are_not(self, residents: Residents) -> None:
        refused(await _upload(residents, BASELINE), 503, "no_photos_here")
        refused(await residents.post("", {**OWN, "photos": ["A" * 86]}), 503, "no_photos_here")
        assert (await residents.look(await residents.file()))["photos"] == 0
