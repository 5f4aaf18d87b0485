"""Which events a read model is given."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.source import Source
from shared.core.catalogue import Catalogue
from shared.core.interest import Interest
from shared.core.messages import Event


class Opened(Event):
    type: Literal["opened"] = "opened"


class Shut(Event):
    type: Literal["shut"] = "shut"


class OpenedContract(Event):
    """What others are told of it."""

    type: Literal["opened"] = "opened"


Doors = Annotated[Opened | Shut, Field(discriminator="type")]


def test_an_event_is_meant_by_its_type_whatever_class_it_has() -> None:
    interest = Interest.of(Opened)
    assert interest[Opened]
    assert interest[OpenedContract]
    assert not interest[Shut]


def test_a_union_means_all_of_its_events_and_nothing_said_means_every_event() -> None:
    assert all(Interest.of(Doors)[cls] for cls in (Opened, Shut))
    assert all(Interest.of(None)[cls] for cls in (Opened, Shut, tuple))


def test_together_they_mean_what_one_of_them_means() -> None:
    both = Interest.of_any([Interest.of(Opened), Interest.of(Shut)])
    assert both[Shut]
    assert both[OpenedContract]
    assert Interest.of_any([Interest.of(Opened), Interest.of(None)])[Shut]
    assert not Interest.of_any([])[Opened]


def test_a_source_for_a_reader_has_what_the_reader_means() -> None:
    source = Source("doors", "doors", "linli.doors.v1", Catalogue.of(Doors))
    assert source.only(Interest.of(Opened)).events.classes.keys() == {"opened"}
