"""The one image: what it takes, how it installs, as whom it runs."""

import tomllib
from pathlib import Path

from services.dashboard.pages.static_files import LIBRARIES
from tests.deploy.compose_file import ROOT


def dockerfile() -> list[list[str]]:
    """The instructions of the Dockerfile, as words."""
    text = (ROOT / "deploy" / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def copied() -> list[str]:
    """What the Dockerfile takes from the checkout."""
    lines = [line for line in dockerfile() if line[0] == "COPY"]
    own = [line for line in lines if not line[1].startswith("--from=")]
    return [path for line in own for path in line[1:-1]]


def test_the_image_takes_all_that_runs_and_only_what_is_there() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        packages = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert set(packages) | {"pyproject.toml", "requirements.lock"} <= set(copied())
    assert [path for path in copied() if not (ROOT / path).exists()] == []


def test_the_image_has_the_libraries_of_the_pages() -> None:
    placed = {
        f"{line[3].removeprefix('/opt/linli/libraries/')}{Path(line[2]).name}"
        for line in dockerfile()
        if line[:2] == ["COPY", "--from=libraries"]
    }
    assert placed == set(LIBRARIES.values())


def test_the_context_of_the_build_holds_what_is_copied_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    taken = {line[1:] for line in rules if line.startswith("!")}
    assert taken == {path.split("/")[0] for path in copied()}


def test_the_image_installs_by_hash_and_runs_as_nobody_special() -> None:
    lines = dockerfile()
    installs = [line for line in lines if "pip" in line and "install" in line]
    assert [line[-1] for line in installs if "--require-hashes" in line] == ["requirements.lock"]
    assert all({"--require-hashes", "--no-deps"} & set(line) for line in installs)
    assert [line[1] for line in lines if line[0] == "USER"] == ["10001:10001"]
    assert not [line for line in lines if line[0] == "ADD"]
