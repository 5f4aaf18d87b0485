"""Files that are no bundles, or pretend to be: the program answers with a sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.runtime.seals.packing import packed
from tests.grievance import bundle_vectors
from tests.grievance.bundles import (
    WITNESS,
    Made,
    bundle,
    refuse,
    seal,
    spelled,
    told,
    verifier,
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A bundle that a witness signed, of a case among others."""
    rows = told()
    return bundle(seal(tmp_path / "seals", [rows], 100, witness=WITNESS), rows)


def _zip(*parts: tuple[str, bytes], how: int = 0) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", how) as bundled:
        for name, content in parts:
            bundled.writestr(name, content)
    return made.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_file_gets_a_clear_answer(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, page = made.evidence, b"<p>"
    hostile = {
        "cannot be read as a bundle (BadZipFile)": [b"", b"hello", bytes(range(256)) * 99],
        "once each, and nothing else": [
            _zip(),
            _zip(("evidence.json", good), ("evidence.json", good)),
            _zip(("evidence.json", good), ("history.html", page), ("more", b"")),
            _zip(("history.html", page), ("evidence.json", good)),
        ],
        "compressed, encrypted or not where it belongs": [
            _zip(("evidence.json", bytes(40_000_000)), ("history.html", page), how=ZIP_DEFLATED),
            b"x" * 99 + made.content,
        ],
        "too large": [_zip(("evidence.json", b" " * 33 * 1024 * 1024), ("history.html", page))],
        "not JSON as it has to be": [
            packed(b'{"a":' * 200_000 + b"1" + b"}" * 200_000, page),
            packed(b'{"version":' + b"9" * 5_000 + b"}", page),
            packed(good.replace(b'"version":8', b'"version":8.0'), page),
            packed(b'{"a":"\xff"}', page),
            packed(b"NaN", page),
        ],
        "not written in the one way": [packed(good.replace(b'"clerk-1"', b'"\\ud800"'), page)],
        "must have exactly": [packed(b"[]", page), packed(b"{}", page)],
    }
    file = tmp_path / "hostile.zip"
    for said, contents in hostile.items():
        for content in contents:
            file.write_bytes(content)
            assert verifier.main([str(file)]) == 1, said
            assert said in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "not there")]) == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


def places(whole: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value."""
    found = [way] if way else []
    inner: Sequence[tuple[Any, Any]] = ()
    if isinstance(whole, dict):
        inner = [*whole.items()]
    elif isinstance(whole, list):
        inner = [*enumerate(whole)]
    for name, value in inner:
        found += places(value, (*way, name))
    return found


VECTOR = Made((bundle_vectors.PLACE / "cosigned.zip").read_bytes())
PLACES = places(VECTOR.whole)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PLACES), ANYTHING)
def test_whatever_stands_in_a_place_of_another_value_is_refused(
    way: tuple[Any, ...], value: object
) -> None:
    whole = VECTOR.whole
    inner: Any = whole
    for name in way[:-1]:
        inner = inner[name]
    same = inner[way[-1]] == value and type(inner[way[-1]]) is type(value)
    if same or (way, value) == (("openings",), []):  # whoever has a bundle can redact it
        return
    inner[way[-1]] = value
    refuse(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode(), VECTOR)
    try:
        told = spelled(whole)
    except UnicodeEncodeError:
        return
    refuse(told, VECTOR)


def test_nothing_that_is_printed_moves_the_cursor() -> None:
    assert verifier.seen("a\x1b[2J\u202eb\n路") == "a\\x1b[2J\\u202eb\\n路"


@given(st.text(st.characters(codec="utf-8")))
def test_there_is_one_spelling_of_a_text_here_and_there(text: str) -> None:
    assert orjson.dumps({"a": text}, option=orjson.OPT_SORT_KEYS) == spelled({"a": text})
