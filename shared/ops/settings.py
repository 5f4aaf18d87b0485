"""Settings that every service has, from environment variables `LINLI_…`."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

CODE = re.compile("[a-z0-9][a-z0-9-]{0,62}")


class Misconfigured(Exception):
    """A setting is missing or wrong; the message names it and says what it should be."""


class Databases(BaseModel):
    """Where a service keeps its log and its keys; the owners' addresses are for migrations only."""

    model_config = ConfigDict(frozen=True)

    dsn: str
    keys_dsn: str
    owner_dsn: str | None = None
    keys_owner_dsn: str | None = None


class Kafka(BaseModel):
    """The broker. `replicas` is how many brokers keep a topic that we make; `fetch_wait_ms` how
    long a fetch may wait for news; `idempotent` is off only where a broker has no such producers.
    """

    model_config = ConfigDict(frozen=True)

    bootstrap: str
    partitions: int = Field(default=4, ge=1, le=512)
    replicas: int = Field(default=1, ge=1, le=9)
    fetch_wait_ms: int = Field(default=500, ge=1, le=5_000)
    idempotent: bool = True

    @property
    def servers(self) -> list[str]:
        """The addresses of `bootstrap`, which separates them by commas."""
        return [server.strip() for server in self.bootstrap.split(",")]


class Seals(BaseModel):
    """`place` has trees and checkpoints, apart from the databases, for all processes to read;
    `key_file` the private keys, newest first, for whoever seals. A log that grows gets a checkpoint
    `every` so many seconds, and is checked anew `check_every` so many after a round. `witnesses` is
    a file of those who are asked to sign, too: a line `KEY URL` for each."""

    model_config = ConfigDict(frozen=True)

    place: Path
    key_file: Path | None = None
    every: float = Field(default=5.0, gt=0, le=10)
    check_every: float = Field(default=60.0, gt=0)
    witnesses: Path | None = None


class KernelSettings(BaseSettings):
    """What every process reads; a service adds its own `Databases`."""

    model_config = SettingsConfigDict(
        env_prefix="LINLI_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    profile: Literal["local", "production"] = "production"
    master_key: SecretStr | None = None
    master_key_file: Path | None = None
    jwks_file: Path | None = None
    issuer: str = "linli-local"
    audience: str = "linli"
    district: str = "shili 示例区"
    kafka: Kafka | None = None
    seals: Seals | None = None
    feeds: dict[str, str] = {}
    service_token_file: Path | None = None
    log_level: str = Field(default="info")

    def masters(self) -> tuple[bytes, ...]:
        """The master keys, read anew: 32 bytes each, given in base64, one a line; the present one
        first, then those before it. Raises Misconfigured."""
        text = self.master_key.get_secret_value() if self.master_key else None
        if text is None and self.master_key_file is not None:
            text = _read(self.master_key_file, "LINLI_MASTER_KEY_FILE")
        if text is None or not text.strip():
            raise Misconfigured("set LINLI_MASTER_KEY or LINLI_MASTER_KEY_FILE")
        return tuple(_master(line) for line in text.split())

    def jwks(self) -> str:
        """The public keys of the token issuer, a JWK set. Raises Misconfigured."""
        if self.jwks_file is None:
            raise Misconfigured("set LINLI_JWKS_FILE to the token issuer's public keys")
        return _read(self.jwks_file, "LINLI_JWKS_FILE")

    def service_token(self) -> str:
        """The token by which this service asks others, read anew. Raises Misconfigured."""
        if self.service_token_file is None:
            raise Misconfigured("set LINLI_SERVICE_TOKEN_FILE to a token of the role `service`")
        return _read(self.service_token_file, "LINLI_SERVICE_TOKEN_FILE").strip()

    def broker(self) -> Kafka:
        """The broker's settings. Raises Misconfigured without any."""
        if self.kafka is None:
            raise Misconfigured("set LINLI_KAFKA__BOOTSTRAP to the broker's host:port")
        return self.kafka

    def feed(self, service: str) -> str:
        """The base URL of another service's API. Raises Misconfigured."""
        if service not in self.feeds:
            raise Misconfigured(f"set LINLI_FEEDS__{service.upper()} to the base of its API")
        return self.feeds[service].rstrip("/")

    def named_district(self) -> tuple[str, str]:
        """The district's code and its name. Raises Misconfigured."""
        code, _, name = self.district.strip().partition(" ")
        if not CODE.fullmatch(code) or not name.strip():
            detail = "code (a to z, 0 to 9, -) and name, such as `shili 示例区`"
            raise Misconfigured(f"LINLI_DISTRICT: give the district's {detail}")
        return code, name.strip()


def _master(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise Misconfigured("the master key is not base64") from fault
    if len(key) != 32:
        raise Misconfigured(f"the master key has {len(key)} bytes, it needs 32")
    return key


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise Misconfigured(f"{name}: cannot read {path}: {fault.strerror}") from fault
