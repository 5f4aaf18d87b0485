"""The catalogue: every shape ever written can be read, and nothing else."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import Field, ValidationError

from shared.core.catalogue import Catalogue, Payload, UnknownEvent
from shared.core.messages import Event
from tests.shared.toy.asking import NOON
from tests.shared.toy.decider import purse
from tests.shared.toy.events import MoneyPut, PurseClosed, PurseCorrected, PurseEvent, PurseOpened


class StallRented(Event):
    """A stall on the market, in its third shape."""

    schema_version: ClassVar[int] = 3

    type: Literal["stall-rented"] = "stall-rented"
    rent_fen: int
    place: str


class StallLeft(Event):
    type: Literal["stall-left"] = "stall-left"


def _rented_1(fields: Payload) -> Payload:
    return {**fields, "rent_fen": fields["rent_yuan"] * 100}


def _rented_2(fields: Payload) -> Payload:
    return {"rent_fen": fields["rent_fen"] + 1, "place": fields["row"] + fields["number"]}


market = Catalogue.of(
    Annotated[StallRented | StallLeft, Field(discriminator="type")],
    {("stall-rented", 1): _rented_1, ("stall-rented", 2): _rented_2},
)


@pytest.mark.parametrize(
    "event",
    [
        PurseOpened(at=NOON, owner="张三", territory="d/s1"),
        MoneyPut(at=NOON, fen=5, late_reason="found later"),
        PurseClosed(at=NOON),
        PurseCorrected(at=NOON, corrects=1, changes={"a": None, "b": True, "c": 2}, reason="x"),
    ],
)
def test_what_was_written_is_read_back_whole(event: Event) -> None:
    payload = purse.events.encode(event)
    assert purse.events.decode(event.type, event.schema_version, payload, event.at) == event


def test_columns_and_absent_values_are_not_written_but_a_correction_to_nothing_is() -> None:
    assert purse.events.encode(MoneyPut(at=NOON, fen=5)) == b'{"fen":5}'
    cleared = PurseCorrected(at=NOON, corrects=1, changes={"owner": None}, reason="x")
    assert purse.events.encode(cleared) == b'{"changes":{"owner":null},"corrects":1,"reason":"x"}'


def test_every_member_of_a_union_is_in_the_catalogue() -> None:
    assert set(market.classes) == {"stall-rented", "stall-left"}
    assert set(Catalogue.of(StallLeft).classes) == {"stall-left"}


def test_an_old_shape_is_read_step_by_step() -> None:
    first = market.decode("stall-rented", 1, b'{"rent_yuan":3,"row":"A","number":"7"}', NOON)
    second = market.decode("stall-rented", 2, b'{"rent_fen":300,"row":"A","number":"7"}', NOON)
    third = market.decode("stall-rented", 3, b'{"rent_fen":301,"place":"A7"}', NOON)
    assert first == second == third == StallRented(at=NOON, rent_fen=301, place="A7")


def test_an_old_shape_is_read_in_a_stream_too() -> None:
    old = purse.events.decode("purse-opened", 1, '{"name":"李四"}'.encode(), NOON)
    assert old == PurseOpened(at=NOON, owner="李四", territory="d")


@pytest.mark.parametrize(
    ("type_", "version"), [("stall-burnt", 1), ("stall-rented", 4), ("stall-left", 2)]
)
def test_an_unknown_type_or_a_newer_version_is_said_so(type_: str, version: int) -> None:
    with pytest.raises(UnknownEvent, match=f"{type_} v{version}"):
        market.decode(type_, version, b"{}", NOON)


def test_a_field_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        market.decode("stall-left", 1, b'{"why":"moved"}', NOON)


def test_an_older_version_without_an_upcaster_is_refused_when_the_catalogue_is_made() -> None:
    with pytest.raises(TypeError, match="no upcaster for purse-opened v1"):
        Catalogue.of(PurseEvent, {})
