"""The bundle and the program that checks it: what holds is taken, and nothing else is."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared.core.merkle import inclusion
from tests.grievance import bundle_vectors
from tests.grievance.bundles import (
    PROGRAM,
    STRANGER,
    WITNESS,
    Made,
    bundle,
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
