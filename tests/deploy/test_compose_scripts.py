"""What the containers run besides our code: entrypoint, broker, health check and the one entry."""

import http.client
import http.server
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.ports import ADDRESS, free_ports
from services.grievance.app import grievance
from services.grievance.photos.api import LARGEST_PHOTO, PHOTOS
from services.territory.app import territory
from services.territory.enrolment.uploads import LARGEST_FILE, UPLOADS
from shared.runtime.web.http import BODY_LIMIT
from tests.deploy.compose_file import ROOT, own

COMPOSE = ROOT / "deploy" / "compose"
SECONDS = 20


def sh(script: str, *arguments: str, **environment: str) -> str:
    """What the script prints; it must succeed."""
    command = ["sh", "-c", script, "script", *arguments]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=True,
        timeout=SECONDS,
    ).stdout  # fmt: skip


@contextmanager
def answering(status: int, name: str = "", below: str = "/") -> Iterator[int]:
    """A server on a port of its own that gives this answer, and 404 elsewhere."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path.startswith(below) else 404)
            self.end_headers()
            self.wfile.write(f"{name} {self.path} {self.headers['host']}".encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer((ADDRESS, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_the_entrypoint_makes_a_password_file_for_nobody_else(tmp_path: Path) -> None:
    for role in ("grievance", "dashboard_owner"):
        (tmp_path / f"{role}_password").write_text(f"of-{role}\n")
    (tmp_path / "master_key").write_text("not a password\n")
    script = (COMPOSE / "entrypoint.sh").read_text().replace("/run/secrets", str(tmp_path))
    passfile = tmp_path / "pgpass"
    for _ in range(2):  # a container that starts again finds the file
        told = sh(
            script, "sh", "-c", 'umask; echo "$@"', "command", "a b", PGPASSFILE=str(passfile)
        )
        assert told.split("\n", 1)[1] == "a b\n"
    assert told.split("\n", 1)[0] == sh("umask").strip()
    assert passfile.read_text() == (
        "*:*:*:dashboard_owner:of-dashboard_owner\n*:*:*:grievance:of-grievance\n"
    )
    assert stat.S_IMODE(passfile.stat().st_mode) == 0o600


def test_without_passwords_the_entrypoint_just_starts_the_command(tmp_path: Path) -> None:
    script = (COMPOSE / "entrypoint.sh").read_text().replace("/run/secrets", str(tmp_path))
    assert sh(script, "echo", "started", PGPASSFILE=str(tmp_path / "pgpass")) == "started\n"


def test_a_new_volume_is_a_new_cluster_and_an_old_one_keeps_its_id(tmp_path: Path) -> None:
    script = (COMPOSE / "kafka.sh").read_text()

    def cluster() -> str:
        command = ("sh", "-c", 'printf %s "$CLUSTER_ID"')
        return sh(script, *command, KAFKA_LOG_DIRS=str(tmp_path), CLUSTER_ID="the image's own")

    first, second = cluster(), cluster()
    assert first != second
    assert len(first) == len(second) == 22
    assert first.isalnum()
    (tmp_path / "meta.properties").write_text(f"#\nnode.id=1\nversion=1\ncluster.id={first}\n")
    assert cluster() == first


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_an_api_is_healthy_when_it_says_that_it_is_ready(status: int, healthy: bool) -> None:
    kind, python, *command = own()["grievance-api"]["healthcheck"]["test"]
    assert (kind, python) == ("CMD", "python")
    with answering(status, below="/readyz") as port:
        asked = [argument.replace(":8000/", f":{port}/") for argument in command]
        done = subprocess.run(
            [sys.executable, *asked],
            env={**os.environ, "http_proxy": "http://127.0.0.1:9", "no_proxy": ""},
            capture_output=True, check=False, timeout=SECONDS,
        )  # fmt: skip
    assert (done.returncode == 0) is healthy


@contextmanager
def entry(folder: Path, **services: int) -> Iterator[int]:
    """The one entry on a port of its own; the services are on these ports of loopback."""
    [port] = free_ports(1)
    text = (COMPOSE / "nginx.conf").read_text().replace("/tmp/", f"{folder}/")
    text = text.replace("listen 8080", f"listen {ADDRESS}:{port}")
    for name, served in services.items():
        text = text.replace(f"{name}-api:8000", f"{ADDRESS}:{served}")
    (folder / "nginx.conf").write_text(text)
    command = ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + SECONDS
        while get(port, "/livez") is None:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield port
    finally:
        process.terminate()
        process.wait(SECONDS)


def get(port: int, path: str) -> tuple[int, str] | None:
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"host": "district.example"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except ConnectionError:
        return None
    finally:
        connection.close()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_the_entry_passes_each_path_to_its_service_and_nothing_else(open_folder: Path) -> None:
    with (
        answering(200, "cases") as grievance,
        answering(200, "boards") as dashboard,
        entry(open_folder, grievance=grievance, dashboard=dashboard) as port,
    ):
        for name, service in (("cases", "grievance"), ("boards", "dashboard")):
            path = f"/api/{service}/v1/things?from=a%20b"
            assert get(port, path) == (200, f"{name} {path} district.example")
        for outside in ("/", "/readyz", "/metrics", "/dev/token", "/api/other/v1/things"):
            answer = get(port, outside)
            assert answer is not None
            assert (answer[0], json.loads(answer[1])["status"]) == (404, 404)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_the_entry_says_when_a_service_does_not_answer(open_folder: Path) -> None:
    nobody, none = free_ports(2)
    with entry(open_folder, grievance=nobody, dashboard=none) as port:
        answer = get(port, "/api/grievance/v1/cases")
        assert answer is not None
        assert (answer[0], json.loads(answer[1])["status"]) == (503, 503)


def test_the_entry_lets_through_what_the_services_take() -> None:
    text = (COMPOSE / "nginx.conf").read_text()
    sizes = {"m": 1 << 20, "k": 1 << 10}
    limits = [
        int(number) * sizes[unit]
        for number, unit in re.findall(r"client_max_body_size (\d+)([mk]);", text)
    ]
    [uploads] = re.findall(r"location = (\S+/uploads) \{\s*client_max_body_size 33m;", text)
    assert uploads == f"{territory.path}{UPLOADS}"
    assert limits[0] > BODY_LIMIT
    assert limits[1] > LARGEST_FILE
    [photos] = re.findall(r"location = (\S+/photos) \{\s*client_max_body_size 11m;", text)
    assert photos == f"{grievance.path}{PHOTOS}"
    assert limits[2] > LARGEST_PHOTO
