"""The bundle and the program that checks it: what holds is taken, and nothing else is."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grievance.evidence.packing import packed
from shared.core.merkle import inclusion
from shared.core.notes import BadNote
from shared.store import seal_keys
from shared.store.seal_folder import appended
from tests.grievance import bundle_vectors
from tests.grievance.bundles import (
    LOG_KEY,
    NEXT_KEY,
    NINE,
    OTHER,
    OTHER_WITNESS,
    PROGRAM,
    STORY,
    STRANGER,
    WITNESS,
    Made,
    bundle,
    refuse,
    seal,
    spelled,
    told,
    verifier,
)

LISTED = json.loads((bundle_vectors.PLACE / "vectors.json").read_text("utf-8"))
FILES = sorted(name for name in LISTED if name.endswith(".zip"))
# What a stranger's machine has, and nothing of ours.
ALONE = f"""
import runpy, sys
class Only:
    def find_spec(self, name, *_):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names | {{"cryptography", "_cffi_backend", "cffi"}}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Only())
sys.argv = sys.argv[1:]
runpy.run_path({str(PROGRAM)!r}, run_name="__main__")
"""


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A bundle that a witness signed, of a case among others."""
    rows = told()
    return bundle(seal(tmp_path / "seals", [rows], 100, witness=WITNESS), rows)


def run(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The program, with `cryptography` and nothing else that is not Python's own."""
    told = [sys.executable, "-I", "-W", "error", "-c", ALONE, str(PROGRAM), str(file), *options]
    return subprocess.run(told, capture_output=True, text=True, encoding="utf-8", check=False)


def test_what_is_proved_and_what_is_not_is_said_in_plain_words(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "case.zip"
    file.write_bytes(made.content)
    found = run(file, "--key", made.key, "--witness", made.witness, "--history")
    assert (found.returncode, found.stderr) == (0, "")
    for part in (
        "These 8 events", "in this order, unaltered, no later than 2026-05-02T01:00:00+00:00",
        "The witness court had seen them sealed by 2026-05-02T01:00:03+00:00",
        "That what the events say is true", "That nothing followed after",
        "最后一条之后没有新的记录",
        "The 4 opened values", "What the 2 sealed values say",
        "reply: 已更换灯泡。", "details: 三单元门口的路灯坏了两周。\\n<b>请</b>尽快",
    ):  # fmt: skip
        assert part in found.stdout, part
    assert "THAT THE KEY IS THE RIGHT ONE" not in found.stdout
    bare = run(file)
    assert bare.returncode == 0
    assert "THAT THE KEY IS THE RIGHT ONE" in bare.stdout
    assert made.key in bare.stdout
    assert "EVENTS" not in bare.stdout
    other = run(file, "--key", str(STRANGER.public))
    assert other.returncode == 1
    assert "not signed by the key that you gave" in other.stdout


def test_the_program_is_of_python_3_9_and_imports_only_cryptography() -> None:
    tree = ast.parse(PROGRAM.read_text("utf-8"), feature_version=(3, 9))
    names = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    outside = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    assert outside == {"cryptography"}


def test_the_vectors_are_what_they_always_were() -> None:
    files, listed = bundle_vectors.vectors()
    assert listed == LISTED
    for name, content in files.items():
        kept = (bundle_vectors.PLACE / name).read_bytes()
        assert kept == content or "compressed" in name, name
    assert {path.name for path in bundle_vectors.PLACE.glob("*.zip")} == files.keys()


@pytest.mark.parametrize("name", FILES)
def test_each_vector_is_taken_or_refused_as_it_says(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    about = LISTED[name]
    options = [part for key in about["keys"] for part in ("--key", key)]
    options += [part for key in about.get("witnesses", ()) for part in ("--witness", key)]
    code = verifier.main([str(bundle_vectors.PLACE / name), *options])
    said = capsys.readouterr().out
    assert code == (0 if about["holds"] else 1)
    assert said.startswith("PROVED" if about["holds"] else "DOES NOT HOLD")
    if about.get("opened"):
        assert f"The {about['opened']} opened values are what was sealed" in said


def test_a_redacted_bundle_holds_and_has_nothing_that_anyone_wrote(tmp_path: Path) -> None:
    rows = told()
    made = bundle(seal(tmp_path, [rows], 100), rows, redacted=True)
    found = verifier.check(made.evidence, [made.key])
    assert (len(found.openings), found.sealed) == (0, 6)
    everything = made.content.decode("utf-8", "replace")
    for written in ("路灯不亮", "三单元", "测试人", "已更换灯泡", "7KQX"):
        assert written not in everything
    assert "这是隐去版" in made.page


def test_what_is_withheld_stays_sealed(tmp_path: Path) -> None:
    rows = told()
    made = bundle(seal(tmp_path, [rows], 100), rows, withheld=("name",))
    found = verifier.check(made.evidence, [made.key])
    assert sorted(place for _, place in found.openings) == ["/details", "/reply", "/subject"]
    assert "测试人".encode() not in made.content


def test_the_same_case_and_seals_are_the_same_bytes(tmp_path: Path) -> None:
    rows = told()
    seals = seal(tmp_path, [rows], 100)
    assert bundle(seals, rows) == bundle(seals, rows)


def test_every_byte_of_the_evidence_counts(tmp_path: Path) -> None:
    rows = told(STORY[2:5])
    seals = seal(
        tmp_path, [rows], 20, keys=(NEXT_KEY, LOG_KEY), signing=1, witness=WITNESS
    )  # fmt: skip
    made = bundle(seals, rows)
    evidence = made.evidence
    assert verifier.check(evidence, [made.key])
    for place in range(len(evidence)):
        refuse(evidence[:place] + bytes([evidence[place] ^ 1]) + evidence[place + 1 :], made)


def test_a_case_of_events_left_out_swapped_or_added_does_not_hold(made: Made) -> None:
    whole = made.whole
    count = len(whole["events"])
    for n in range(count):
        for change in (_without, _twice, _swapped):
            broken = deepcopy(whole)
            change(broken["events"], n)
            if broken["events"] != whole["events"]:
                said = refuse(spelled(broken), made)
                assert "event" in said
                for version, event in enumerate(broken["events"], start=1):
                    event["version"] = version
                refuse(spelled(broken), made)


def _without(events: list[Any], n: int) -> None:
    del events[n]


def _twice(events: list[Any], n: int) -> None:
    events.insert(n, dict(events[n]))


def _swapped(events: list[Any], n: int) -> None:
    events[n], events[n - 1] = events[n - 1], events[n]


def test_the_proof_of_another_case_proves_nothing(tmp_path: Path) -> None:
    rows, others = told(), told(STORY[:6], OTHER, first=3)
    seals = seal(tmp_path, [rows, others], 100)
    made, other = bundle(seals, rows), bundle(seals, others)
    assert verifier.check(other.evidence, [other.key])
    for name in ("inclusion", "events", "stream", "openings"):
        broken = made.whole | {name: other.whole[name]}
        if broken != made.whole:
            refuse(spelled(broken), made)


def test_a_witness_that_did_not_sign_is_missed(made: Made) -> None:
    said = refuse(made.evidence, made, witnesses=[str(OTHER_WITNESS.public)])
    assert said == "the witness elsewhere has not signed the checkpoint"
    refuse(made.evidence, made, witnesses=[made.key])
    refuse(made.evidence, made, keys=[made.witness])


def test_a_checkpoint_of_the_next_key_is_tied_to_the_first(tmp_path: Path) -> None:
    rows = told()
    seals = seal(tmp_path, [rows], 100, keys=(NEXT_KEY, LOG_KEY), signing=1)
    made = bundle(seals, rows)
    for known in (LOG_KEY, NEXT_KEY):
        found = verifier.check(made.evidence, [str(known.public)])
        assert [one.name for one in found.signers] == [NEXT_KEY.name]
    untied = made.whole | {"rotations": []}
    assert "not signed by the key that you gave" in refuse(spelled(untied), made)


def test_a_stranger_is_not_tied_by_signing_beside_us(tmp_path: Path) -> None:
    """A line can be added to any note; one that ties keys has to name them."""
    seals = seal(tmp_path, [told()], 100, keys=(NEXT_KEY, LOG_KEY))
    place = seals.place
    assert {*seal_keys.trusted(place, [LOG_KEY.public])} == {LOG_KEY.public, NEXT_KEY.public}
    [tie] = seal_keys.ties(place)
    both = tie.with_lines([STRANGER.sign(tie.text, NINE)])
    appended(place / seal_keys.ROTATIONS, both)
    seal_keys.remember(place, [STRANGER])
    assert STRANGER.public not in seal_keys.trusted(place, [LOG_KEY.public])
    latest = (place / "grievance" / "1" / "checkpoint").read_text("utf-8")
    (place / seal_keys.ROTATIONS).write_text(f"{latest}\n", encoding="utf-8")
    with pytest.raises(BadNote):
        seal_keys.trusted(place, [LOG_KEY.public])


class Endless:
    """A tree of any size, whose hashes are all alike."""

    def perfect(self, height: int, index: int) -> bytes:
        return bytes([height]) * 32


def test_the_proof_of_a_case_in_a_hundred_million_events_is_two_kilobytes(
    tmp_path: Path,
) -> None:
    size = 100_000_000
    rows = told()
    whole = bundle(seal(tmp_path, [rows], 100, witness=WITNESS), rows).whole
    paths = [inclusion(Endless(), at, size) for at in (0, 1, 77_777_777, size - 1)]
    longest = max(paths, key=len)
    assert len(longest) == 27
    proof = {
        "inclusion": [verifier.b64encode(one).decode() for one in longest],
        "checkpoint": whole["checkpoint"].replace("\n100\n", f"\n{size}\n"),
        "keys": whole["keys"], "witnesses": whole["witnesses"], "rotations": [],
    }  # fmt: skip
    assert len(spelled(proof)) <= 2_048


def test_the_page_is_closed_in_itself_and_shows_texts_as_texts(made: Made) -> None:
    page = made.page
    assert "&lt;b&gt;请&lt;/b&gt;尽快 &amp; 修好。" in page
    for part in ("<script", "src=", "href=", "url(", "@import", "http:", "https:"):
        assert part not in page
    assert "default-src 'none'" in page
    for part in ("作出答复", "已更换灯泡。", "路灯所", "单位：园林所", "不能证明", "court"):
        assert part in page
    assert "7KQX" not in page


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
