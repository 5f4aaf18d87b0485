"""compose.yaml and the image it builds: whole, hardened, and in step with what they run."""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import pytest

from deploy.compose.secrets import PASSWORD, ROLES
from deploy.local.asyncapi import received
from deploy.local.databases import SERVICES
from deploy.local.installed import INSTALLED
from deploy.local.postgres import INITDB, SETTINGS
from tests.deploy.compose_file import FILE, ROOT, Container, compose, containers, own
from tests.deploy.test_image import dockerfile

SERVED = [service.name for service in INSTALLED]
MAVEN = {"m": "http://maven.apache.org/POM/4.0.0"}
every_container = pytest.mark.parametrize("name", containers())


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def flags(arguments: list[str]) -> dict[str, str]:
    """The settings among the arguments of a PostgreSQL server."""
    set_here = [argument.removeprefix("-c") for argument in arguments if argument.startswith("-c")]
    return dict(argument.split("=", 1) for argument in set_here)


def reached(settings: Any, variable: str) -> str:
    """What the settings hold where this variable leads, as text."""
    for step in variable.removeprefix("LINLI_").lower().split("__"):
        fields = settings if isinstance(settings, dict) else getattr(settings, "__dict__", {})
        settings = fields.get(step)
    return str(settings)


def test_it_is_what_compose_takes() -> None:
    done = run(
        sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec",
        str(FILE),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_docker_compose_itself_takes_it() -> None:
    if shutil.which("docker") is None or run("docker", "compose", "version").returncode != 0:
        pytest.skip("there is no `docker compose` here")
    done = run("docker", "compose", "--profile", "tools", "config", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVED)
def test_every_service_has_a_container_for_each_role(service: str) -> None:
    for role in ("migrate", "api", "worker"):
        command = own()[f"{service}-{role}"]["command"]
        assert command[:4] == ["python", "-m", f"services.{service}", role]


@pytest.mark.parametrize("service", SERVED)
def test_nothing_serves_or_works_before_the_tables_are_there(service: str) -> None:
    done = {"condition": "service_completed_successfully"}
    assert own()[f"{service}-migrate"]["depends_on"] == {"databases": done}
    for role in ("api", "worker"):
        assert own()[f"{service}-{role}"]["depends_on"][f"{service}-migrate"] == done
    healthy = {"condition": "service_healthy"}
    assert own()[f"{service}-worker"]["depends_on"]["kafka"] == healthy
    assert containers()["entry"]["depends_on"][f"{service}-api"] == healthy


@pytest.mark.parametrize("service", SERVED)
def test_a_worker_can_ask_the_feeds_of_what_it_follows(service: str) -> None:
    worker = own()[f"{service}-worker"]
    for source in received(service):
        where = f"http://{source.service}-api:8000/api/{source.service}/v1"
        assert worker["environment"][f"LINLI_FEEDS__{source.service.upper()}"] == where
        token = worker["environment"]["LINLI_SERVICE_TOKEN_FILE"]
        assert token.removeprefix("/run/secrets/") in worker["secrets"]


@every_container
def test_what_others_wait_for_can_come_true(name: str) -> None:
    for waited_for, how in containers()[name].get("depends_on", {}).items():
        other = containers()[waited_for]
        if how["condition"] == "service_healthy":
            assert other["healthcheck"]["test"]
        else:
            assert how["condition"] == "service_completed_successfully"
            assert other["restart"] == "no"


@pytest.mark.parametrize("name", own())
def test_every_variable_reaches_the_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in [known for known in os.environ if known.startswith("LINLI_")]:
        monkeypatch.delenv(variable)
    told = own()[name]["environment"]
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)
    read = [
        importlib.import_module(f"services.{service}.settings").Settings()
        for service in SERVED
        if f"LINLI_{service.upper()}__DSN" in told
    ]
    assert read
    for variable, value in told.items():
        assert value in [reached(one, variable) for one in read], variable


@pytest.mark.parametrize("service", SERVED)
def test_only_migrations_know_the_owner(service: str) -> None:
    for name, one in own().items():
        told = [v for v in one["environment"] if v.endswith("OWNER_DSN")]
        passwords = {s for s in one["secrets"] if s.endswith(f"_owner{PASSWORD}")}
        assert bool(told) == bool(passwords) == name.endswith("-migrate"), name
    for role in ("api", "worker"):
        assert f"{service}{PASSWORD}" in own()[f"{service}-{role}"]["secrets"]


def test_every_role_has_its_password_and_the_databases_are_made_with_all() -> None:
    passwords = {f"{role}{PASSWORD}" for role in ROLES}
    assert {name for name in compose()["secrets"] if name.endswith(PASSWORD)} == passwords
    assert set(containers()["databases"]["secrets"]) == passwords


@every_container
def test_what_a_container_mounts_is_defined_and_there(name: str) -> None:
    one, whole = containers()[name], compose()
    assert set(one.get("secrets", [])) <= set(whole["secrets"])
    for mounted in one.get("configs", []):
        assert (ROOT / whole["configs"][mounted["source"]]["file"]).is_file()
    for mounted in one.get("volumes", []):
        assert mounted.split(":")[0] in whole["volumes"]


@every_container
def test_a_container_can_do_no_more_than_it_must(name: str) -> None:
    one = containers()[name]
    assert one["read_only"] is (name != "kafka")
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not {"cap_add", "privileged", "network_mode", "pid"} & set(one)
    assert one["restart"] in ("no", "unless-stopped")
    assert one["stop_grace_period"] == "30s"
    assert one["mem_limit"]
    assert one["logging"]["options"]["max-size"]


def test_one_port_is_open_and_to_this_machine_only() -> None:
    opened = {name: one["ports"] for name, one in containers().items() if "ports" in one}
    assert opened == {"entry": ["127.0.0.1:8000:8080"]}
    assert compose()["networks"]["inside"] == {"internal": True}
    assert [n for n, one in containers().items() if one["networks"] != ["inside"]] == ["entry"]


@every_container
def test_no_password_is_in_a_variable(name: str) -> None:
    for variable, value in containers()[name].get("environment", {}).items():
        assert not re.search(r"://[^/@]*:[^/@]*@", value)
        assert "PASSWORD" not in variable or variable.endswith("_FILE")


@every_container
def test_images_are_named_by_a_version(name: str) -> None:
    one: Container = containers()[name]
    assert "build" in one or re.fullmatch(r"[\w/]+:\d+\.?[\w.-]*", one["image"])


def test_the_broker_is_the_one_that_tests_run() -> None:
    pom = ElementTree.parse(ROOT / "deploy" / "kafka" / "pom.xml")
    versions = {
        one.findtext("m:artifactId", namespaces=MAVEN): one.findtext("m:version", namespaces=MAVEN)
        for one in pom.iterfind(".//m:dependency", MAVEN)
    }
    assert containers()["kafka"]["image"] == f"apache/kafka:{versions['kafka_2.13']}"


def test_postgres_is_set_as_on_one_machine() -> None:
    placed = {"listen_addresses", "port", "unix_socket_permissions"}
    one = containers()["postgres"]
    assert flags(one["command"]) == {k: v for k, v in SETTINGS.items() if k not in placed}
    made = {a for a in INITDB if not a.startswith(("--auth", "--username"))}
    assert made | {"--auth-host=scram-sha-256"} == set(
        one["environment"]["POSTGRES_INITDB_ARGS"].split()
    )


def test_there_are_databases_for_every_service() -> None:
    assert {service.name for service in SERVICES} == set(SERVED)


def test_the_command_line_starts_as_all_else_does_and_knows_every_database() -> None:
    [start] = [line for line in dockerfile() if line[0] == "ENTRYPOINT"]
    tool = own()["linli"]
    assert [*json.loads(" ".join(start[1:])), "linli"] == tool["entrypoint"]
    assert tool["profiles"] == ["tools"]
    assert {f"LINLI_{service.upper()}__DSN" for service in SERVED} <= set(tool["environment"])
