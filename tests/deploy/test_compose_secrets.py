"""Keys and passwords for containers are made once, for their owner's eyes, and hold together."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.compose.secrets import MASTER_KEY, ROLES, make
from deploy.compose.token import ISSUER_KEY
from deploy.local.fault import Fault
from shared.ops.settings import KernelSettings
from shared.runtime.web.tokens import Verifier

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with everything made."""
    list(make(tmp_path / "secrets", "shili"))
    return tmp_path / "secrets"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def verifier(folder: Path) -> Verifier:
    known = KernelSettings(jwks_file=folder / "jwks")
    return Verifier(known.jwks(), issuer=known.issuer, audience=known.audience)


def command(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"deploy.compose.{module}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_what_is_there_is_never_written_again(folder: Path) -> None:
    before = contents(folder)
    assert list(make(folder, "elsewhere")) == []
    assert contents(folder) == before


def test_only_what_is_missing_is_made(folder: Path) -> None:
    before = contents(folder)
    (folder / "service_token").unlink()
    assert list(make(folder, "shili")) == ["service_token"]
    kept = contents(folder)
    assert kept.pop("service_token") != before.pop("service_token")
    assert kept == before


def test_no_two_passwords_are_the_same(folder: Path) -> None:
    passwords = {(folder / f"{role}_password").read_text().strip() for role in ROLES}
    assert len(passwords) == len(ROLES)
    assert all(len(password) == 64 and password.isalnum() for password in passwords)


def test_the_folder_and_the_signing_key_are_their_owners_alone(folder: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes.pop(ISSUER_KEY) == 0o400
    assert set(modes.values()) == {0o444}


def test_a_folder_that_others_may_enter_is_refused(folder: Path) -> None:
    folder.chmod(0o750)
    with pytest.raises(Fault, match="chmod 700"):
        list(make(folder, "shili"))


def test_a_lost_master_key_is_not_replaced(folder: Path) -> None:
    (folder / MASTER_KEY).unlink()
    with pytest.raises(Fault, match="cannot be read without it"):
        list(make(folder, "shili"))
    assert not (folder / MASTER_KEY).exists()


def test_the_services_take_the_master_key_and_their_token(folder: Path) -> None:
    known = KernelSettings(
        master_key_file=folder / MASTER_KEY, service_token_file=folder / "service_token"
    )
    assert [len(one) for one in known.masters()] == [32]
    actor = verifier(folder).actor(known.service_token())
    assert actor.roles == {"service"}
    assert actor.territory == "shili"


def test_the_keys_of_an_identity_provider_are_used(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o700)
    (folder / "jwks").write_text('{"keys": []}')
    with pytest.raises(Fault, match="your identity provider signs it"):
        list(make(folder, "shili"))
    (folder / "service_token").write_text("theirs")
    assert {f"{role}_password" for role in ROLES} == set(make(folder, "shili"))
    assert not (folder / ISSUER_KEY).exists()
    assert (folder / "jwks").read_text() == '{"keys": []}'


def test_the_command_names_what_it_made_and_tells_no_secret(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    done = command("secrets", str(folder))
    assert done.returncode == 0, done.stderr
    assert {Path(line).name for line in done.stdout.splitlines()} == set(contents(folder))
    assert not [
        name
        for name, content in contents(folder).items()
        if content.decode().strip() in done.stdout
    ]
    assert command("secrets", str(folder)).stdout == ""


def test_a_fault_is_one_line(folder: Path) -> None:
    folder.chmod(0o755)
    done = command("secrets", str(folder))
    assert done.returncode == 1
    assert done.stderr.startswith("secrets: others may read ")
    assert done.stderr.count("\n") == 1


def test_a_token_for_a_person_says_who_asks(folder: Path) -> None:
    wanted = ("clerk-1", "--role", "handling_unit", "--territory", "shili", "--unit", "water")
    done = command("token", str(folder), *wanted)
    actor = verifier(folder).actor(done.stdout.strip())
    assert actor.roles == {"handling_unit"}
    assert (actor.id, actor.territory, actor.unit) == ("clerk-1", "shili", "water")
