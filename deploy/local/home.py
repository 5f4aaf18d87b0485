"""The home folder (LINLI_HOME): everything that one installation keeps."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import OKPKey

from deploy.local.fault import Fault
from deploy.local.placement import RECORD
from shared.ops.settings import KernelSettings
from shared.store import seal_keys

MASTER_KEY_BYTES = 32


class AlreadyRunning(Fault):
    """Another supervisor holds this home."""


@dataclass(frozen=True)
class Home:
    """Paths below one home folder, and the keys in it."""

    path: Path

    @property
    def master_key(self) -> Path:
        """32 random bytes in base64, mode 0600: wraps the key of every person. While another one
        takes its place there are several, one a line, the present one first."""
        return self.path / "master.key"

    @property
    def issuer_key(self) -> Path:
        """Private Ed25519 JWK of the local token issuer, mode 0600."""
        return self.path / "issuer.key"

    @property
    def seal_key(self) -> Path:
        """The private keys that sign checkpoints, newest first, mode 0600."""
        return self.path / "seal.key"

    @property
    def seals(self) -> Path:
        """Trees and checkpoints of the logs, apart from their databases."""
        return self.path / "seals"

    @property
    def jwks(self) -> Path:
        """The JWK set by which services check tokens."""
        return self.path / "jwks.json"

    @property
    def state(self) -> Path:
        """Which processes belong to this home."""
        return self.path / "run" / "state.json"

    @property
    def metrics(self) -> Path:
        """Where the processes of one run share their counters."""
        return self.path / "run" / "metrics"

    @property
    def files(self) -> Path:
        """Where services keep files, such as photos; sealed, each below a folder of its own."""
        return self.path / "files"

    @property
    def service_token(self) -> Path:
        """The token by which this run's services ask one another, mode 0600."""
        return self.path / "run" / "service.token"

    def log(self, name: str) -> Path:
        """The log file of one process."""
        return self.path / "logs" / f"{name}.log"

    def prepare(self) -> None:
        """Make folders and keys that are not there yet.

        Raises Fault when the folder cannot be used, or when its data has lost its master key.
        """
        try:
            for folder in (self.path, self.path / "logs", self.path / "run", self.metrics):
                folder.mkdir(parents=True, exist_ok=True)
            self._make_keys()
        except (OSError, ValueError) as error:
            raise Fault(f"cannot use the home {self.path}: {error}") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other supervisor out of this home. Raises AlreadyRunning.

        The kernel lets go when this process ends, however it ends.
        """
        with self._alone("lock"):
            yield

    @contextmanager
    def keys_held(self) -> Iterator[None]:
        """Keep everyone else from changing the master key. Raises AlreadyRunning."""
        with self._alone("keys.lock"):
            yield

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        self.state.parent.mkdir(parents=True, exist_ok=True)
        with (self.state.parent / name).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning("already running") from None
            yield

    def _make_keys(self) -> None:
        if not self.master_key.exists():
            if (self.path / RECORD).exists():
                raise Fault(f"{self.master_key} is gone: the data here cannot be read without it")
            write_private(self.master_key, new_master())
        if not self.seal_key.exists():
            if (self.seals / seal_keys.KEYS).exists():
                raise Fault(f"{self.seal_key} is gone: nothing can be sealed on without it")
            district, _ = KernelSettings().named_district()
            seal_keys.write_private(self.seal_key, [seal_keys.made(f"linli.{district}")])
        if not self.issuer_key.exists():
            key = OKPKey.generate_key("Ed25519", {"alg": "Ed25519", "use": "sig"}, auto_kid=True)
            write_private(self.issuer_key, json.dumps(key.as_dict(private=True)).encode())
        issuer = OKPKey.import_key(json.loads(self.issuer_key.read_text()))
        draft = self.jwks.with_suffix(".new")
        draft.write_text(json.dumps({"keys": [issuer.as_dict(private=False)]}) + "\n")
        draft.replace(self.jwks)


def new_master() -> bytes:
    """A master key as it is written down."""
    return base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES))


def write_private(path: Path, content: bytes) -> None:
    """A file of mode 0600 with these lines, all of them or none, whatever breaks off; it takes the
    place of the one before."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
