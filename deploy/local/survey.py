"""What of a home is running right now."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from deploy.local.environment import outside_broker, outside_databases
from deploy.local.home import Home
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.state import State
from deploy.local.supervisor import answers_ready

KEPT = ("supervisor", "web", "worker")


@dataclass(frozen=True)
class Survey:
    """The processes that should run, each with its id while it does."""

    home: Home
    url: str | None
    ready: bool
    pids: dict[str, int | None]

    @classmethod
    def of(cls, home: Home) -> "Survey":
        """Look at every process of the home, and ask `/readyz`."""
        state = State.read(home)
        told = {"supervisor": state.supervisor, **state.children} if state else {}
        living = {name: process.pid for name, process in told.items() if process.alive}
        pids = {name: living.get(name) for name in KEPT}
        if not outside_broker():
            pids["broker"] = living.get("broker")
        if not outside_databases():
            pids["postgres"] = EmbeddedPostgres(home.path).pid
        url = state.url if state and "supervisor" in living else None
        ready = bool(url and state and state.ready and answers_ready(urlsplit(url).port or 0))
        return cls(home=home, url=url, ready=ready, pids=pids)

    @property
    def wrong(self) -> str | None:
        """One line about what is missing; None when everything runs and is ready."""
        missing = [name for name, pid in self.pids.items() if pid is None]
        if len(missing) == len(self.pids):
            return "not running"
        if missing:
            return f"not running: {', '.join(missing)}"
        return None if self.ready else "running, but not ready"

    def told(self) -> dict[str, object]:
        """The same for a program."""
        return {
            "home": str(self.home.path),
            "url": self.url,
            "ready": self.ready,
            "processes": {name: {"pid": pid} for name, pid in self.pids.items()},
        }

    def lines(self) -> str:
        """The same for a person."""
        rows = [("home", self.home.path), ("url", self.url or "-")]
        rows += [(name, f"process {pid}" if pid else "-") for name, pid in self.pids.items()]
        return "\n".join(f"{name:<12}{value}" for name, value in rows)
