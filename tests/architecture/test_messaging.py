"""How topics are read and written: each work-around of a library stands in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

SOURCES = [path for top in ("shared", "services", "deploy") for path in (ROOT / top).rglob("*.py")]
READER = ROOT / "shared/runtime/following/subscribing.py"
LOOKER = ROOT / "shared/runtime/following/tails.py"
# The library's own defaults acknowledge before the effect, and begin at the end of a topic.
WANTED = (
    "ack_policy=AckPolicy.NACK_ON_ERROR",
    'auto_offset_reset="earliest"',
    "parser=",
    "batch=True",
)


def _using(pattern: str) -> set[Path]:
    return {path for path in SOURCES if re.search(pattern, path.read_text(), re.MULTILINE)}


def test_topics_are_read_in_one_place_only() -> None:
    assert _using(r"^(from|import) faststream") == {READER}


def test_where_topics_end_is_looked_at_in_one_place_only_which_takes_nothing() -> None:
    assert _using(r"\bAIOKafkaConsumer\(") == {LOOKER}
    assert not re.search(r"group_id|commit|subscribe\(", LOOKER.read_text())


@pytest.mark.parametrize("setting", WANTED)
def test_a_subscriber_says_how_it_reads(setting: str) -> None:
    assert setting in READER.read_text()


def test_messages_are_produced_in_one_place_only_and_wait_for_all_replicas() -> None:
    producer = ROOT / "shared/runtime/publishing/producing.py"
    assert _using(r"\bAIOKafkaProducer\(") == {producer}
    assert 'acks="all"' in producer.read_text()


def test_nobody_acknowledges_by_hand_or_takes_every_fault_for_handled() -> None:
    assert _using(r"AckPolicy\.(?!NACK_ON_ERROR)|ExceptionMiddleware|\.(ack|reject)\(\)") == set()
