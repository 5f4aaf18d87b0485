"""A store that is away says so in time, and has done nothing by halves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.grievance.files import bucket
from services.grievance.files.bucket import Bucket
from services.grievance.files.choosing import store_of
from services.grievance.files.folder import Folder
from services.grievance.files.store import LARGEST, Store, StoreAway
from services.grievance.settings import Bucket as Told
from services.grievance.settings import Settings
from shared.ops.settings import Databases, Misconfigured
from tests.grievance import buckets, stores
from tests.grievance.buckets import Shelf

pytestmark = pytest.mark.anyio


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with buckets.served() as made:
        yield made


@pytest.fixture
def store(shelf: Shelf) -> Store:
    return Bucket(f"s3://{buckets.BUCKET}/some/where", stores.told(shelf))


def _settings(**more: object) -> Settings:
    known = {"grievance": Databases(dsn="x", keys_dsn="x"), "files_dir": None}
    return Settings.model_validate({**known, **more})


async def _everything(store: Store) -> None:
    """Whatever can be asked: it is away each time."""
    for asked in (
        store.put("waiting/a", b"x"), store.get("waiting/a"), store.move("waiting/a", "kept/a"),
        store.remove(["waiting/a"]),
    ):  # fmt: skip
        with pytest.raises(StoreAway):
            await asked
    with pytest.raises(StoreAway):
        [one async for one in store.under("waiting")]


async def test_files_lie_below_the_prefix_and_every_request_is_signed(
    shelf: Shelf, store: Store
) -> None:
    await store.put("waiting/a", bytes(6_000_000))
    assert [*shelf.files] == ["some/where/waiting/a"]
    assert shelf.asked == ["PUT /linli/some/where/waiting/a"], "one request, however large"
    found = await store.get("waiting/a")
    assert found is not None
    assert found.content == bytes(6_000_000)
    assert await store.get("waiting/b") is None
    await store.move("waiting/b", "kept/b")
    assert [*shelf.files] == ["some/where/waiting/a"]


async def test_a_list_of_several_pages_is_read_to_its_end(shelf: Shelf, store: Store) -> None:
    for name in "abcde":
        await store.put(f"waiting/{name}", b"x")
    await store.put("waiting-not/z", b"x")
    names = [one.name async for one in store.under("waiting")]
    assert names == [f"waiting/{name}" for name in "abcde"]


async def test_a_server_that_refuses_is_away(shelf: Shelf, store: Store) -> None:
    for shelf.fault in (500, 503, 403):
        await _everything(store)
    assert shelf.files == {}


async def test_a_server_that_hangs_is_away_in_time(
    shelf: Shelf, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "SECONDS", 0.3)
    shelf.hangs.set()
    async with asyncio.timeout(5):
        for asked in (store.put("a", b"x"), store.get("a"), store.move("a", "b")):
            with pytest.raises(StoreAway):
                await asked


async def test_a_server_that_is_not_there_is_away() -> None:
    told = Told(key_id="x", secret=stores.told(Shelf()).secret, endpoint="http://127.0.0.1:1")
    await _everything(Bucket("s3://linli", told))


async def test_a_key_that_is_not_known_is_refused(shelf: Shelf) -> None:
    told = stores.told(shelf).model_copy(update={"key_id": "another"})
    await _everything(Bucket("s3://linli", told))


async def test_more_than_fits_is_not_read_into_memory(shelf: Shelf, store: Store) -> None:
    await store.put("a", b"x")
    shelf.files["some/where/a"] = (bytes(LARGEST + 1), shelf.files["some/where/a"][1])
    assert await store.get("a") is None


async def test_a_folder_that_cannot_be_written_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreAway):
        await Folder(tmp_path / "file").put("a", b"x")


def test_the_settings_say_where_files_are_kept(tmp_path: Path) -> None:
    assert store_of(_settings(), "photos") is None
    assert isinstance(store_of(_settings(files_dir=tmp_path), "photos"), Folder)
    secret = tmp_path / "secret"
    secret.write_text("a secret\n")
    told = {"key_id": "x", "secret_file": secret}
    assert Told.model_validate(told).password() == "a secret"
    found = store_of(_settings(files_url="s3://linli/x", bucket=told), "photos")
    assert isinstance(found, Bucket)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("s3://linli", None), ("https://linli", {"key_id": "x", "secret": "y"}),
        ("s3://", {"key_id": "x", "secret": "y"}), ("s3://linli", {"key_id": "x"}),
        ("s3://linli", {"key_id": "x", "secret_file": "/no/such"}),
    ],
)  # fmt: skip
def test_what_is_set_wrongly_is_said_at_the_start(url: str, told: dict[str, str] | None) -> None:
    with pytest.raises(Misconfigured):
        store_of(_settings(files_url=url, bucket=told), "photos")
