"""Keys and sealed values: what is opened by whom, and what nobody opens again."""

from __future__ import annotations

import asyncio
import os
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.core import boxes
from shared.core.boxes import DoesNotOpen
from shared.core.sealed import Sealed
from shared.runtime.commands.sealing import Opening, Sealer
from shared.store.key_store import Erased, KeyStore
from shared.store.masters import WrongMaster
from shared.store.pool import Pool

pytestmark = pytest.mark.postgres

MASTER = bytes(range(32))
TOLD = {"name": "测试人", "phone": "139 0000 0000", "details": "路灯坏了。" * 300}


@pytest.fixture
def keys(key_pool: Pool) -> KeyStore:
    """An empty key store."""
    return KeyStore(key_pool, lambda: [MASTER])


@pytest.fixture
async def sealer(keys: KeyStore) -> AsyncIterator[Sealer]:
    """Seals with keys of the empty store."""
    made = Sealer(keys)
    yield made
    await made.aclose()


async def _wrapped(pool: Pool, subject: UUID) -> bytes | None:
    found: bytes | None = await pool.fetchval(
        "select wrapped from subject_key where subject = $1", subject
    )
    return found


async def test_what_was_sealed_is_opened_again_in_the_order_asked(sealer: Sealer) -> None:
    one, two = uuid4(), uuid4()
    first = await sealer.seal(one, TOLD)
    second = await sealer.seal(two, {"name": "另一人"})
    opened = await sealer.open([second["name"], None, *first.values()])
    assert opened == ["另一人", None, *TOLD.values()]


async def test_what_is_revealed_can_be_shown_to_anybody_value_by_value(sealer: Sealer) -> None:
    sealed = await sealer.seal(uuid4(), TOLD)
    opened = await sealer.reveal([None, *sealed.values()])
    assert opened[0] is None
    for value, found in zip(sealed.values(), opened[1:], strict=True):
        assert found is not None
        assert found.text == TOLD[value.field]
        assert found.secret is not None
        assert boxes.open_with(found.secret, value.subject, value.field, value.box) == found.text


async def test_what_was_sealed_in_the_first_form_opens_and_has_no_secret(
    sealer: Sealer, keys: KeyStore
) -> None:
    subject, nonce = uuid4(), os.urandom(12)
    key = (await keys.create([subject]))[subject]
    assert key is not None
    bound = b"linli.sealed.v1|" + subject.bytes + b"|name"
    raw = nonce + AESGCM(key).encrypt(nonce, "测试人".encode(), bound)
    old = Sealed(subject=subject, field="name", box=urlsafe_b64encode(raw).decode())
    assert await sealer.open([old]) == ["测试人"]
    assert await sealer.reveal([old]) == [Opening("测试人", None)]


async def test_a_box_holds_no_readable_text_and_no_two_are_alike(sealer: Sealer) -> None:
    subject = uuid4()
    boxes = [(await sealer.seal(subject, TOLD))["name"].box for _ in range(3)]
    assert len(set(boxes)) == 3
    assert not any("测试人" in box or "测试人".encode().hex() in box for box in boxes)


async def test_nothing_to_seal_makes_no_key(sealer: Sealer, keys: KeyStore) -> None:
    subject = uuid4()
    assert await sealer.seal(subject, {}) == {}
    assert await keys.find([subject]) == {}


async def test_many_people_are_sealed_together_each_with_a_key_of_their_own(
    sealer: Sealer, key_pool: Pool
) -> None:
    people = {uuid4(): {"name": f"测试人{number}"} for number in range(30)}
    known = next(iter(people))
    before = await sealer.seal(known, TOLD)
    sealed = await sealer.seal_all(people)
    opened = await sealer.open([boxes["name"] for boxes in sealed.values()])
    assert opened == [told["name"] for told in people.values()]
    assert await sealer.open([before["name"]]) == [TOLD["name"]]
    assert len({await _wrapped(key_pool, subject) for subject in people}) == 30


async def test_where_one_of_many_is_erased_nobody_is_sealed(sealer: Sealer, keys: KeyStore) -> None:
    people = {uuid4(): TOLD for _ in range(3)}
    await keys.destroy([[*people][1]])
    with pytest.raises(Erased):
        await sealer.seal_all(people)


async def test_a_box_moved_to_another_field_or_person_does_not_open(sealer: Sealer) -> None:
    one, two = uuid4(), uuid4()
    name = (await sealer.seal(one, TOLD))["name"]
    await sealer.seal(two, TOLD)
    for moved in (
        name.model_copy(update={"field": "phone"}),
        name.model_copy(update={"subject": two}),
    ):
        with pytest.raises(DoesNotOpen):
            await sealer.open([moved])
        with pytest.raises(DoesNotOpen):
            await sealer.reveal([moved])


async def test_a_box_does_not_open_with_the_same_key_under_another_person(
    sealer: Sealer, key_pool: Pool, keys: KeyStore
) -> None:
    one, two = uuid4(), uuid4()
    await sealer.seal(one, TOLD)
    await sealer.seal(two, TOLD)
    stolen = await _wrapped(key_pool, one)
    await key_pool.execute("update subject_key set wrapped = $2 where subject = $1", two, stolen)
    with pytest.raises(InvalidTag):
        await keys.find([two])


async def test_a_changed_box_does_not_open(sealer: Sealer) -> None:
    subject = uuid4()
    name = (await sealer.seal(subject, TOLD))["name"]
    flipped = "B" if name.box[20] == "A" else "A"
    changed = name.model_copy(update={"box": name.box[:20] + flipped + name.box[21:]})
    with pytest.raises(DoesNotOpen):
        await sealer.open([changed])


async def test_another_master_key_opens_nothing(sealer: Sealer, key_pool: Pool) -> None:
    subject = uuid4()
    await sealer.seal(subject, TOLD)
    with pytest.raises(WrongMaster):
        await KeyStore(key_pool, lambda: [os.urandom(32)]).find([subject])


async def test_a_person_has_one_key_however_many_ask_at_once(key_pool: Pool) -> None:
    subjects = [uuid4() for _ in range(20)]
    stores = [KeyStore(key_pool, lambda: [MASTER]) for _ in range(4)]
    found = await asyncio.gather(
        *(store.create(subjects[::step]) for store in stores for step in (1, -1, 3))
    )
    for subject in subjects:
        assert len({keys[subject] for keys in found if subject in keys}) == 1


async def test_after_erasure_nothing_opens_and_nothing_is_sealed(
    sealer: Sealer, keys: KeyStore
) -> None:
    gone, kept = uuid4(), uuid4()
    sealed = [(await sealer.seal(subject, TOLD))["name"] for subject in (gone, kept)]
    await keys.destroy([gone])
    assert await sealer.open(sealed) == [None, "测试人"]
    revealed = await sealer.reveal(sealed)
    assert [found and found.text for found in revealed] == [None, "测试人"]
    with pytest.raises(Erased):
        await sealer.seal(gone, TOLD)
    assert await keys.create([gone]) == {gone: None}


async def test_an_erased_person_does_not_stop_those_who_seal_at_the_same_time(
    sealer: Sealer, keys: KeyStore
) -> None:
    gone, kept = uuid4(), uuid4()
    await keys.destroy([gone])
    results = await asyncio.gather(
        sealer.seal(gone, TOLD), sealer.seal(kept, TOLD), return_exceptions=True
    )
    assert isinstance(results[0], Erased)
    assert isinstance(results[1], dict)


async def test_erasing_again_or_one_without_a_key_changes_nothing_more(
    keys: KeyStore, key_pool: Pool
) -> None:
    with_key, without = uuid4(), uuid4()
    await keys.create([with_key])
    await keys.destroy([with_key, without, with_key])
    state = await key_pool.fetch("select * from subject_key order by subject")
    await keys.destroy([with_key, without])
    await keys.destroy([])
    assert await key_pool.fetch("select * from subject_key order by subject") == state
    assert await keys.find([with_key, without]) == {with_key: None, without: None}


async def test_the_service_cannot_remove_the_trace_of_an_erasure(key_pool: Pool) -> None:
    if await key_pool.fetchval("select current_setting('server_version_num')::int < 170000"):
        pytest.skip("before PostgreSQL 17 only the owner may vacuum, so the service is the owner")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await key_pool.execute("delete from subject_key")


def test_a_sealed_value_cannot_be_changed_and_has_no_other_fields() -> None:
    sealed = Sealed(subject=uuid4(), field="name", box="")
    with pytest.raises(ValueError, match="frozen"):
        sealed.box = "x"  # type: ignore[misc]
    with pytest.raises(ValueError, match="extra"):
        Sealed(subject=uuid4(), field="name", box="", text="测试人")  # type: ignore[call-arg]
