"""The official jars: what they need of this machine, and how they are brought here once."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.local.fault import Fault

POM = Path(__file__).with_name("pom.xml")
CHECKOUT = Path(__file__).parents[2]
JAVA = 17
RESOLVE_SECONDS = 600


class KafkaError(Fault):
    """Apache Kafka cannot be run here."""


def available() -> str | None:
    """What this machine lacks to run Apache Kafka, in words; None when nothing is missing."""
    java = shutil.which("java")
    if java is None:
        return f"Java {JAVA} or later is not installed (no `java` on the path)"
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < JAVA:
        return f"Java {JAVA} or later is needed; `java -version` says {told.partition(chr(10))[0]}"
    if shutil.which("mvn") is None and not _folder().exists():
        return "Maven is not installed (no `mvn` on the path)"
    return None


def jars() -> Path:
    """The folder of the jars that pom.xml names; Maven brings them the first time.

    They are kept below `.kafka` in the checkout, or below LINLI_KAFKA_JARS. Raises KafkaError;
    `available` has told before whether there is a Maven at all.
    """
    folder = _folder()
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        _resolve(draft)
        draft.rename(folder)
    except OSError:
        if not folder.exists():  # else someone has brought them at the same time
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _folder() -> Path:
    cache = Path(os.environ.get("LINLI_KAFKA_JARS") or CHECKOUT / ".kafka").resolve()
    return cache / hashlib.sha256(POM.read_bytes()).hexdigest()[:12]


def _resolve(folder: Path) -> None:
    command = ["mvn", "-q", "-B", "-Dstyle.color=never", "-f", str(POM)]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime"]
    command += [f"-DoutputDirectory={folder}"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=RESOLVE_SECONDS
    )
    if done.returncode != 0:
        errors = [line for line in done.stdout.splitlines() if "ERROR" in line]
        raise KafkaError(f"Maven cannot bring the jars: {errors[0][:300] if errors else '?'}")
