"""A home keeps its keys, and is held by one supervisor at a time."""

import base64
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from deploy.local import environment
from deploy.local.fault import Fault
from deploy.local.home import AlreadyRunning, Home
from deploy.local.processes import Process


def test_keys_are_private_and_made_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    before = home.master_key.read_bytes(), home.issuer_key.read_bytes(), home.jwks.read_bytes()
    home.prepare()
    assert before == (
        home.master_key.read_bytes(),
        home.issuer_key.read_bytes(),
        home.jwks.read_bytes(),
    )
    assert len(base64.b64decode(before[0], validate=False)) == 32
    for key in (home.master_key, home.issuer_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_public_set_holds_no_private_part(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    (key,) = json.loads(home.jwks.read_text())["keys"]
    assert "d" not in key
    assert key["crv"] == "Ed25519"


def test_data_that_lost_its_master_key_is_not_given_another(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    home.master_key.unlink()
    (tmp_path / "postgres.json").write_text("{}")
    with pytest.raises(Fault, match=r"master\.key is gone"):
        home.prepare()


def test_a_home_is_held_once(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.held(), pytest.raises(AlreadyRunning), home.held():
        pass
    with home.held():
        pass


def test_a_process_is_known_by_its_start_too() -> None:
    me = Process.of(os.getpid())
    assert me is not None
    assert me.alive
    assert not Process(pid=me.pid, started="another life").alive


def test_an_ended_process_is_gone_before_its_parent_has_noticed() -> None:
    child = subprocess.Popen(["true"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert Process.of(child.pid) is None
    child.wait()


def test_databases_elsewhere_are_named_all_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not environment.outside_databases()
    monkeypatch.setenv("LINLI_GRIEVANCE__DSN", "postgresql://elsewhere/grievance")
    with pytest.raises(Fault, match="LINLI_GRIEVANCE__KEYS_DSN"):
        environment.outside_databases()
    monkeypatch.setenv("LINLI_GRIEVANCE__KEYS_DSN", "postgresql://elsewhere/keys")
    monkeypatch.setenv("LINLI_TERRITORY__DSN", "postgresql://elsewhere/territory")
    monkeypatch.setenv("LINLI_TERRITORY__KEYS_DSN", "postgresql://elsewhere/territory_keys")
    monkeypatch.setenv("LINLI_VOLUNTEER__DSN", "postgresql://elsewhere/volunteer")
    monkeypatch.setenv("LINLI_VOLUNTEER__KEYS_DSN", "postgresql://elsewhere/volunteer_keys")
    monkeypatch.setenv("LINLI_POINTS__DSN", "postgresql://elsewhere/points")
    monkeypatch.setenv("LINLI_POINTS__KEYS_DSN", "postgresql://elsewhere/points_keys")
    with pytest.raises(Fault, match=r"missing: LINLI_DASHBOARD__DSN$"):
        environment.outside_databases()
    monkeypatch.setenv("LINLI_DASHBOARD__DSN", "postgresql://elsewhere/dashboard")
    assert environment.outside_databases()
