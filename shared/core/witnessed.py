"""What a log asks of a witness, and how a witness answers: the wire format and the rules of
`add-checkpoint` (C2SP tlog-witness), so that witnesses of others can serve us and ours can serve
others. Pure.

A request is `old SIZE`, a line in base64 for each hash of the proof that the log grew from there,
an empty line, and the checkpoint as a signed note.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shared.core import merkle
from shared.core.checkpoint import ROOT_BYTES, Checkpoint
from shared.core.merkle import BadProof
from shared.core.notes import BadNote, Note, PublicKey

LONGEST = 63  # hashes of a proof
OK, MALFORMED, UNSIGNED, STRANGER, CONFLICT, UNPROVED = 200, 400, 403, 404, 409, 422


class Refused(Exception):
    """The witness does not sign. `status` is that of the answer; with 409 it has signed `size`
    events of this log already."""

    def __init__(self, status: int, reason: str, size: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.size = size


class Seen(NamedTuple):
    """What a witness signed last of an origin."""

    size: int
    root: bytes


@dataclass(frozen=True)
class Ask:
    """The log had `old` events when the witness signed last; here is what it has now."""

    old: int
    proof: Sequence[bytes]
    note: Note

    def __str__(self) -> str:
        lines = [f"old {self.old}", *(b64encode(one).decode() for one in self.proof)]
        return "".join(f"{line}\n" for line in lines) + "\n" + str(self.note)

    @classmethod
    def parse(cls, text: str) -> Ask:
        """The request of such a text. Raises Refused."""
        head, _, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        word, _, size = first.partition(" ")
        try:
            proof = [b64decode(line, validate=True) for line in lines]
            ask = cls(int(size), proof, Note.parse(note))
        except (ValueError, BadNote) as fault:
            raise Refused(MALFORMED, f"a request is old, proof and checkpoint: {fault}") from fault
        hashes = all(len(one) == ROOT_BYTES for one in proof) and len(proof) <= LONGEST
        if word != "old" or not hashes or ask.old < 0 or str(ask) != text:
            raise Refused(MALFORMED, "a request is old, proof and checkpoint")
        return ask


def judged(ask: Ask, seen: Seen | None, keys: Sequence[PublicKey]) -> Checkpoint:
    """The checkpoint that the witness may sign: a known log signed it, and it only adds to what was
    `seen` of its origin. Raises Refused."""
    point = _signed(ask.note, keys)
    known = seen or Seen(0, merkle.EMPTY)
    if ask.old > point.size:
        raise Refused(MALFORMED, "the checkpoint has fewer events than the log had before")
    if ask.old != known.size:
        raise Refused(CONFLICT, f"{known.size} events were signed last", known.size)
    if known.size == point.size and known.root != point.root:
        raise Refused(CONFLICT, "another root was signed for as many events", known.size)
    if known.size == point.size or not known.size:
        if ask.proof:
            raise Refused(UNPROVED, "there is nothing to prove, and a proof is given")
        return point
    try:
        merkle.check_consistency(known.size, known.root, point.size, point.root, ask.proof)
    except BadProof as fault:
        raise Refused(UNPROVED, f"the log does not begin as it was signed: {fault}") from fault
    return point


def _signed(note: Note, keys: Sequence[PublicKey]) -> Checkpoint:
    names = {line.name for line in note.lines}
    if not any(key.name in names for key in keys):
        raise Refused(STRANGER, "the log is not known here")
    try:
        if not any([key.signed(note) for key in keys]):
            raise Refused(UNSIGNED, "no key that is known here has signed the checkpoint")
    except BadNote as fault:
        raise Refused(UNSIGNED, str(fault)) from fault
    try:
        return Checkpoint.parse(note.text)
    except BadNote as fault:
        raise Refused(MALFORMED, str(fault)) from fault
