"""The corpus of golden events: every shape ever written is still read, and read the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.core.canonical import canonical
from shared.core.catalogue import Catalogue, UnknownEvent
from tests.corpus import samples
from tests.corpus.write import write
from tests.shared.toy.decider import purse

CATALOGUES = samples.catalogues()
FILES = [(service, file) for service in CATALOGUES for file in samples.files(service)]


def _ids(value: object) -> str:
    return value.stem if isinstance(value, Path) else str(value)


@pytest.mark.parametrize(("service", "catalogue"), CATALOGUES.items(), ids=CATALOGUES)
def test_every_version_of_every_event_has_its_samples(
    service: str, catalogue: Catalogue[Any]
) -> None:
    wanted = {
        samples.path(service, type_, version)
        for type_, cls in catalogue.classes.items()
        for version in range(1, cls.schema_version + 1)
    }
    assert wanted
    assert {file.name for file in wanted - set(samples.files(service))} == set()


def test_there_is_a_corpus() -> None:
    assert FILES


@pytest.mark.parametrize(("service", "file"), FILES, ids=_ids)
def test_a_sample_is_read_as_it_says(service: str, file: Path) -> None:
    catalogue, content = CATALOGUES[service], samples.read(file)
    assert file == samples.path(service, content["type"], content["schema_version"])
    today = str(catalogue.classes[content["type"]].schema_version)
    events = list(samples.decoded(catalogue, content))
    assert [samples.told(event) for event in events] == [
        sample["read_as"][today] for sample in content["samples"]
    ]


@pytest.mark.parametrize(("service", "file"), FILES, ids=_ids)
def test_an_event_in_todays_shape_is_written_as_it_was(service: str, file: Path) -> None:
    catalogue, content = CATALOGUES[service], samples.read(file)
    if content["schema_version"] < catalogue.classes[content["type"]].schema_version:
        return  # nobody writes this shape any more
    written = [catalogue.encode(event) for event in samples.decoded(catalogue, content)]
    assert written == [canonical(sample["payload"]) for sample in content["samples"]]


@pytest.mark.parametrize(("service", "catalogue"), CATALOGUES.items(), ids=CATALOGUES)
def test_a_version_of_tomorrow_is_not_guessed_at(service: str, catalogue: Catalogue[Any]) -> None:
    for type_, cls in catalogue.classes.items():
        with pytest.raises(UnknownEvent):
            catalogue.decode(type_, cls.schema_version + 1, b"{}", samples.HAPPENED)


def test_writing_adds_what_is_missing_and_leaves_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "ROOT", tmp_path)
    old = samples.path("purses", "purse-opened", 1)
    old.parent.mkdir()
    content = {"type": "purse-opened", "schema_version": 1, "occurred_at": "2020-01-01T00:00Z"}
    sample = {"payload": {"name": "李四"}, "read_as": {"1": "as it was then"}}
    old.write_text(json.dumps({**content, "samples": [sample]}))
    written = write("purses", purse.events)
    assert len(written) == len(purse.events.classes) + 1
    [kept] = samples.read(old)["samples"]
    assert kept["payload"] == sample["payload"]
    assert kept["read_as"]["1"] == "as it was then"
    assert kept["read_as"]["2"]["owner"] == "李四"
    before = {file: file.read_bytes() for file in samples.files("purses")}
    assert write("purses", purse.events) == []
    assert {file: file.read_bytes() for file in samples.files("purses")} == before
