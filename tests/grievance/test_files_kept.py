"""What becomes of files: swept away where nobody named them, removed with their person, in a folder
or in a bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.grievance import tidying
from services.grievance.files.store import StoreAway
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from tests.grievance import buckets, stores
from tests.grievance.buckets import Shelf
from tests.grievance.front_desk import CHIEF, FrontDesk, fresh_key, refused
from tests.grievance.pictures import BASELINE, LOSSY
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


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


async def test_the_worker_clears_away_what_no_petition_came_for(
    residents: Residents, service: Grievance, settings: Settings
) -> None:
    [kept, _] = [await residents.upload(one) for one in (BASELINE, LOSSY)]
    slip = await residents.file(photos=[kept])
    for path in _files(settings):
        os.utime(path, (0, 0))
    await tidying.tidy(service)
    assert len(_files(settings)) == 2, "who is named is not known yet"
    await service.projector.drain()
    await tidying.tidy(service)
    assert len(_files(settings)) == 1
    own = await residents.post(f"/{slip['number']}/photos/1", {"code": slip["code"]})
    assert own.content == BASELINE


async def test_files_of_those_who_were_erased_are_removed_and_no_others(
    residents: Residents, desk: FrontDesk, service: Grievance, settings: Settings
) -> None:
    await residents.file(photos=[await residents.upload(one) for one in (BASELINE, LOSSY)])
    case_id = await _case(desk, service)
    other = await residents.file(photos=[await residents.upload(BASELINE)])
    await service.projector.drain()
    await _erase(desk, case_id)
    assert await tidying.tidy(service) == 0, "which are theirs is not known yet"
    assert len(_files(settings)) == 3
    await service.projector.drain()
    assert await tidying.tidy(service) == await service.head() == 3
    assert len(_files(settings)) == 1
    own = await residents.post(f"/{other['number']}/photos/1", {"code": other["code"]})
    assert own.content == BASELINE


class TestInABucket:
    """Where a server that speaks S3 keeps them."""

    @pytest.fixture
    def shelf(self) -> Iterator[Shelf]:
        with buckets.served() as made:
            yield made

    @pytest.fixture
    def settings(self, settings: Settings, shelf: Shelf) -> Settings:
        where = {"files_url": "s3://linli/files", "bucket": stores.told(shelf)}
        return settings.model_copy(update=where)

    async def test_photos_are_kept_there_until_their_person_is_erased(
        self, residents: Residents, desk: FrontDesk, service: Grievance, shelf: Shelf
    ) -> None:
        slip = await residents.file(photos=[await residents.upload(BASELINE)])
        case_id = await _case(desk, service)
        assert (await desk.read(f"/cases/{case_id}/photos/1")).content == BASELINE
        own = await residents.post(f"/{slip['number']}/photos/1", {"code": slip["code"]})
        assert own.content == BASELINE
        [name] = shelf.files
        assert name.startswith("files/grievance/photos/waiting/")
        await _erase(desk, case_id)
        await service.projector.drain()
        await tidying.tidy(service)
        assert shelf.files == {}

    async def test_while_it_is_away_nothing_is_done_by_halves(
        self, residents: Residents, desk: FrontDesk, service: Grievance, shelf: Shelf
    ) -> None:
        word = await residents.upload(BASELINE)
        key, form = fresh_key(), {**OWN, "photos": [word]}
        shelf.fault = 500
        headers = {"content-type": "image/jpeg"}
        answer = await residents.client.post("/photos", content=BASELINE, headers=headers)
        refused(answer, 503, "files_away")
        answer = await residents.post("", form, key)
        refused(answer, 503, "files_away")
        assert answer.headers["retry-after"]
        assert await service.head() == 0
        with pytest.raises(StoreAway):
            await tidying.tidy(service)
        shelf.fault = 0
        assert (await residents.post("", form, key)).status_code == 201, "the same request again"
        case_id = await _case(desk, service)
        shelf.fault = 500
        refused(await desk.read(f"/cases/{case_id}/photos/1"), 503, "files_away")
        shelf.fault = 0
        assert (await desk.read(f"/cases/{case_id}/photos/1")).content == BASELINE
