"""Boxes: what opens one, what is shown by opening it, and that nothing else opens it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from string import ascii_letters, digits
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from shared.core import boxes
from shared.core.boxes import DoesNotOpen

VECTORS = json.loads((Path(__file__).parent / "vectors" / "boxes.json").read_text("utf-8"))
SECOND = [one for one in VECTORS if one["secret"]]
FIRST = [one for one in VECTORS if not one["secret"]]
SIGNS = ascii_letters + digits + "-_=.!\n"

keys = st.binary(min_size=32, max_size=32)
nonces = st.binary(min_size=boxes.NONCE, max_size=boxes.NONCE)
texts = st.text(st.characters(codec="utf-8"), max_size=60)
fields = st.text(st.characters(codec="utf-8"), max_size=12)


def known(vector: dict[str, Any]) -> tuple[bytes, UUID, str]:
    """Key, subject and field of a vector."""
    return bytes.fromhex(vector["key"]), UUID(vector["subject"]), vector["field"]


@pytest.mark.parametrize("vector", SECOND, ids=lambda one: one["field"])
def test_a_box_is_closed_as_it_always_was(vector: dict[str, Any]) -> None:
    key, subject, field = known(vector)
    nonce, secret = bytes.fromhex(vector["nonce"]), bytes.fromhex(vector["secret"])
    assert boxes.close(key, subject, field, vector["text"], nonce) == vector["box"]
    assert boxes.secret_of(key, subject, field, vector["box"]) == secret
    assert boxes.open_with(secret, subject, field, vector["box"]) == vector["text"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: f"{one['form']} {one['field']}")
def test_a_box_of_either_form_opens_for_ever(vector: dict[str, Any]) -> None:
    assert boxes.open(*known(vector), vector["box"]) == vector["text"]


@pytest.mark.parametrize("vector", FIRST, ids=lambda one: one["field"])
def test_a_box_of_the_first_form_has_no_secret(vector: dict[str, Any]) -> None:
    key, subject, field = known(vector)
    assert boxes.secret_of(key, subject, field, vector["box"]) is None
    with pytest.raises(DoesNotOpen):
        boxes.open_with(key, subject, field, vector["box"])


@given(keys, st.uuids(), fields, texts, nonces)
def test_what_was_closed_opens_with_key_and_with_secret(
    key: bytes, subject: UUID, field: str, text: str, nonce: bytes
) -> None:
    box = boxes.close(key, subject, field, text, nonce)
    secret = boxes.secret_of(key, subject, field, box)
    assert secret is not None
    assert boxes.open(key, subject, field, box) == text
    assert boxes.open_with(secret, subject, field, box) == text


@given(st.sampled_from(SECOND), st.binary(max_size=64))
@example(SECOND[0], bytes.fromhex(SECOND[0]["secret"]) + b"\0")
@example(SECOND[0], bytes.fromhex(SECOND[0]["secret"])[:-1])
@example(SECOND[0], bytes.fromhex(SECOND[2]["secret"]))
def test_another_secret_opens_nothing(vector: dict[str, Any], secret: bytes) -> None:
    assume(secret.hex() != vector["secret"])
    _, subject, field = known(vector)
    with pytest.raises(DoesNotOpen):
        boxes.open_with(secret, subject, field, vector["box"])


@given(st.sampled_from(VECTORS), keys)
def test_another_key_opens_nothing(vector: dict[str, Any], key: bytes) -> None:
    assume(key.hex() != vector["key"])
    _, subject, field = known(vector)
    with pytest.raises(DoesNotOpen):
        boxes.open(key, subject, field, vector["box"])


@pytest.mark.parametrize("vector", SECOND, ids=lambda one: one["field"])
def test_no_sign_of_a_box_can_be_another_gone_or_more(vector: dict[str, Any]) -> None:
    box = vector["box"]
    for place in range(len(box) + 1):
        before, after = box[:place], box[place + 1 :]
        others = [before + sign + after for sign in SIGNS]
        others += [before + sign + box[place:] for sign in SIGNS]
        for other in {before + after, *others} - {box}:
            _opens_to_nobody(vector, other)


@pytest.mark.parametrize("vector", SECOND, ids=lambda one: one["field"])
def test_no_bit_of_a_box_can_be_turned(vector: dict[str, Any]) -> None:
    raw = urlsafe_b64decode(vector["box"][2:])
    for place in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[place // 8] ^= 1 << place % 8
        _opens_to_nobody(vector, f"2.{urlsafe_b64encode(turned).decode()}")


def _opens_to_nobody(vector: dict[str, Any], box: str) -> None:
    key, subject, field = known(vector)
    with pytest.raises(DoesNotOpen):
        boxes.open_with(bytes.fromhex(vector["secret"]), subject, field, box)
    with pytest.raises(DoesNotOpen):
        boxes.open(key, subject, field, box)


@given(st.sampled_from(SECOND), fields)
@example(SECOND[0], "name|")
@example(SECOND[0], "")
def test_a_box_is_of_one_field(vector: dict[str, Any], field: str) -> None:
    assume(field != vector["field"])
    with pytest.raises(DoesNotOpen):
        boxes.open_with(
            bytes.fromhex(vector["secret"]), UUID(vector["subject"]), field, vector["box"]
        )


@given(st.sampled_from(SECOND), st.uuids())
def test_a_box_is_of_one_person(vector: dict[str, Any], subject: UUID) -> None:
    assume(str(subject) != vector["subject"])
    with pytest.raises(DoesNotOpen):
        boxes.open_with(bytes.fromhex(vector["secret"]), subject, vector["field"], vector["box"])


@given(keys, st.uuids(), fields, texts, texts, nonces)
def test_a_box_is_never_shown_to_hold_another_text(
    key: bytes, subject: UUID, field: str, text: str, other: str, nonce: bytes
) -> None:
    """Not even by whoever has the key and grafts the one onto the other."""
    assume(text != other)
    one = boxes.close(key, subject, field, text, nonce)
    two = boxes.close(key, subject, field, other, bytes(255 - byte for byte in nonce))
    secret = boxes.secret_of(key, subject, field, two)
    assert secret is not None
    first, second = (urlsafe_b64decode(box[2:]) for box in (one, two))
    for grafted in (first, first[:12] + second[12:], second[:12] + first[12:44] + second[44:]):
        with pytest.raises(DoesNotOpen):
            boxes.open_with(secret, subject, field, f"2.{urlsafe_b64encode(grafted).decode()}")


@pytest.mark.parametrize("box", ["", "2.", "2.AAAA", "not base64", "A", "2.\n", "é", "2.é"])
def test_what_is_no_box_does_not_open(box: str) -> None:
    key, subject, field = known(VECTORS[0])
    with pytest.raises(DoesNotOpen):
        boxes.open(key, subject, field, box)
    with pytest.raises(DoesNotOpen):
        boxes.open_with(key, subject, field, box)


def test_one_secret_says_nothing_of_another_value() -> None:
    first, other = SECOND[0], SECOND[1]
    assert first["key"] == other["key"]
    assert first["subject"] == other["subject"]
    with pytest.raises(DoesNotOpen):
        boxes.open_with(bytes.fromhex(first["secret"]), *known(other)[1:], other["box"])
