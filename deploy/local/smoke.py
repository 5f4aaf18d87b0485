"""One petition through ``make up``, from an empty home to a clean stop.

``python -m deploy.local.smoke`` uses a free port and a home of its own. It exits 0 when all went
as it should, and 1 with one line otherwise; nothing of it stays.
"""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.local.fault import Fault
from deploy.local.placement import Placement
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.supervisor import ADDRESS, free_port

STOP_SECONDS = 60
TERRITORY = "shili"
CLERK = {"id": "smoke-1", "roles": ["dispatcher"], "territory": "shili"}
PETITION = {
    "territory": TERRITORY,
    "subject": "楼道灯不亮",
    "details": "三单元一楼到三楼的楼道灯不亮，晚上看不清台阶。",
    "channel": "online",
    "name": "试用住户",
}


def smoke(home: Path, port: int) -> None:
    """Start, file, read back, stop. Raises Fault with what did not go as it should."""
    process = subprocess.Popen(
        ["make", "--no-print-directory", "up"],
        env={**os.environ, "LINLI_HOME": str(home), "LINLI_PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _await_ready(process, f"ready http://{ADDRESS}:{port}")
        _file_and_read(port)
    finally:
        # as a Ctrl-C at the terminal: make and everything in its group are told at once
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=STOP_SECONDS)
    _check_stopped(home)


def told_of(home: Path) -> set[int]:
    """Every process whose command or environment names this home."""
    mark = os.fsencode(home)
    return {int(p.name) for p in Path("/proc").glob("[0-9]*") if mark in _told(p)}


def _await_ready(process: subprocess.Popen[str], expected: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("ready "):
            _expect(line.strip() == expected, f"said {line.strip()!r}, not {expected!r}")
            return
    raise Fault("make up ended before it was ready")


def _file_and_read(port: int) -> None:
    token = _ask(port, "POST", "/dev/token", body=CLERK)["token"]
    headers = {"authorization": f"Bearer {token}", "idempotency-key": "smoke-petition-1"}
    cases = "/api/grievance/v1/cases"
    first = _ask(port, "POST", cases, body=PETITION, headers=headers)
    again = _ask(port, "POST", cases, body=PETITION, headers=headers)
    _expect(first == again, "a retry got another answer")
    wanted = f"{cases}?territory={TERRITORY}&min_position={first['position']}"
    lines = _ask(port, "GET", wanted, headers=headers)["items"]
    found = [line["subject"] for line in lines if line["id"] == first["id"]]
    _expect(found == [PETITION["subject"]], "the petition is not on the register")


def _ask(
    port: int,
    method: str,
    path: str,
    *,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> Any:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=30)
    content = None if body is None else json.dumps(body).encode()
    known = {"content-type": "application/json", **(headers or {})}
    try:
        connection.request(method, path, content, known)
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    _expect(answer.status in (200, 201), f"{method} {path}: {answer.status} {text}")
    return json.loads(text)


def _check_stopped(home: Path) -> None:
    left = told_of(home)
    _expect(not left, f"still running after the stop: {sorted(left)}")
    place = Placement.of(home)
    assert place is not None
    _expect(not (place.data / "postmaster.pid").exists(), "PostgreSQL left its lock file")
    last = (home / "logs" / "postgres.log").read_text().rstrip().rpartition("\n")[2]
    _expect("database system is shut down" in last, f"PostgreSQL ended with: {last}")


def _expect(held: bool, otherwise: str) -> None:
    if not held:
        raise Fault(otherwise)


def _told(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    except OSError:
        return b""


def main() -> None:
    """Run it in a home of its own and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="linli-smoke-"))
    try:
        smoke(home, free_port(0))
    except Fault as fault:
        sys.exit(f"smoke: {fault}")
    finally:
        EmbeddedPostgres(home).purge()
        shutil.rmtree(home)
    sys.stdout.write("smoke: filed, read back, stopped cleanly\n")


if __name__ == "__main__":
    main()
