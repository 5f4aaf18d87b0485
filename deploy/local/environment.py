"""What the processes of one machine are told: the same variables that point at real servers."""

import os
from pathlib import Path

from deploy.local.databases import KEYS, SERVICES
from deploy.local.fault import Fault
from deploy.local.home import Home
from deploy.local.postgres import SUPERUSER, EmbeddedPostgres

TERRITORIES = Path(__file__).with_name("territories.txt")


def outside_databases() -> bool:
    """Whether the caller's own variables name databases elsewhere, for every service.

    Raises Fault when they name some but not all.
    """
    names = [f"{_prefix(service)}{name}" for service in SERVICES for name in ("DSN", "KEYS_DSN")]
    missing = [name for name in names if name not in os.environ]
    if 0 < len(missing) < len(names):
        raise Fault(f"databases elsewhere need all their variables; missing: {', '.join(missing)}")
    return not missing


def environment(home: Home, *, owner: bool = False) -> dict[str, str]:
    """The variables of this home's processes; what the caller has set himself goes first.

    The owner's addresses, by which tables are made, are told to migrations only. Databases that
    are elsewhere are left as the caller named them. Raises Fault when the databases are neither
    elsewhere nor were ever started here.
    """
    told = {
        "LINLI_PROFILE": "local",
        "LINLI_MASTER_KEY_FILE": str(home.master_key),
        "LINLI_JWKS_FILE": str(home.jwks),
        "LINLI_ISSUER_KEY_FILE": str(home.issuer_key),
        "LINLI_TERRITORIES_FILE": str(TERRITORIES),
        "PROMETHEUS_MULTIPROC_DIR": str(home.metrics),
    }
    told |= {name: os.environ[name] for name in told if name in os.environ}
    if outside_databases():
        return told
    for service in SERVICES:
        told |= _addresses(EmbeddedPostgres(home.path), service, owner=owner)
    return told


def _prefix(service: str) -> str:
    return f"LINLI_{service.upper()}__"


def _addresses(postgres: EmbeddedPostgres, service: str, *, owner: bool) -> dict[str, str]:
    prefix, keys = _prefix(service), f"{service}{KEYS}"
    told = {
        f"{prefix}DSN": postgres.dsn(service, service),
        f"{prefix}KEYS_DSN": postgres.dsn(keys, service),
    }
    if owner:
        told[f"{prefix}OWNER_DSN"] = postgres.dsn(service, SUPERUSER)
        told[f"{prefix}KEYS_OWNER_DSN"] = postgres.dsn(keys, SUPERUSER)
    return told
