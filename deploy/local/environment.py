"""What the processes of one machine are told: the same variables that point at real servers."""

import os
from dataclasses import dataclass

from deploy.local.databases import KEYS, SERVICES, Owned
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.postgres import SUPERUSER, EmbeddedPostgres

PUBLISHING = ("territory", "grievance", "volunteer", "points")

# the embedded broker wakes no waiting fetch, and has no idempotent producers
EMBEDDED = {"LINLI_KAFKA__FETCH_WAIT_MS": "20", "LINLI_KAFKA__IDEMPOTENT": "false"}


@dataclass(frozen=True)
class Addresses:
    """Where one run answers: its web process, and its broker unless that is elsewhere."""

    url: str
    broker: str | None


def outside_databases() -> bool:
    """Whether the caller's own variables name databases elsewhere, for every service.

    Raises Fault when they name some but not all.
    """
    names = [name for service in SERVICES for name in _needed(service)]
    missing = [name for name in names if name not in os.environ]
    if 0 < len(missing) < len(names):
        raise Fault(f"databases elsewhere need all their variables; missing: {', '.join(missing)}")
    return not missing


def outside_broker() -> bool:
    """Whether the caller's own variables name a broker elsewhere."""
    return "LINLI_KAFKA__BOOTSTRAP" in os.environ


def environment(home: Home, *, owner: bool = False, at: Addresses | None = None) -> dict[str, str]:
    """The variables of this home's processes; what the caller has set himself goes first.

    The broker and the feeds are told only to processes of a run, by its addresses. The owner's
    addresses, by which tables are made, are told to migrations only. Databases that are elsewhere
    are left as the caller named them. Raises Fault when the databases are neither elsewhere nor
    were ever started here.
    """
    told = {
        "LINLI_PROFILE": "local",
        "LINLI_MASTER_KEY_FILE": str(home.master_key),
        "LINLI_JWKS_FILE": str(home.jwks),
        "LINLI_ISSUER_KEY_FILE": str(home.issuer_key),
        "LINLI_SERVICE_TOKEN_FILE": str(home.service_token),
        "LINLI_FILES_DIR": str(home.files),
        "LINLI_SEALS__PLACE": str(home.seals),
        "LINLI_SEALS__KEY_FILE": str(home.seal_key),
        "PROMETHEUS_MULTIPROC_DIR": str(home.metrics),
        **(_run(at) if at else {}),
    }
    told |= {name: os.environ[name] for name in told if name in os.environ}
    if outside_databases():
        return told
    for service in SERVICES:
        told |= _addresses(EmbeddedPostgres(home.path), service, owner=owner)
    return told


def _run(at: Addresses) -> dict[str, str]:
    told = {f"LINLI_FEEDS__{name.upper()}": f"{at.url}/api/{name}/v1" for name in PUBLISHING}
    if at.broker is not None:
        told |= {"LINLI_KAFKA__BOOTSTRAP": at.broker, **EMBEDDED}
    return told


def _prefix(service: Owned) -> str:
    return f"LINLI_{service.name.upper()}__"


def _needed(service: Owned) -> list[str]:
    names = ("DSN", "KEYS_DSN") if service.keys else ("DSN",)
    return [f"{_prefix(service)}{name}" for name in names]


def _addresses(postgres: EmbeddedPostgres, service: Owned, *, owner: bool) -> dict[str, str]:
    told = {}
    for database in service.databases:
        prefix = f"{_prefix(service)}{'KEYS_' if database.endswith(KEYS) else ''}"
        told[f"{prefix}DSN"] = postgres.dsn(database, service.name)
        if owner:
            told[f"{prefix}OWNER_DSN"] = postgres.dsn(database, SUPERUSER)
    return told
