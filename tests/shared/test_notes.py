"""Signed notes are those that others read and write, and nothing else passes for one."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.checkpoint import Checkpoint, Origin
from shared.core.notes import COSIGNED, BadNote, Note, PublicKey, SigningKey

# The example of golang.org/x/mod/sumdb/note.
THEIR_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
THEIR_NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""  # noqa: E501
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OURS = SigningKey("linli.test", bytes(range(32)))
WITNESS = SigningKey("witness.test", bytes(range(1, 33)), COSIGNED)
ORIGIN = Origin("grievance", UUID(int=7), 1)
POINT = Checkpoint(ORIGIN, 12, bytes(32), NOON)


def test_a_note_of_others_is_read() -> None:
    note = Note.parse(THEIR_NOTE)
    assert str(note) == THEIR_NOTE
    key = PublicKey.parse(THEIR_KEY)
    assert str(key) == THEIR_KEY
    assert key.signed(note) is True
    with pytest.raises(BadNote, match="does not fit"):
        key.signed(Note(note.text.replace("answer", "question"), note.lines))


def test_log_and_witness_sign_the_same_text() -> None:
    text = str(POINT)
    note = Note(text, (OURS.sign(text, NOON),)).with_lines([WITNESS.sign(text, NOON)])
    read = Note.parse(str(note))
    assert read == note
    assert OURS.public.signed(read) is True
    assert WITNESS.public.signed(read) == NOON
    assert SigningKey("linli.test", bytes(32)).public.signed(read) is False
    assert Checkpoint.parse(read.text) == POINT


def test_a_witness_cannot_be_made_to_say_another_time() -> None:
    text = str(POINT)
    line = WITNESS.sign(text, NOON)
    later = line._replace(signature=(2**31).to_bytes(8) + line.signature[8:])
    with pytest.raises(BadNote, match="does not fit"):
        WITNESS.public.signed(Note(text, (later,)))


@pytest.mark.parametrize("text", [
    "", "a", "a\n\n", "a\n\nb", "a\n\n— x \n", "a\n\n— x AAAA\n", "a\n\n-- x AAAA\n",
    "a\n\n— x !!!!\n", "— x AAAA\n",
])  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Note.parse(text)


@pytest.mark.parametrize("text", [
    "", "a", "a+b", "a+00000000+AAAA", THEIR_KEY[:-4], THEIR_KEY.replace("c74f", "c74e"),
    "a+00000000+" + b64encode(bytes([9]) + bytes(32)).decode(),
])  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        PublicKey.parse(text)


moments = st.datetimes(timezones=st.just(UTC))
points = st.builds(
    Checkpoint,
    st.builds(Origin, st.sampled_from(["grievance", "points-x"]), st.uuids(), st.integers(1, 9)),
    st.integers(0, 2**40), st.binary(min_size=32, max_size=32), moments, st.integers(0, 2**40),
)  # fmt: skip


@given(points)
def test_a_checkpoint_is_read_as_it_was_written(point: Checkpoint) -> None:
    assert Checkpoint.parse(str(point)) == point


@given(points, st.data())
def test_a_checkpoint_has_one_way_to_be_written(point: Checkpoint, data: st.DataObject) -> None:
    text = str(point)
    at = data.draw(st.integers(0, len(text) - 1))
    bent = text[:at] + data.draw(st.characters(codec="utf-8")) + text[at + 1 :]
    try:
        read = Checkpoint.parse(bent)
    except BadNote:
        return
    assert str(read) == bent
    assert (read == point) == (bent == text)


@pytest.mark.parametrize("text", [
    str(POINT).replace("sealed", "sewn"), str(POINT) + "\n", str(POINT)[:-1],
    str(POINT) + "more 1\n",
    str(POINT).replace("\n12\n", "\n012\n"), str(POINT).replace("\n12\n", "\n１２\n"),
    str(Checkpoint(ORIGIN, 1, b"short", NOON)), str(POINT).replace("linli/", "other/"),
    str(POINT).replace(str(UUID(int=7)), "7" * 32),
    str(Checkpoint(ORIGIN, 1, bytes(32), NOON.replace(tzinfo=None))),
    str(Checkpoint(ORIGIN, 1, bytes(32), NOON, -1)), str(Checkpoint(ORIGIN, -1, bytes(32), NOON)),
    "a\n" * 4, "",
])  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Checkpoint.parse(text)


def test_times_of_any_zone_are_told_as_they_are() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=8))).replace(microsecond=5)
    point = Checkpoint(ORIGIN, 12, bytes(32), east)
    assert Checkpoint.parse(str(point)) == point
