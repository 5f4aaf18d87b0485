"""A bundle that somebody has worked on: events, proofs and keys that are not what they seem."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from shared.core.notes import BadNote
from shared.store import seal_keys
from shared.store.seal_folder import appended
from tests.grievance.bundles import (
    LOG_KEY,
    NEXT_KEY,
    NINE,
    OTHER,
    OTHER_WITNESS,
    STORY,
    STRANGER,
    WITNESS,
    Made,
    bundle,
    refuse,
    seal,
    spelled,
    told,
    verifier,
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A bundle that a witness signed, of a case among others."""
    rows = told()
    return bundle(seal(tmp_path / "seals", [rows], 100, witness=WITNESS), rows)


def test_every_byte_of_the_evidence_counts(tmp_path: Path) -> None:
    rows = told(STORY[2:5])
    seals = seal(
        tmp_path, [rows], 20, keys=(NEXT_KEY, LOG_KEY), signing=1, witness=WITNESS
    )  # fmt: skip
    made = bundle(seals, rows)
    evidence = made.evidence
    assert verifier.check(evidence, [made.key])
    for place in range(len(evidence)):
        refuse(evidence[:place] + bytes([evidence[place] ^ 1]) + evidence[place + 1 :], made)


def test_a_case_of_events_left_out_swapped_or_added_does_not_hold(made: Made) -> None:
    whole = made.whole
    count = len(whole["events"])
    for n in range(count):
        for change in (_without, _twice, _swapped):
            broken = deepcopy(whole)
            change(broken["events"], n)
            if broken["events"] != whole["events"]:
                said = refuse(spelled(broken), made)
                assert "event" in said
                for version, event in enumerate(broken["events"], start=1):
                    event["version"] = version
                refuse(spelled(broken), made)


def _without(events: list[Any], n: int) -> None:
    del events[n]


def _twice(events: list[Any], n: int) -> None:
    events.insert(n, dict(events[n]))


def _swapped(events: list[Any], n: int) -> None:
    events[n], events[n - 1] = events[n - 1], events[n]


def test_the_proof_of_another_case_proves_nothing(tmp_path: Path) -> None:
    rows, others = told(), told(STORY[:6], OTHER, first=3)
    seals = seal(tmp_path, [rows, others], 100)
    made, other = bundle(seals, rows), bundle(seals, others)
    assert verifier.check(other.evidence, [other.key])
    for name in ("inclusion", "events", "stream", "openings"):
        broken = made.whole | {name: other.whole[name]}
        if broken != made.whole:
            refuse(spelled(broken), made)


def test_a_witness_that_did_not_sign_is_missed(made: Made) -> None:
    said = refuse(made.evidence, made, witnesses=[str(OTHER_WITNESS.public)])
    assert said == "the witness elsewhere has not signed the checkpoint"
    refuse(made.evidence, made, witnesses=[made.key])
    refuse(made.evidence, made, keys=[made.witness])


def test_a_checkpoint_of_the_next_key_is_tied_to_the_first(tmp_path: Path) -> None:
    rows = told()
    seals = seal(tmp_path, [rows], 100, keys=(NEXT_KEY, LOG_KEY), signing=1)
    made = bundle(seals, rows)
    for known in (LOG_KEY, NEXT_KEY):
        found = verifier.check(made.evidence, [str(known.public)])
        assert [one.name for one in found.signers] == [NEXT_KEY.name]
    untied = made.whole | {"rotations": []}
    assert "not signed by the key that you gave" in refuse(spelled(untied), made)


def test_a_stranger_is_not_tied_by_signing_beside_us(tmp_path: Path) -> None:
    """A line can be added to any note; one that ties keys has to name them."""
    seals = seal(tmp_path, [told()], 100, keys=(NEXT_KEY, LOG_KEY))
    place = seals.place
    assert {*seal_keys.trusted(place, [LOG_KEY.public])} == {LOG_KEY.public, NEXT_KEY.public}
    [tie] = seal_keys.ties(place)
    both = tie.with_lines([STRANGER.sign(tie.text, NINE)])
    appended(place / seal_keys.ROTATIONS, both)
    seal_keys.remember(place, [STRANGER])
    assert STRANGER.public not in seal_keys.trusted(place, [LOG_KEY.public])
    latest = (place / "grievance" / "1" / "checkpoint").read_text("utf-8")
    (place / seal_keys.ROTATIONS).write_text(f"{latest}\n", encoding="utf-8")
    with pytest.raises(BadNote):
        seal_keys.trusted(place, [LOG_KEY.public])
