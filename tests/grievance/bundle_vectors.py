"""The test vectors of the bundle's format: what they are, and `python -m
tests.grievance.bundle_vectors` to write them. They are frozen: a change here is another format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shared.core.notes import Note, SigningKey
from shared.runtime.seals.packing import packed
from tests.grievance.bundles import (
    FOLDER,
    LOG_KEY,
    NEXT_KEY,
    NINE,
    OTHER,
    OTHER_WITNESS,
    STORY,
    STRANGER,
    WITNESS,
    bundle,
    seal,
    sealed,
    spelled,
    told,
)

PLACE = FOLDER / "vectors"
PAGE = b'<!doctype html><meta charset="utf-8"><p>\xe5\x8f\xaa\xe4\xbe\x9b\xe9\x98\x85\xe8\xaf\xbb\n'
SIZE = 100
Change = Callable[[dict[str, Any]], None]


def vectors() -> tuple[dict[str, bytes], dict[str, Any]]:
    """Every file by its name, and the list of them: what each proves, or what is wrong."""
    with TemporaryDirectory() as folder:
        good = _good(Path(folder))
        files = {name: packed(spelled(whole), PAGE) for name, (whole, _) in good.items()}
        listed: dict[str, Any] = {
            name: {"holds": True, "keys": [str(LOG_KEY.public)]} | about
            for name, (_, about) in good.items()
        }
        whole = good["whole.zip"][0]
        for name, (change, wrong) in BROKEN.items():
            broken = json.loads(json.dumps(whole))
            change(broken)
            files[f"broken-{name}.zip"] = packed(spelled(broken), PAGE)
            listed[f"broken-{name}.zip"] = _wrong(wrong)
    for name, (content, wrong) in _files(spelled(whole)).items():
        files[f"broken-{name}.zip"] = content
        listed[f"broken-{name}.zip"] = _wrong(wrong)
    return files, listed | {"whole, step by step": _between()}


def _wrong(wrong: str) -> dict[str, Any]:
    return {"holds": False, "keys": [str(LOG_KEY.public)], "wrong": wrong}


def _good(place: Path) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    rows = told()
    old = told((("petition-raised", {"subject": sealed("subject", "x", first_form=True)}),))
    plain = seal(place / "plain", [rows], SIZE)
    witnessed = seal(place / "witnessed", [rows], SIZE, witness=WITNESS)
    rotated = seal(place / "rotated", [rows], SIZE, keys=(NEXT_KEY, LOG_KEY), signing=1)
    first = seal(place / "first", [old], SIZE)
    return {
        "whole.zip": (bundle(plain, rows).whole, {"opened": 4}),
        "redacted.zip": (bundle(plain, rows, redacted=True).whole, {"opened": 0}),
        "cosigned.zip": (
            bundle(witnessed, rows).whole,
            {"opened": 4, "witnesses": [str(WITNESS.public)]},
        ),
        "rotated.zip": (bundle(rotated, rows).whole, {"opened": 4}),
        "first-form.zip": (bundle(first, old).whole, {"opened": 0, "shown without proof": 1}),
    }


def _set(place: str, name: str, value: Any) -> Change:
    def change(whole: dict[str, Any]) -> None:
        whole[place][0][name] = value

    return change


def _payload(whole: dict[str, Any]) -> None:
    event = whole["events"][2]
    event["payload"] = event["payload"].replace("lamps", "parks")


def _dropped(whole: dict[str, Any]) -> None:
    del whole["events"][3]


def _tail_cut(whole: dict[str, Any]) -> None:
    del whole["events"][-1]


def _swapped(whole: dict[str, Any]) -> None:
    events = whole["events"]
    events[2], events[3] = events[3], events[2]


def _inserted(whole: dict[str, Any]) -> None:
    whole["events"].append(whole["events"][-1] | {"version": 9, "position": 26})


def _rewritten(whole: dict[str, Any]) -> None:
    """Every hash is made anew by whoever checks: the root is what is missed."""
    whole["events"][7]["payload"] = '{"outcome":"explained"}'


def _other_proof(whole: dict[str, Any]) -> None:
    with TemporaryDirectory() as place:
        other = told(STORY[:3], OTHER, first=3)
        seals = seal(Path(place), [told(), other], SIZE)
        whole["inclusion"] = bundle(seals, other).whole["inclusion"]


def _forged(whole: dict[str, Any]) -> None:
    text = Note.parse(whole["checkpoint"]).text.replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n")
    whole["checkpoint"] = str(Note(text, Note.parse(whole["checkpoint"]).lines))


def _by_stranger(whole: dict[str, Any]) -> None:
    text = Note.parse(whole["checkpoint"]).text
    whole["checkpoint"] = str(Note(text, (STRANGER.sign(text, NINE),)))
    whole["keys"] = [str(STRANGER.public)]


def _tied(named: tuple[SigningKey, ...], by: tuple[SigningKey, ...]) -> Change:
    def change(whole: dict[str, Any]) -> None:
        _by_stranger(whole)
        whole["keys"] = sorted({*whole["keys"], *(str(one.public) for one in (*named, *by))})
        text = "".join(f"{line}\n" for line in ("linli/keys", *(one.public for one in named)))
        whole["rotations"] = [str(Note(text, tuple(one.sign(text, NINE) for one in by)))]

    return change


def _tied_by_checkpoint(whole: dict[str, Any]) -> None:
    """The log's own signature under a text that names no key, and a stranger's beside it."""
    signed = Note.parse(whole["checkpoint"])
    _by_stranger(whole)
    whole["keys"] = [str(LOG_KEY.public), str(STRANGER.public)]
    whole["rotations"] = [str(signed.with_lines([STRANGER.sign(signed.text, NINE)]))]


def _false_witness(whole: dict[str, Any]) -> None:
    note = Note.parse(whole["checkpoint"])
    line = OTHER_WITNESS.sign(note.text, NINE + timedelta(days=1))
    posing = line._replace(name=WITNESS.name, key_id=WITNESS.public.key_id)
    whole["checkpoint"] = str(note.with_lines([posing]))
    whole["witnesses"] = [str(WITNESS.public)]


def _no_secret(whole: dict[str, Any]) -> None:
    whole["openings"][0] |= {"secret": None, "text": "something else"}


def _misplaced(whole: dict[str, Any]) -> None:
    whole["openings"][0]["path"] = "/photos/0/key"


BROKEN: Mapping[str, tuple[Change, str]] = {
    "payload": (_payload, "event 3 says another unit than it did"),
    "actor": (_set("events", "actor", "clerk-2"), "event 1 has another actor"),
    "time": (_set("events", "occurred_at", "2026-05-01T01:59:59.000000Z"), "event 1: another time"),
    "dropped": (_dropped, "event 4 was taken out"),
    "tail": (_tail_cut, "the last event was cut off, the proof left as it was"),
    "swapped": (_swapped, "events 3 and 4 changed places"),
    "inserted": (_inserted, "there is an event 9 that never was"),
    "rewritten": (_rewritten, "the last event says another outcome"),
    "other-proof": (_other_proof, "the path is that of another case"),
    "checkpoint": (_forged, "the checkpoint has another size than what was signed"),
    "stranger": (_by_stranger, "the checkpoint is signed by a key that nothing ties to the known"),
    "key-chain": (
        _tied((LOG_KEY, STRANGER), (STRANGER,)),
        "the note that ties a stranger's key to the known one is not signed by that",
    ),
    "key-chain-unnamed": (
        _tied_by_checkpoint,
        "a checkpoint that the known key signed is passed off as a note that ties keys",
    ),
    "witness": (_false_witness, "the cosignature was made by another key than that of its name"),
    "opening": (_set("openings", "text", "别的话"), "an opened text is not what was sealed"),
    "no-secret": (_no_secret, "a text without its secret, though the value has one"),
    "misplaced": (_misplaced, "an opening is said to be of another value"),
    "shape": (lambda whole: whole.update(more=1), "there is a field that the format does not have"),
}  # fmt: skip


def _files(evidence: bytes) -> dict[str, tuple[bytes, str]]:
    spaced = json.dumps(json.loads(evidence), sort_keys=True, ensure_ascii=False).encode()
    twice = evidence.replace(b'"format":', b'"format":"x","format":', 1)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as parts:
        for name, content in (("evidence.json", evidence), ("history.html", PAGE)):
            parts.writestr(ZipInfo(name), content, ZIP_DEFLATED, 0)
    return {
        "spelling": (packed(spaced, PAGE), "evidence.json has spaces between its parts"),
        "twice": (packed(twice, PAGE), "a name stands twice in an object"),
        "compressed": (made.getvalue(), "the parts of the ZIP are compressed"),
        "cut": (packed(evidence, PAGE)[:-40], "the end of the ZIP is missing"),
    }


def _between() -> dict[str, Any]:
    """What a checker finds on its way through whole.zip."""
    rows = told()
    head = rows[-1]
    place = sha256(b"\x00" + head["position"].to_bytes(8) + head["hash"]).digest()
    with TemporaryDirectory() as folder:
        made = bundle(seal(Path(folder), [rows], SIZE), rows)
    return {
        "digests": [row["digest"].hex() for row in rows],
        "hashes": [row["hash"].hex() for row in rows],
        "leaf": place.hex(),
        "root in base64": made.whole["checkpoint"].split("\n")[2],
        "key ids": {one.name: one.public.key_id.hex() for one in (LOG_KEY, NEXT_KEY, WITNESS)},
    }


def write() -> None:
    """Put them where they belong."""
    PLACE.mkdir(exist_ok=True)
    files, listed = vectors()
    for name, content in files.items():
        (PLACE / name).write_bytes(content)
    told = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True)
    (PLACE / "vectors.json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
