"""People who leave marks of chance wherever a word, a number or a file of theirs is taken."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom
from struct import pack
from typing import Any
from uuid import uuid4
from zlib import compress

import httpx

from deploy.local.environment import environment
from tests.faults.house import DISTRICT, ROOT, House
from tests.grievance.front_desk import FORMS
from tests.grievance.papers import pdf, stream
from tests.grievance.pictures import chunk

WIDTH = 24  # pixels
BUILDING = "wenhua-1"
MAP = (
    ("shengli", "subdistrict", DISTRICT), ("sanwan", "community", "shengli"),
    ("wenhua", "neighbourhood", "sanwan"), (BUILDING, "building", "wenhua"),
)  # fmt: skip
WRITTEN = frozenset({"explanation", "reply", "words", "progress", "grounds", "found", "evidence"})
NOTES = ("contact", "progress", "watch", "unwatch") * 4
LONG = (
    "accept", "dispatch", "sign", "prolong", "allow", "assign", "assist", "exclude", "judge",
    *NOTES, "reply", "redo", "reply", "callback", "close", "reopen",
)  # fmt: skip
WALKS = (
    LONG, LONG, LONG, LONG, LONG, ("decline",), ("accept", "withdraw"),
    ("accept", "dispatch", "sign", "prolong", "allow", "shelve", "review"),
    ("accept", "dispatch", "bounce", "remit"),
)  # fmt: skip
COLUMNS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
CHIEF = ("supervisor", "arbiter", "auditor", "registrar", "administrator", "district_observer")
CLERK = ("dispatcher", "callback_agent", "first_receiver", "grid_worker", "registrar")
UNITS = {"assist": "parks"} | dict.fromkeys(
    ("sign", "reply", "bounce", "contact", "progress", "prolong", "assign"), "lamps"
)
CHIEFS = frozenset({"allow", "judge", "shelve", "review", "watch", "unwatch", "remit"})


def _digits(count: int) -> str:
    return "".join(SystemRandom().choices("23456789", k=count))


# With these all marks begin.
WORD, NUMBER = uuid4().hex[:12], "1" + _digits(10)


@dataclass
class Marked:
    """A person of many marks: all of one stem of letters, or of one of digits. `subjects` are the
    ids by which services know them, `cases` all that they asked for."""

    word: str = field(default_factory=lambda: WORD + uuid4().hex[:4])
    digits: str = field(default_factory=lambda: NUMBER + _digits(3))
    count: int = 0
    resident: str = ""
    subjects: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    slip: dict[str, Any] = field(default_factory=dict)

    @property
    def stems(self) -> tuple[str, str]:
        """What every mark of theirs begins with."""
        return (self.word, self.digits)

    def mark(self) -> str:
        """The next one, of letters."""
        self.count += 1
        return f"{self.word}{self.count:04d}"

    def number(self) -> str:
        """The next one, of digits."""
        self.count += 1
        return f"{self.digits}{self.count:04d}"

    def contact(self) -> dict[str, str]:
        """Who they are and where they live."""
        return {
            "name": self.mark(),
            "phone": self.number(),
            "email": f"{self.mark()}@example.com",
            "address": self.mark(),
        }

    def picture(self) -> bytes:
        """A picture with a mark among its pixels."""
        rows = b"".join(b"\0" + self.mark().encode().ljust(WIDTH) for _ in range(4))
        size = chunk(b"IHDR", pack(">IIBBBBB", WIDTH, 4, 8, 0, 0, 0, 0))
        pixels = chunk(b"IDAT", compress(rows, 0))
        return b"".join([b"\x89PNG\r\n\x1a\n", size, pixels, chunk(b"IEND", b"")])

    def paper(self) -> bytes:
        """A paper with a mark on its page."""
        return pdf(stream(f"BT ({self.mark()}) Tj ET".encode(), deflated=False))


class Town:
    """Whoever works here, and whoever comes, over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.client = httpx.Client(base_url=house.root, timeout=30)
        self._tokens = {
            "clerk": house.token("clerk-1", CLERK),
            "chief": house.token("chief-1", CHIEF),
            "lamps": house.token("lamps-1", ["handling_unit"], "lamps"),
            "parks": house.token("parks-1", ["handling_unit"], "parks"),
            "": "",
        }

    def headers(self, actor: str) -> dict[str, str]:
        """Those of a request of this actor; of nobody, without a token."""
        token = self._tokens[actor]
        return {"authorization": f"Bearer {token}"} if token else {}

    def send(
        self, path: str, form: object = None, actor: str = "clerk", **more: Any
    ) -> httpx.Response:
        """One request that changes something, under a key of its own."""
        headers = {"idempotency-key": uuid4().hex, **self.headers(actor), **more.pop("headers", {})}
        return self.client.post(path, json=form, headers=headers, **more)

    def done(self, path: str, form: object = None, actor: str = "clerk", **more: Any) -> Any:
        """The same, and it was taken."""
        answer = self.send(path, form, actor, **more)
        assert answer.is_success, (path, answer.status_code, answer.text)
        return answer.json()

    def draw(self) -> None:
        """A map on which people can live."""
        told = [{"code": code, "kind": kind, "name": code, "parent": up} for code, kind, up in MAP]
        base = "/api/territory/v1/territories"
        drawn = self.done(base, {"territories": told}, "chief")["position"]
        shown = self.client.get(
            f"{base}/{BUILDING}", params={"min_position": drawn}, headers=self.headers("chief")
        )
        assert shown.is_success, shown.text

    def settle(self, one: Marked) -> None:
        """They come to live here, and are known by what they tell."""
        told = {"building": BUILDING, "name": one.mark(), "phone": one.number()}
        base = "/api/territory/v1/residents"
        one.resident = self.done(base, {**told, "birth_year": "1948"})["id"]
        one.subjects.append(one.resident)
        for _ in range(3):
            form = {"name": one.mark(), "phone": one.number()}
            self.done(f"{base}/{one.resident}/contact", form)
        self.done(f"{base}/{one.resident}/tag", {"tag": "empty_nest"})

    def file(self, one: Marked, walk: tuple[str, ...]) -> None:
        """A case that a clerk takes down, and everything that is said on its way."""
        form = {"territory": DISTRICT, "person": one.resident, "subject": one.mark(),
                "details": one.mark(), "case_type": "repair", **one.contact()}  # fmt: skip
        filed = self.done("/api/grievance/v1/cases", form)
        one.cases.append(filed["id"])
        version = 1
        for verb in walk:
            version = self._step(one, filed["id"], verb, version)

    def ask(self, one: Marked) -> None:
        """They file by themselves, with pictures, and follow it."""
        base = "/api/grievance/v1"
        photos = [
            self.done(f"{base}/photos", None, "", content=one.picture(), headers=PNG)["photo"]
            for _ in range(2)
        ]
        form = {"territory": DISTRICT, "details": one.mark(), "spot": one.mark(), "photos": photos}
        one.slip = self.done(f"{base}/petitions", {**form, **one.contact()}, "")

    def bring(self, one: Marked, folder: Path) -> str:
        """What they once wrote elsewhere, from a file in which a row is spoilt, too; the list of
        what was not taken."""
        file, rejects = folder / f"{one.word}.csv", folder / "rejects.csv"
        times = ("2019-05-10 14:56:53", "2019-05-20 10:00:00")
        with file.open("w", newline="") as opened:
            rows = csv.writer(opened)
            rows.writerow(COLUMNS)
            for number, at in ((1, times[0]), (2, one.mark())):
                told = (uuid4().hex[:9] if number == 1 else "x", one.mark(), one.mark(), at,
                        one.mark(), one.mark(), times[1])  # fmt: skip
                rows.writerow(told)
        words = ("import", "petitions", str(file), "--territory", DISTRICT)
        self.linli(*words, "--rejects", str(rejects))
        file.unlink()
        return rejects.read_text(encoding="utf-8-sig")

    def linli(self, *words: str) -> str:
        """What the command line says."""
        told = {**environment(self._house.home), "LINLI_HOME": str(self._house.home.path)}
        done = subprocess.run(
            [sys.executable, "-m", "deploy.cli.main", *words],
            cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def _step(self, one: Marked, case_id: str, verb: str, version: int) -> int:
        actor = UNITS.get(verb, "chief" if verb in CHIEFS else "clerk")
        form: dict[str, Any] = {
            name: one.mark() if name in WRITTEN or (verb, name) == ("reopen", "reason") else value
            for name, value in FORMS[verb].items()
        }
        base = "/api/grievance/v1"
        if verb == "reply":
            paper = self.done(f"{base}/files", None, actor, content=one.paper(), headers=PDF)
            form["files"] = [paper["file"]]
        given = {"if-match": f'"{version}"'}
        receipt = self.done(f"{base}/cases/{case_id}/{verb}", form, actor, headers=given)
        return int(receipt["version"])


PNG: Mapping[str, str] = {"content-type": "image/png"}
PDF: Mapping[str, str] = {"content-type": "application/pdf"}
