"""Reading a payload: straight from its bytes, and never other than field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, Field, ValidationError, field_validator

from shared.core.catalogue import Catalogue
from shared.core.messages import Correction, Event
from shared.core.reading import fields_read, straight
from shared.core.sealed import Sealed
from tests.shared.toy.asking import NOON


class StallSigned(Correction):
    """Something of every kind that a payload may hold."""

    type: Literal["stall-signed"] = "stall-signed"
    by: UUID
    until: AwareDatetime
    kind: Literal["fish", "fruit"] = "fruit"
    names: tuple[Sealed, ...] = ()
    note: Sealed | None = None


class StallTaxed(Event):
    """Looks at its time itself."""

    type: Literal["stall-taxed"] = "stall-taxed"

    @field_validator("at")
    @classmethod
    def _in_years_of_tax(cls, at: datetime) -> datetime:
        if at.year < 1994:
            raise ValueError("there was no such tax")
        return at


stalls = Catalogue.of(Annotated[StallSigned | StallTaxed, Field(discriminator="type")])
SOMEBODY = UUID(int=7)
SIGNED = StallSigned(
    at=NOON, corrects=3, reason="x", changes={"a": None, "b": True, "c": -1, "d": "\u2028"},
    by=SOMEBODY, until=NOON, note=Sealed(subject=SOMEBODY, field="note", box="eHg="),
)  # fmt: skip
SCRAPS = (
    "null", "1", "1.5", "true", '"x"', '"2026-05-01T12:00:00Z"', "{}", "[]", "-", ",", ":", '"',
    "NaN", '"at":null,', '"at":1,', '"type":"stall-left",', '"type":"stall-signed",', '"who":1,',
    "\\ud800", "\\u0000", "\x00", "\ufeff", " ", "Infinity", "1e3",
    '"kind":"fish",', '"corrects":"3",',
)  # fmt: skip


def _outcome(read: Callable[[bytes, datetime], Any], payload: bytes) -> Any:
    try:
        event = read(payload, NOON)
    except Exception as fault:
        return type(fault), str(fault)
    return event, list(event.__dict__), event.model_fields_set


@given(st.data())
def test_a_payload_that_was_tampered_with_is_read_or_refused_as_ever(data: st.DataObject) -> None:
    whole = stalls.encode(SIGNED)
    first = data.draw(st.integers(0, len(whole)))
    last = data.draw(st.integers(first, min(first + 12, len(whole))))
    scrap = data.draw(st.sampled_from(SCRAPS).map(str.encode) | st.binary(max_size=3))
    payload = whole[:first] + scrap + whole[last:]
    long_way = fields_read(StallSigned.__pydantic_validator__.validate_python)
    assert _outcome(straight(StallSigned), payload) == _outcome(long_way, payload)


def test_an_event_read_straight_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orjson, "loads", lambda _: pytest.fail("not read straight"))
    read = straight(StallSigned)(stalls.encode(SIGNED), NOON)
    assert read == SIGNED
    assert list(read.__dict__) == list(SIGNED.__dict__)
    assert "at" in read.model_fields_set
    assert stalls.encode(read) == stalls.encode(SIGNED)
    with pytest.raises(ValidationError):
        read.reason = "y"


def test_a_time_without_a_zone_is_refused() -> None:
    payload = stalls.encode(SIGNED)
    with pytest.raises(ValidationError):
        stalls.decode("stall-signed", 1, payload, NOON.replace(tzinfo=None))


def test_a_class_that_looks_at_its_time_sees_it() -> None:
    assert stalls.decode("stall-taxed", 1, b"{}", NOON) == StallTaxed(at=NOON)
    with pytest.raises(ValidationError, match="no such tax"):
        stalls.decode("stall-taxed", 1, b"{}", NOON.replace(year=1990))
