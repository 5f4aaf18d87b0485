"""Bundles made by hand: a case, the log around it, the seals of that, and the program that checks,
as strangers have it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest

from services.grievance.evidence.history import Page, history
from services.grievance.evidence.opened import Shown, values
from services.grievance.evidence.spelling import Names
from shared.core import boxes
from shared.core.canonical import GENESIS, Facts, canonical, digest, link
from shared.core.checkpoint import Checkpoint
from shared.core.merkle import leaf
from shared.core.notes import COSIGNED, SIGNED, Note, SigningKey
from shared.core.sealed import Sealed
from shared.ops.settings import Seals
from shared.runtime.seals.document import document
from shared.runtime.seals.evidence import proof_of
from shared.runtime.seals.packing import packed
from shared.runtime.seals.places import folder_of
from shared.store import seal_keys
from shared.store.epochs import Epoch

FOLDER = Path(__file__).parents[2] / "docs" / "evidence"
PROGRAM = FOLDER / "verify_bundle.py"
NINE = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
EPOCH = Epoch("grievance", 1, UUID(int=77), 0, NINE, "")
CASE, OTHER, PERSON = UUID(int=1), UUID(int=2), UUID(int=7)
PERSONS_KEY = bytes(range(32))


def _loaded() -> Any:
    spec = importlib.util.spec_from_file_location("verify_bundle", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier: Any = _loaded()


class Row(tuple[Any, ...]):
    """An event as the database hands it out: by number and by name."""

    NAMES = (*Facts._fields, "position", "recorded_at", "digest", "hash")

    def __getitem__(self, place: Any) -> Any:
        return super().__getitem__(self.NAMES.index(place) if isinstance(place, str) else place)


def key(name: str, kind: int = SIGNED) -> SigningKey:
    """The same key for a name."""
    return SigningKey(name, sha256(name.encode()).digest(), kind)


LOG_KEY, NEXT_KEY, STRANGER = key("shili"), key("shili-2"), key("shili-3")
WITNESS, OTHER_WITNESS = key("court", COSIGNED), key("elsewhere", COSIGNED)


def sealed(field: str, text: str, *, first_form: bool = False) -> dict[str, str]:
    """A sealed value of the person."""
    nonce = sha256(f"{field} {text}".encode()).digest()[:12]
    box = boxes.close(PERSONS_KEY, PERSON, field, text, nonce)
    if first_form:
        box = box.removeprefix("2.")
    return {"subject": str(PERSON), "field": field, "box": box}


STORY: Sequence[tuple[str, Mapping[str, Any]]] = (
    (
        "petition-raised",
        {
            "petitioner": str(PERSON), "territory": "d/s1/c1", "area": "d/s1", "channel": "hotline",
            "case_type": "repair", "urgency": "normal", "subject": sealed("subject", "路灯不亮"),
            "details": sealed("details", "三单元门口的路灯坏了两周。\n<b>请</b>尽快 & 修好。"),
            "name": sealed("name", "测试人"), "code": sealed("code", "7KQX2M9P"),
            "photos": [{"file": "ab" * 32, "key": sealed("photo", "a key")}],
        },
    ),
    ("case-accepted", {"rules": "2026.1", "due": {"handle": "2026-05-20T15:59:59Z"}}),
    ("case-dispatched", {"unit": "lamps"}),
    ("order-signed", {}),
    ("reply-submitted", {"reply": sealed("reply", "已更换灯泡。")}),
    ("case-corrected", {"corrects": 3, "changes": {"unit": "parks"}, "reason": "entry_error"}),
    ("callback-recorded", {"contacted": True, "resolved": True, "satisfied": False}),
    ("case-closed", {"outcome": "solved"}),
)  # fmt: skip


def told(
    story: Sequence[tuple[str, Mapping[str, Any]]] = STORY, stream: UUID = CASE, first: int = 2
) -> list[Row]:
    """A stream of these events, with two positions of others between each and the next."""
    rows, previous = [], GENESIS
    for version, (kind, payload) in enumerate(story, start=1):
        at = NINE + timedelta(hours=version)
        command = UUID(int=1_000 + version)
        facts = Facts(
            "grievance", stream, version, kind, 1, "d/s1/c1", "clerk-1", command, command,
            UUID(int=5) if version == 2 else None, "live", at, canonical(dict(payload)),
        )  # fmt: skip
        own, position = digest(facts), first + 3 * (version - 1)
        recorded = at + timedelta(microseconds=version)
        previous = link(previous, own, position, recorded)
        rows.append(Row((*facts, position, recorded, own, previous)))
    return rows


@dataclass(frozen=True)
class Made:
    """A bundle, and the keys by which it is checked."""

    content: bytes
    key: str = str(LOG_KEY.public)
    witness: str = str(WITNESS.public)

    @property
    def evidence(self) -> bytes:
        with ZipFile(BytesIO(self.content)) as parts:
            return parts.read("evidence.json")

    @property
    def page(self) -> str:
        with ZipFile(BytesIO(self.content)) as parts:
            return parts.read("history.html").decode()

    @property
    def whole(self) -> dict[str, Any]:
        return dict(json.loads(self.evidence))


def seal(
    place: Path,
    streams: Sequence[Sequence[Row]],
    size: int,
    *,
    keys: Sequence[SigningKey] = (LOG_KEY,),
    signing: int = 9,
    witness: SigningKey | None = None,
) -> Seals:
    """A log of so many events, with these at their positions, sealed in this place; the first so
    many of the keys sign, all are tied."""
    own = {row["position"]: row["hash"] for rows in streams for row in rows}
    hashes = [own.get(n) or sha256(b"%d" % n).digest() for n in range(1, size + 1)]
    folder, at = folder_of(place, EPOCH), NINE + timedelta(days=1)
    with folder.held(), folder.tree(writing=True) as tree:
        tree.begin(0)
        tree.extend([leaf(n, one) for n, one in enumerate(hashes, start=1)])
        text = str(Checkpoint(folder.origin, size, tree.frontier.root(), at))
        seal_keys.remember(place, keys)
        if len(keys) > 1:
            seal_keys.tie(place, keys, at)
        note = Note(text, tuple(one.sign(text, at) for one in keys[:signing]))
        folder.publish(note)
    known = place / "witnesses"
    known.write_text(f"{WITNESS.public} http://court\n{OTHER_WITNESS.public} http://elsewhere\n")
    if witness is not None:
        line = witness.sign(text, at + timedelta(seconds=3))
        folder.witnessed(witness.name, note.with_lines([line]))
    return Seals(place=place, witnesses=known)


def bundle(
    seals: Seals, rows: Sequence[Row], *, redacted: bool = False, withheld: Sequence[str] = ()
) -> Made:
    """The bundle of a stream, with its values opened or not."""
    head = rows[-1]
    proof = proof_of(seals, EPOCH, head["position"], head["hash"])
    assert proof is not None
    shown = [] if redacted else [_shown(one) for one in values(rows, withheld)]
    sealed_at = Checkpoint.parse(proof.checkpoint.text).sealed_at
    names = Names({"lamps": "路灯所", "parks": "园林所"}, {"d/s1/c1": "活龙井社区"})
    witnesses = [one.name for one in proof.witnesses]
    page = Page("20260501-2", redacted, names, frozenset(), sealed_at, witnesses)
    return Made(packed(document(rows, shown, proof), history(rows, shown, page)))


def _shown(value: Any) -> Shown:
    about: Sealed = value.sealed
    fixed = about.model_copy(update={"box": about.box})
    if not about.box.startswith("2."):
        return Shown(value, "an old text", None)
    secret = boxes.secret_of(PERSONS_KEY, about.subject, about.field, fixed.box)
    return Shown(value, boxes.open(PERSONS_KEY, about.subject, about.field, about.box), secret)


def spelled(whole: Mapping[str, Any]) -> bytes:
    """The content as a bundle writes it."""
    told = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return told.encode()


def refuse(evidence: bytes, made: Made, **keys: Sequence[str]) -> str:
    """What the program says of an evidence.json that does not hold."""
    with pytest.raises(verifier.Bad) as refusal:
        verifier.check(evidence, keys.get("keys", [made.key]), keys.get("witnesses", []))
    assert refusal.value.chinese
    return str(refusal.value.english)
