#!/usr/bin/env python3
"""Check a Linli evidence bundle, offline. Needs Python 3.9 or later and `cryptography`, no Linli.

    python verify_bundle.py FILE [--key KEY ...] [--witness KEY ...] [--history]

--key      a public key of the log, NAME+ID+KEY, that you have from elsewhere; one of them must
           have signed the checkpoint, or be tied by notes in the bundle to one that has
--witness  a public key of an outside witness, from elsewhere; each must have signed the checkpoint
--history  print the events, as they are proved

Says in plain words, in English and Chinese, what the file proves and what it does not. Exit code 0:
all of it holds. 1: something does not; the first such thing is named. bundle.md has the format.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import unicodedata
import zipfile
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from struct import pack
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union
from uuid import UUID

try:
    from cryptography.exceptions import InvalidSignature, InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError:
    sys.exit("this needs the package `cryptography`: pip install cryptography")

MIB = 1024 * 1024
LARGEST_FILE, LARGEST_EVIDENCE = 64 * MIB, 32 * MIB
PARTS = ["evidence.json", "history.html"]
FORMAT, VERSION = "linli.evidence", 1
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})Z", re.ASCII)
SEALED_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00", re.ASCII)
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
POINTER = re.compile(r"(/([^~/]|~[01])*)+")
SIGNED, COSIGNED = 1, 4
BOX = {"box", "field", "subject"}
WHOLE = {
    "format": str, "version": int, "log": str, "stream": str, "events": list, "openings": list,
    "inclusion": list, "checkpoint": str, "keys": list, "rotations": list, "witnesses": list,
}
EVENT = {
    "position": int, "version": int, "type": str, "schema_version": int, "territory": str,
    "actor": str, "command_id": str, "correlation_id": str, "causation_id": (str, type(None)),
    "origin": str, "occurred_at": str, "recorded_at": str, "payload": str,
}
OPENING = {
    "version": int, "path": str, "subject": str, "field": str, "text": str,
    "secret": (str, type(None)),
}


class Bad(Exception):
    """Something does not hold: what and where, in English and Chinese."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english, self.chinese = english, chinese


class Key(NamedTuple):
    name: str
    kind: int
    raw: bytes

    @property
    def id(self) -> bytes:
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.raw
        return sha256(told).digest()[:4]

    @property
    def fingerprint(self) -> str:
        told = sha256(self.raw).hexdigest()
        return " ".join(told[at : at + 8] for at in range(0, 64, 8))

    def __str__(self) -> str:
        told = b64encode(bytes([self.kind]) + self.raw).decode()
        return f"{self.name}+{self.id.hex()}+{told}"


class Line(NamedTuple):
    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    text: str
    lines: List[Line]


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    sealed_at: str


class Checked(NamedTuple):
    """All that was found to hold."""

    whole: Dict[str, Any]
    payloads: List[Dict[str, Any]]
    openings: Dict[Tuple[int, str], Dict[str, Any]]
    sealed: int
    checkpoint: Checkpoint
    signers: List[Key]
    witnesses: List[Tuple[Key, datetime]]


# The file


def evidence_of(path: str) -> bytes:
    """The bytes of `evidence.json`; nothing is unpacked, since nothing may be packed."""
    if os.path.getsize(path) > LARGEST_FILE:
        raise Bad("the file is larger than a bundle may be (64 MiB)", "文件超过上限（64 MiB）")
    with zipfile.ZipFile(path) as parts:
        listed = parts.infolist()
        if [one.filename for one in listed] != PARTS:
            raise Bad(
                "the ZIP must hold evidence.json and history.html, once each, and nothing else",
                "压缩包里应当恰好有 evidence.json 和 history.html 各一份",
            )
        at = 0
        for one in listed:
            plain = one.compress_type == zipfile.ZIP_STORED and not one.flag_bits & 1
            if not plain or one.file_size != one.compress_size or one.header_offset != at:
                raise Bad(
                    f"{one.filename} is compressed, encrypted or not where it belongs",
                    f"{one.filename} 被压缩、加密，或者不在应在的位置",
                )
            at += 30 + len(one.filename) + one.file_size
        if parts.start_dir != at or listed[0].file_size > LARGEST_EVIDENCE:
            raise Bad(
                "the ZIP holds more than its two parts, or evidence.json is too large (32 MiB)",
                "压缩包里有多余的内容，或者 evidence.json 过大（32 MiB）",
            )
        return parts.read(listed[0])


def plain_json(raw: Union[bytes, str], where: Tuple[str, str]) -> Any:
    """What this JSON says: no name twice, whole numbers of up to 19 digits, no floats."""

    def once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            raise ValueError("a name stands twice")
        return made

    def whole(told: str) -> int:
        if not NUMBER.fullmatch(told.lstrip("-")):
            raise ValueError("a number is too long")
        return int(told)

    def no(told: str) -> None:
        raise ValueError(f"{told[:20]} is no whole number")

    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        text.encode("utf-8")
        return json.loads(
            text, object_pairs_hook=once, parse_int=whole, parse_float=no, parse_constant=no
        )
    except (ValueError, RecursionError) as fault:
        raise Bad(f"{where[0]} is not JSON as it has to be: {fault}"[:300],
                  f"{where[1]}不是合规的 JSON") from None


def shaped(told: Any, shape: Dict[str, Any], where: Tuple[str, str]) -> Dict[str, Any]:
    """An object with exactly these fields, of these types; a `bool` is no number."""
    if type(told) is not dict or told.keys() != shape.keys():
        raise Bad(f"{where[0]} must have exactly: {', '.join(sorted(shape))}",
                  f"{where[1]}的字段不全或多余")
    for name, kind in shape.items():
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if type(told[name]) not in kinds:
            raise Bad(f"{where[0]}: {name} is of the wrong type", f"{where[1]}：{name} 的类型不对")
    return told


def whole_of(raw: bytes) -> Dict[str, Any]:
    where = ("evidence.json", "evidence.json ")
    told = shaped(plain_json(raw, where), WHOLE, where)
    if (told["format"], told["version"]) != (FORMAT, VERSION):
        raise Bad(f"this checks {FORMAT} version {VERSION}; the file is of another one",
                  f"本程序只核验 {FORMAT} 第 {VERSION} 版，文件是别的版本")
    spelled = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        same = spelled.encode("utf-8") == raw
    except UnicodeEncodeError:
        same = False
    if not same:
        raise Bad("evidence.json is not written in the one way there is: names sorted, no spaces",
                  "evidence.json 的写法不是规定的唯一写法（字段排序、无空格）")
    for name, kind in (("events", dict), ("openings", dict), ("inclusion", str), ("keys", str),
                       ("rotations", str), ("witnesses", str)):
        if any(type(one) is not kind for one in told[name]):
            raise Bad(f"evidence.json: {name} holds something of the wrong type",
                      f"evidence.json：{name} 里有类型不对的内容")
    if not told["events"] or not told["keys"]:
        raise Bad("evidence.json has no events, or no keys", "evidence.json 里没有记录或没有公钥")
    return told


def bytes_of(told: str, length: Optional[int], where: Tuple[str, str]) -> bytes:
    """Standard base64, written in the one way there is."""
    try:
        raw = b64decode(told, validate=True)
    except ValueError:
        raw = b""
    if b64encode(raw).decode() != told or (length is not None and len(raw) != length):
        raise Bad(f"{where[0]} is not base64 of the right length",
                  f"{where[1]}不是长度正确的 base64")
    return raw


# The events


def microseconds(told: str, where: Tuple[str, str]) -> int:
    found = MOMENT.fullmatch(told)
    try:
        moment = datetime(*map(int, found.groups()), tzinfo=timezone.utc)  # type: ignore
    except (AttributeError, ValueError):
        raise Bad(f"{where[0]}: {told[:40]!r} is no time such as 2026-05-01T09:00:00.000000Z",
                  f"{where[1]}：时间的写法不对") from None
    return (moment - EPOCH) // timedelta(microseconds=1)


def id_of(told: str, where: Tuple[str, str]) -> bytes:
    if not ID.fullmatch(told):
        raise Bad(f"{where[0]}: {told[:40]!r} is no id", f"{where[1]}：代号的写法不对")
    return UUID(told).bytes


def number(told: int, where: Tuple[str, str]) -> bytes:
    if not 0 < told < 1 << 63:
        raise Bad(f"{where[0]}: a number is out of bounds", f"{where[1]}：数字超出范围")
    return pack(">q", told)


def linked(previous: bytes, log: str, stream: bytes, event: Dict[str, Any],
           where: Tuple[str, str]) -> bytes:
    """The event's hash: of the hash before it, its own digest, its place and its time."""
    cause = event["causation_id"]
    parts = (
        log.encode(), stream, number(event["version"], where), event["type"].encode(),
        number(event["schema_version"], where), event["territory"].encode(),
        event["actor"].encode(), id_of(event["command_id"], where),
        id_of(event["correlation_id"], where), b"" if cause is None else id_of(cause, where),
        event["origin"].encode(), pack(">q", microseconds(event["occurred_at"], where)),
        event["payload"].encode(),
    )
    told = b"".join(pack(">I", len(part)) + part for part in parts)
    digest = sha256(b"linli.event.v1" + told).digest()
    place = number(event["position"], where)
    place += pack(">q", microseconds(event["recorded_at"], where))
    return sha256(previous + digest + place).digest()


def chain(whole: Dict[str, Any]) -> Tuple[bytes, List[Dict[str, Any]]]:
    """The hash of the last event, which holds all before it; and what the events say."""
    stream = id_of(whole["stream"], ("evidence.json: stream", "evidence.json：stream"))
    last, position, moment, payloads = bytes(32), 0, "", []
    for version, told in enumerate(whole["events"], start=1):
        where = (f"event {version}", f"第 {version} 条")
        event = shaped(told, EVENT, where)
        if event["version"] != version:
            raise Bad(f"{where[0]} is missing or out of its order: here is version"
                      f" {event['version']}", f"{where[1]}缺失或次序不对")
        last = linked(last, whole["log"], stream, event, where)
        if event["position"] <= position or event["recorded_at"] < moment:
            raise Bad(f"{where[0]}: its position or time is not after that of the event before it",
                      f"{where[1]}：位置或记录时间早于前一条")
        position, moment = event["position"], event["recorded_at"]
        payload = plain_json(event["payload"], (f"the payload of {where[0]}", f"{where[1]}的内容"))
        if type(payload) is not dict:
            raise Bad(f"the payload of {where[0]} is no object", f"{where[1]}的内容不是对象")
        payloads.append(payload)
    return last, payloads


# The proof


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 6962, as RFC 9162, 2.1.3.2 checks it."""
    if not 0 <= index < size:
        return False
    here, last, made = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            made = node(sibling, made)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            made = node(made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and made == root


def key_of(told: str, kind: int, where: Tuple[str, str]) -> Key:
    name, _, rest = told.partition("+")
    key_id, _, spelled = rest.partition("+")
    try:
        raw = bytes_of(spelled, 33, where)
        key = Key(name, raw[0], raw[1:])
        good = re.fullmatch(r"[^\s+]+", name) and key.kind == kind and key.id.hex() == key_id
    except (Bad, UnicodeError):
        good = None
    if not good:
        raise Bad(f"{where[0]} is no public key of its kind, NAME+ID+KEY: {told[:80]!r}",
                  f"{where[1]}不是这一类的公钥（NAME+ID+KEY）")
    return key


def note_of(told: str, where: Tuple[str, str]) -> Note:
    text, gap, below = told.rpartition("\n\n")
    lines = []
    for one in below[:-1].split("\n"):
        name, space, spelled = one[2:].rpartition(" ")
        if not gap or not below.endswith("\n") or one[:2] != "— " or not space:
            raise Bad(f"{where[0]} is no signed note", f"{where[1]}不是签名文本")
        raw = bytes_of(spelled, None, (f"a signature of {where[0]}", f"{where[1]}的签名"))
        if len(raw) not in (68, 76):
            raise Bad(f"a signature of {where[0]} has the wrong length", f"{where[1]}的签名长度不对")
        lines.append(Line(name, raw[:4], raw[4:]))
    return Note(text + "\n", lines)


def signed(note: Note, key: Key, where: Tuple[str, str]) -> Optional[int]:
    """None where this key did not sign; 0, or when the witness signed. A bad signature is Bad."""
    for line in note.lines:
        if (line.name, line.key_id) != (key.name, key.id):
            continue
        when, message, signature = 0, note.text.encode(), line.signature
        if key.kind == COSIGNED:
            when, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {when}\n{note.text}".encode()
        try:
            Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, message)
        except InvalidSignature:
            raise Bad(f"the signature of {key.name} does not fit {where[0]}",
                      f"{key.name} 的签名与{where[1]}不符") from None
        return when
    return None


def all_known(note: Note, keys: Sequence[Key], where: Tuple[str, str]) -> None:
    known = {(key.name, key.id) for key in keys}
    for line in note.lines:
        if (line.name, line.key_id) not in known:
            raise Bad(f"{where[0]} has a signature whose key is not in the bundle: {line.name}",
                      f"{where[1]}上有一个签名，其公钥不在本文件中：{line.name}")


def checkpoint_of(text: str) -> Checkpoint:
    where = ("the checkpoint", "检查点")
    lines = text.split("\n")
    good = len(lines) in (5, 6) and lines[-1] == "" and lines[3].startswith("sealed ")
    good = good and bool(NUMBER.fullmatch(lines[1])) and bool(SEALED_AT.fullmatch(lines[3][7:]))
    if len(lines) == 6:
        good = good and bool(re.fullmatch(r"fork [1-9][0-9]{0,18}", lines[4]))
    if not good:
        raise Bad("the checkpoint is not origin, size, root and time", "检查点的内容不合规定")
    return Checkpoint(lines[0], int(lines[1]), bytes_of(lines[2], 32, where), lines[3][7:])


def named_in(note: Note, where: Tuple[str, str]) -> List[Key]:
    first, *told = note.text[:-1].split("\n")
    if first != "linli/keys":
        raise Bad(f"{where[0]} does not name the keys that it ties", f"{where[1]}没有列出所连的公钥")
    return [key_of(one, SIGNED, where) for one in told]


def tied(whole: Dict[str, Any], keys: Sequence[Key], first: Sequence[Key]) -> List[Key]:
    """The first keys, and those that notes tie to them: each names all its keys, all signed it."""
    groups = []
    for count, told in enumerate(whole["rotations"], start=1):
        where = (f"rotation note {count}", f"第 {count} 份换钥说明")
        note = note_of(told, where)
        named = named_in(note, where)
        all_known(note, named, where)
        if any(key not in keys or signed(note, key, where) is None for key in named):
            raise Bad(f"{where[0]} is not signed by all keys that it names, or names others than the"
                      " bundle has", f"{where[1]}没有由其中每把公钥签名，或列出了别的公钥")
        groups.append(named)
    good, grown = list(first), -1
    while grown != len(good):
        grown = len(good)
        for named in groups:
            if any(key in good for key in named):
                good += [key for key in named if key not in good]
    return good


def sealed_by(whole: Dict[str, Any], given: Sequence[str], asked: Sequence[str]
              ) -> Tuple[Checkpoint, List[Key], List[Tuple[Key, datetime]]]:
    """The checkpoint, the keys that signed it and count, its witnesses and when each signed."""
    where = ("the checkpoint", "检查点")
    keys = [key_of(one, SIGNED, ("a key of the bundle", "文件中的公钥")) for one in whole["keys"]]
    witnesses = [key_of(one, COSIGNED, ("a witness of the bundle", "文件中的见证公钥"))
                 for one in whole["witnesses"]]
    note = note_of(whole["checkpoint"], where)
    all_known(note, [*keys, *witnesses], where)
    checkpoint = checkpoint_of(note.text)
    origin = checkpoint.origin.split("/")
    if len(origin) != 4 or origin[:2] != ["linli", whole["log"]]:
        raise Bad("the checkpoint is of another log", "检查点属于另一个日志")
    signers = [key for key in keys if signed(note, key, where) is not None]
    if not signers:
        raise Bad("no key has signed the checkpoint", "检查点没有签名")
    mine = [key_of(one, SIGNED, ("what --key gives", "--key 给出的")) for one in given]
    good = tied(whole, keys, mine or signers)
    signers = [key for key in signers if key in good]
    if not signers:
        raise Bad("the checkpoint is not signed by the key that you gave, nor by one that a note"
                  " ties to it", "检查点不是由您给出的公钥签的，也没有换钥说明把两者连起来")
    return checkpoint, signers, cosigned(note, witnesses, asked)


def cosigned(note: Note, witnesses: Sequence[Key], asked: Sequence[str]
             ) -> List[Tuple[Key, datetime]]:
    where = ("the checkpoint", "检查点")
    wanted = [key_of(one, COSIGNED, ("what --witness gives", "--witness 给出的")) for one in asked]
    found = []
    for key in dict.fromkeys([*witnesses, *wanted]):
        when = signed(note, key, where)
        if when is None:
            raise Bad(f"the witness {key.name} has not signed the checkpoint",
                      f"见证者 {key.name} 没有在检查点上签名")
        try:
            found.append((key, EPOCH + timedelta(seconds=when)))
        except OverflowError:
            raise Bad(f"the witness {key.name} says no time that there is",
                      f"见证者 {key.name} 的时间不成立") from None
    return found


# The opened values


def opened(secret: bytes, subject: bytes, field: str, box: str) -> Optional[str]:
    """The text of a box, if this is its secret; None if not."""
    try:
        raw = urlsafe_b64decode(box[2:])
        if urlsafe_b64encode(raw).decode() != box[2:] or len(raw) < 44 + 16:
            return None
        nonce, commitment, sealed = raw[:12], raw[12:44], raw[44:]
        bound = b"linli.sealed.v2|" + subject + b"|" + field.encode() + b"|" + nonce
        both = hmac(secret, bound, "sha512").digest()
        if not compare_digest(commitment, both[:32]):
            return None
        return AESGCM(both[32:]).decrypt(nonce, sealed, bound).decode("utf-8")
    except (InvalidTag, ValueError):
        return None


def at(payload: Any, path: str) -> Any:
    """What stands at a JSON Pointer; None where nothing does."""
    for part in path[1:].split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if type(payload) is dict:
            payload = payload.get(name)
        elif type(payload) is list and NUMBER.fullmatch(name) and int(name) < len(payload):
            payload = payload[int(name)]
        else:
            return None
    return payload


def is_box(told: Any) -> bool:
    return type(told) is dict and told.keys() == BOX and all(type(v) is str for v in told.values())


def boxes_in(told: Any) -> int:
    """How many sealed values there are."""
    found, left = 0, [told]
    while left:
        one = left.pop()
        if is_box(one):
            found += 1
        elif type(one) in (dict, list):
            left += one.values() if type(one) is dict else one
    return found


def openings(whole: Dict[str, Any], payloads: Sequence[Dict[str, Any]]
             ) -> Dict[Tuple[int, str], Dict[str, Any]]:
    found: Dict[Tuple[int, str], Dict[str, Any]] = {}
    last = (0, "")
    for count, told in enumerate(whole["openings"], start=1):
        where = (f"opening {count}", f"第 {count} 项出示")
        one = shaped(told, OPENING, where)
        place = (one["version"], one["path"])
        good = 0 < place[0] <= len(payloads) and bool(POINTER.fullmatch(place[1]))
        box = at(payloads[place[0] - 1], place[1]) if good else None
        if not is_box(box) or (box["subject"], box["field"]) != (one["subject"], one["field"]):
            raise Bad(f"{where[0]} is of a sealed value that is not there",
                      f"{where[1]}所指的加密内容不存在")
        if place <= last:
            raise Bad(f"{where[0]} stands twice or out of order", f"{where[1]}重复或次序不对")
        _shown(one, box["box"], where)
        found[place], last = one, place
    return found


def _shown(one: Dict[str, Any], box: str, where: Tuple[str, str]) -> None:
    subject = id_of(one["subject"], where)
    if one["secret"] is None:
        if box.startswith("2."):
            raise Bad(f"{where[0]} has no secret, and its value could be proved",
                      f"{where[1]}没有给出密值，而它本可证明")
        return
    secret = bytes_of(one["secret"], 32, (f"the secret of {where[0]}", f"{where[1]}的密值"))
    text = opened(secret, subject, one["field"], box) if box.startswith("2.") else None
    if text is None or text != one["text"]:
        raise Bad(f"{where[0]} (event {one['version']}, {one['path']}) is not what was sealed there",
                  f"{where[1]}（第 {one['version']} 条 {one['path']}）与当时加密的内容不符")


def check(raw: bytes, keys: Sequence[str] = (), witnesses: Sequence[str] = ()) -> Checked:
    """All checks of an evidence.json. Raises Bad for the first thing that does not hold."""
    whole = whole_of(raw)
    head, payloads = chain(whole)
    checkpoint, signers, cosigners = sealed_by(whole, keys, witnesses)
    path = [bytes_of(one, 32, ("the path", "路径")) for one in whole["inclusion"]]
    position = whole["events"][-1]["position"]
    leaf = sha256(b"\x00" + pack(">q", position) + head).digest()
    if not included(leaf, position - 1, checkpoint.size, path, checkpoint.root):
        raise Bad(f"the events are not those that were sealed: from the last one, at position"
                  f" {position}, no path leads to the checkpoint",
                  f"这些记录不是当时封存的：从最后一条（位置 {position}）到不了检查点")
    shown = openings(whole, payloads)
    sealed = sum(boxes_in(one) for one in payloads)
    return Checked(whole, payloads, shown, sealed, checkpoint, signers, cosigners)


# What it says


def seen(told: object) -> str:
    """A text that can do nothing to a terminal: signs that are not seen are spelled."""
    return "".join(
        one if unicodedata.category(one)[0] != "C" else one.encode("unicode_escape").decode()
        for one in str(told)
    )


def proved(found: Checked) -> Iterator[Tuple[str, str]]:
    whole, size = found.whole, len(found.whole["events"])
    when = found.checkpoint.sealed_at
    names = list(dict.fromkeys(key.name for key in found.signers))
    yield (f"These {size} events of the stream {whole['stream']} in the log {whole['log']} existed"
           f" in this order, unaltered, no later than {when}. The key of the log says so:"
           f" {', '.join(names)}.",
           f"日志 {whole['log']} 中 {whole['stream']} 的这 {size} 条记录，不晚于 {when} 就按此顺序存在，"
           f"没有被改动。这是日志的公钥所签：{'、'.join(names)}。")
    for key, moment in found.witnesses:
        yield (f"The witness {key.name} had seen them sealed by {moment.isoformat()}.",
               f"见证者 {key.name} 在 {moment.isoformat()} 之前已见到它们被封存。")
    yield ("None of them, before the last or between, is missing.", "首条到末条之间没有缺少。")
    good = sum(one["secret"] is not None for one in found.openings.values())
    if good:
        yield (f"The {good} opened values are what was sealed in the events then.",
               f"出示的 {good} 项内容就是当时加密写入的内容。")


def unproved(found: Checked, *, by_key: bool, by_witness: bool) -> Iterator[Tuple[str, str]]:
    yield ("That what the events say is true.", "所记的事情本身属实。")
    yield ("That nothing followed after the last of them.", "最后一条之后没有新的记录。")
    yield ("That the keeper has no second history under the same id: a check of the whole log shows"
           " that.", "保管者没有用同一代号另存一份经过（核验整个日志才能看出）。")
    if left := found.sealed - len(found.openings):
        yield (f"What the {left} sealed values say that are not opened.",
               f"未出示的 {left} 项加密内容写了什么。")
    if old := sum(one["secret"] is None for one in found.openings.values()):
        yield (f"The text of {old} values that are shown, but were sealed in the first form.",
               f"{old} 项以早期格式加密的内容：所示文字没有证明。")
    yield ("What history.html shows: it is for reading. --history prints the events as proved.",
           "history.html 的内容：它只供阅读。--history 打印得到证明的记录。")
    if not by_key:
        yield ("THAT THE KEY IS THE RIGHT ONE. Compare it, by other means, with what the keeper of"
               " the log has published; or give that as --key.",
               "签名的公钥是真的。请用别的途径与日志保管者公布的公钥比对，或用 --key 给出。")
        for key in found.signers:
            yield (f"    {key}", f"    SHA-256 {key.fingerprint}")
    if found.witnesses and not by_witness:
        yield ("That the witness keys are the right ones: give them as --witness.",
               "见证者的公钥是真的：请用 --witness 给出。")
        for key, _ in found.witnesses:
            yield (f"    {key}", f"    SHA-256 {key.fingerprint}")
    if not found.witnesses:
        yield ("That the time is right: nobody but the log itself has signed it.",
               "时间属实：只有日志自己签了名，没有外部见证。")


def told(found: Checked) -> Iterator[str]:
    """The events as they are proved."""
    for event, payload in zip(found.whole["events"], found.payloads):
        yield (f"{event['version']}  {event['type']}  happened {event['occurred_at']}  recorded"
               f" {event['recorded_at']} at {event['position']}  by {event['actor']}  in"
               f" {event['territory']}" + ("" if event["origin"] == "live" else "  (imported)"))
        for name, value in payload.items():
            place = "/" + name.replace("~", "~0").replace("/", "~1")
            one = found.openings.get((event["version"], place))
            if one is not None:
                mark = "" if one["secret"] else "[NOT PROVED 未证明] "
                yield f"     {name}: {mark}{one['text']}"
            elif is_box(value):
                yield f"     {name}: [sealed 已加密]"
            else:
                yield f"     {name}: {json.dumps(value, ensure_ascii=False)}"


def main(argv: Optional[Sequence[str]] = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore
    parser = argparse.ArgumentParser(description="Check a Linli evidence bundle, offline.")
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[], metavar="PUBLICKEY")
    parser.add_argument("--witness", action="append", default=[], metavar="PUBLICKEY")
    parser.add_argument("--history", action="store_true", help="print the events as proved")
    asked = parser.parse_args(argv)
    try:
        found = check(evidence_of(asked.file), asked.key, asked.witness)
        said = list(report(found, asked))
    except Bad as fault:
        return refused(fault.english, fault.chinese)
    except Exception as fault:  # whatever the file is, the answer is a sentence
        return refused(f"the file cannot be read as a bundle ({type(fault).__name__})",
                       f"文件不能作为证据包读取（{type(fault).__name__}）")
    print("\n".join(said))
    return 0


def report(found: Checked, asked: argparse.Namespace) -> Iterator[str]:
    parts = [("PROVED 已证明", proved(found)),
             ("NOT PROVED 未证明",
              unproved(found, by_key=bool(asked.key), by_witness=bool(asked.witness)))]
    for heading, lines in parts:
        yield heading
        for english, chinese in lines:
            yield f"- {seen(english)}"
            yield f"  {seen(chinese)}"
    if asked.history:
        yield "EVENTS 记录"
        yield from map(seen, told(found))


def refused(english: str, chinese: str) -> int:
    print(f"DOES NOT HOLD 不成立\n- {seen(english)}\n  {seen(chinese)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
