"""`--scale` and `--seed` say which sample; what is none is refused in one line."""

from __future__ import annotations

import os
import signal

import pytest

from tests.deploy.conftest import SECONDS, Installation

SCALE = "write a number from 0.01 to 10"
SEED = "write a whole number from 0 to 999999999"


@pytest.mark.parametrize(("options", "words"), [
    (("--scale", "0.009"), SCALE), (("--scale", "10.1"), SCALE), (("--scale", "nan"), SCALE),
    (("--scale", "large"), SCALE), (("--seed", "-1"), SEED), (("--seed", "1.5"), SEED),
])  # fmt: skip
def test_what_is_no_scale_or_seed_is_refused_in_one_line(
    installation: Installation, options: tuple[str, ...], words: str
) -> None:
    code, out, err = installation.run("up", "--sample", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("linli: ")
    assert words in err
    assert repr(options[1]) in err


def test_a_scale_without_a_sample_is_refused(installation: Installation) -> None:
    code, _, err = installation.run("up", "--scale", "0.1")
    assert code == 1
    assert err == "linli: --scale and --seed say which sample: give --sample, too\n"


@pytest.mark.system
@pytest.mark.postgres
def test_the_sample_is_loaded_by_its_scale_and_seed(installation: Installation) -> None:
    process, _ = installation.up("--sample", "--scale", "0.1", "--seed", "7")
    assert installation.diary()[0] == "sample --seed 7 --scale 0.1"
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=SECONDS)
    code, _, err = installation.run("up", "--detach", "--sample", "--scale", "2")
    assert (code, err) == (0, "")
    assert "sample --seed 1 --scale 2.0" in installation.diary()
    assert installation.run("down")[0] == 0
