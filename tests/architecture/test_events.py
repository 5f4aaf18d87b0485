"""Events: one name in two spellings, in one union, without floats, readable in every version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.core.catalogue import Catalogue
from shared.core.messages import Event
from shared.core.person.events import SubjectErased
from tests.architecture import tree
from tests.corpus.samples import catalogues

CATALOGUES = catalogues()
# The kernel's own: the log of every service that keeps keys may hold it.
SHARED = {SubjectErased}
EVENTS = [cls for catalogue in CATALOGUES.values() for cls in catalogue.classes.values()]


def kebab(name: str) -> str:
    """`PetitionRaised` as it is on the wire: `petition-raised`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


LOGS = [service for service in tree.services() if service.name in CATALOGUES]


def _written(service: Path) -> list[type[Event]]:
    """Every event class that the service's aggregates write down."""
    return [
        value
        for path in sorted(service.glob("*/*events.py"))
        for name, value in vars(tree.module(path)).items()
        if isinstance(value, type) and issubclass(value, Event) and value.__name__ == name
        if value.__module__ == tree.module(path).__name__
    ]


@pytest.mark.parametrize("service", LOGS, ids=tree.name)
def test_every_event_is_in_the_union_of_one_log_of_its_service(service: Path) -> None:
    written = _written(service)
    assert written
    module = tree.module(service / "log.py")
    logs = getattr(module, "LOGS", {module.LOG: module.EVENTS})
    own = [c for one in logs.values() for c in one.classes.values() if c not in SHARED]
    assert set(own) == set(written)
    assert len(own) == len(written)


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.__name__)
def test_a_type_on_the_wire_is_the_name_of_its_class(cls: type[Event]) -> None:
    assert cls.model_fields["type"].default == kebab(cls.__name__)


@pytest.mark.parametrize("service", sorted({*tree.services()} - {*LOGS}), ids=tree.name)
def test_a_service_without_a_log_writes_no_event(service: Path) -> None:
    assert _written(service) == []


def test_no_two_services_use_one_type() -> None:
    types = [
        type_
        for catalogue in CATALOGUES.values()
        for type_, cls in catalogue.classes.items()
        if cls not in SHARED
    ]
    assert len(types) == len(set(types))


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.__name__)
def test_an_event_says_what_happened(cls: type[Event]) -> None:
    assert cls.__doc__
    assert cls.__doc__ != Event.__doc__
    assert cls.model_config.get("frozen")
    assert cls.model_config.get("extra") == "forbid"


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.__name__)
def test_an_event_holds_no_float_and_nothing_of_unknown_type(cls: type[Event]) -> None:
    assert list(vague(cls.model_json_schema())) == []


def vague(schema: dict[str, Any]) -> Iterator[str]:
    """The fields of a schema that may hold a float, or anything."""
    for name, about in schema.get("properties", {}).items():
        yield from (f"{name}: {why}" for why in _vague(about))
    for part in schema.get("$defs", {}).values():
        yield from vague(part)


def _vague(about: Any) -> Iterator[str]:
    if about is True or not {"type", "$ref", "anyOf", "oneOf", "enum", "const"} & set(about):
        yield "may be anything"
        return
    if about.get("type") == "number":
        yield "may be a float"
    if about.get("type") == "object" and "properties" not in about:
        yield from _vague(about.get("additionalProperties", True))
    if about.get("type") == "array":
        yield from _vague(about.get("items", True))
    for part in (*about.get("anyOf", ()), *about.get("oneOf", ())):
        yield from _vague(part)


class Weighed(Event):
    grams: float | None = None


class Told(Event):
    story: dict[str, Any]


class Listed(Event):
    amounts: list[float]


@pytest.mark.parametrize("cls", [Weighed, Told, Listed])
def test_such_an_event_would_be_refused(cls: type[Event]) -> None:
    assert list(vague(cls.model_json_schema()))


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=CATALOGUES)
def test_there_is_an_upcaster_for_each_old_version_and_for_nothing_else(
    catalogue: Catalogue[Any],
) -> None:
    wanted = {
        (type_, version)
        for type_, cls in catalogue.classes.items()
        for version in range(1, cls.schema_version)
    }
    assert set(catalogue.upcasters) == wanted
