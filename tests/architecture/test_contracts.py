"""The published language: told by its owner, named as on the wire, and nothing personal in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, get_args, get_origin

import pytest

from deploy.local.asyncapi import sources
from services.dashboard.words import Status as Shown
from services.grievance import words
from services.grievance.case.corrections import CORRECTABLE
from shared.contracts.erasure import SubjectErased
from shared.contracts.grievance import GRIEVANCE
from shared.contracts.sent import UNPUBLISHABLE
from shared.contracts.source import Source
from shared.contracts.territory import TERRITORY
from shared.core.messages import Event
from shared.core.sealed import Sealed
from tests.architecture.test_events import kebab, vague
from tests.corpus.samples import catalogues

SOURCES = {source.log: source for source in sources()}
CONTRACTS = [cls for source in SOURCES.values() for cls in source.events.classes.values()]


def _types(annotation: Any) -> Iterator[Any]:
    """Every type that stands somewhere in an annotation."""
    yield get_origin(annotation) or annotation
    for part in get_args(annotation):
        yield from _types(part)


def _fields(cls: type[Event]) -> set[str]:
    return cls.model_fields.keys() - {"type", "at"}


def test_the_sources_were_found() -> None:
    assert SOURCES["grievance"] is GRIEVANCE
    assert SOURCES["territory"] is TERRITORY


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_source_is_a_log_that_there_is(source: Source) -> None:
    assert source.log in catalogues()
    assert re.fullmatch(rf"linli\.{source.service}\.v[0-9]+", source.topic)
    assert "." not in source.log
    assert "/" not in source.log


def test_no_two_sources_use_one_topic_or_one_type() -> None:
    topics = [source.topic for source in SOURCES.values()]
    types = [
        type_
        for source in SOURCES.values()
        for type_, cls in source.events.classes.items()
        if cls is not SubjectErased  # each that keeps keys tells it of itself
    ]
    assert len(set(topics)) == len(topics)
    assert len(set(types)) == len(types)


def test_who_keeps_keys_tells_whom_it_has_erased() -> None:
    telling = [source for source in SOURCES.values() if "subject-erased" in source.events.classes]
    assert {source.service for source in telling} == {
        "territory",
        "grievance",
        "volunteer",
        "points",
    }
    assert {source.events.classes["subject-erased"] for source in telling} == {SubjectErased}


@pytest.mark.parametrize("cls", CONTRACTS, ids=lambda cls: cls.__name__)
def test_a_contract_is_named_on_the_wire_as_its_class(cls: type[Event]) -> None:
    assert cls.model_fields["type"].default == kebab(cls.__name__)
    assert kebab(cls.__name__) not in {"heartbeat", UNPUBLISHABLE}


@pytest.mark.parametrize("cls", CONTRACTS, ids=lambda cls: cls.__name__)
def test_a_contract_has_nothing_sealed_and_nothing_vague(cls: type[Event]) -> None:
    held = [type_ for field in cls.model_fields.values() for type_ in _types(field.annotation)]
    assert Sealed not in held
    assert list(vague(cls.model_json_schema())) == []
    assert cls.__doc__ != Event.__doc__


def test_a_sealed_field_would_be_found() -> None:
    class Told(Event):
        words: list[Sealed] | None = None

    assert Sealed in _types(Told.model_fields["words"].annotation)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_own_event_is_a_contract_or_meant_to_be_private(source: Source) -> None:
    log = import_module(f"services.{source.service}.log")
    private = import_module(f"services.{source.service}.publishing").UNPUBLISHED
    assert log.EVENTS.classes.keys() == source.events.classes.keys() | private
    assert not source.events.classes.keys() & private
    assert source.log == log.LOG


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_contract_tells_fields_that_its_event_has(source: Source) -> None:
    own = catalogues()[source.log].classes
    for type_, cls in source.events.classes.items():
        assert _fields(cls) <= _fields(own[type_])


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_shape_a_contract_has_had_can_be_read(source: Source) -> None:
    assert set(source.events.upcasters) == {
        (type_, version)
        for type_, cls in source.events.classes.items()
        for version in range(1, cls.schema_version)
    }


@pytest.mark.parametrize("own", CORRECTABLE, ids=lambda cls: cls.__name__)
def test_what_can_be_corrected_is_told_in_the_first_place(own: type[Event]) -> None:
    contract: Mapping[str, Any] = GRIEVANCE.events.classes[
        own.model_fields["type"].default
    ].model_fields
    assert CORRECTABLE[own] - {"occurred_at"} <= contract.keys()


def test_a_reader_calls_the_states_of_a_case_as_the_register_does() -> None:
    assert {*get_args(Shown)} == {*get_args(words.Status)} - {"new"}
