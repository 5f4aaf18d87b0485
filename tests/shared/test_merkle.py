"""The tree is the one of RFC 6962: by the public vectors of Certificate Transparency, by an
independent library, and by its own law that every proof leads to the root and no other does."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from shared.core import merkle
from shared.core.merkle import BadProof, Frontier

# The leaves, roots and proofs of the reference implementation of Certificate Transparency
# (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
LEAVES = [bytes.fromhex(told) for told in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [bytes.fromhex(told) for told in (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)]  # fmt: skip
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
G = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
H = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
PATHS = {
    (0, 1): [], (0, 8): [A, B, C], (5, 8): [D, E, F], (1, 5): [G, B, D],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}  # fmt: skip
GROWTHS = {(1, 1): [], (1, 8): [A, B, C], (6, 8): [H, E, F], (2, 5): [B, D]}


class Plain:
    """A tree as the definition has it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = leaves

    def perfect(self, height: int, index: int) -> bytes:
        if height == 0:
            return self.leaves[index]
        left, right = (self.perfect(height - 1, 2 * index + side) for side in (0, 1))
        return merkle.node(left, right)


def hashed(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def hexed(proof: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in proof]


VECTORS = Plain([hashed(data) for data in LEAVES])


def test_the_roots_are_the_public_ones() -> None:
    assert [merkle.root(VECTORS, size) for size in range(1, 9)] == ROOTS
    assert merkle.root(VECTORS, 0) == merkle.EMPTY == sha256(b"").digest()


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_paths_are_the_public_ones(index: int, size: int) -> None:
    assert hexed(merkle.inclusion(VECTORS, index, size)) == PATHS[index, size]


@pytest.mark.parametrize(("old", "new"), GROWTHS)
def test_the_growths_are_the_public_ones(old: int, new: int) -> None:
    assert hexed(merkle.consistency(VECTORS, old, new)) == GROWTHS[old, new]


def test_a_leaf_is_the_position_and_the_hash_of_an_event() -> None:
    own = sha256(b"an event").digest()
    assert merkle.leaf(258, own) == hashed(bytes([0, 0, 0, 0, 0, 0, 1, 2]) + own)


def test_an_independent_library_agrees_on_ten_thousand_trees() -> None:
    random = Random(6962)
    for _ in range(10_000):
        size = random.choice((random.randint(1, 9), random.randint(1, 60)))
        entries = [random.randbytes(8) for _ in range(size)]
        theirs, ours = InmemoryTree("sha256"), Plain([hashed(entry) for entry in entries])
        theirs.append_entries(entries)
        old, index = random.randint(1, size), random.randrange(size)
        top = merkle.root(ours, size)
        assert theirs.get_root() == top
        path = theirs.prove_inclusion(index + 1, size).path
        assert [ours.leaves[index], *merkle.inclusion(ours, index, size)] == path
        before = theirs.get_root(old)
        theirs.prove_consistency(old, size).verify(merkle.root(ours, old), top)
        growth = merkle.consistency(ours, old, size)
        merkle.check_consistency(old, before, size, theirs.get_root(), growth)


sizes = st.integers(1, 600)


@given(st.data(), sizes)
def test_every_proof_leads_to_the_root_and_no_other_does(data: st.DataObject, size: int) -> None:
    tree = Plain([hashed(n.to_bytes(2)) for n in range(size)])
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    top, before = merkle.root(tree, size), merkle.root(tree, old)
    path = merkle.inclusion(tree, index, size)
    growth = merkle.consistency(tree, old, size)
    merkle.check_inclusion(tree.leaves[index], index, size, path, top)
    merkle.check_consistency(old, before, size, top, growth)
    for bent in _bent(data, path):
        with pytest.raises(BadProof):
            merkle.check_inclusion(tree.leaves[index], index, size, bent, top)
    for bent in _bent(data, growth):
        with pytest.raises(BadProof):
            merkle.check_consistency(old, before, size, top, bent)
    other = data.draw(st.integers(0, size + 3).filter(lambda n: n != index))
    with pytest.raises(BadProof):
        merkle.check_inclusion(tree.leaves[index], other, size, path, top)


def _bent(data: st.DataObject, proof: list[bytes]) -> list[list[bytes]]:
    bent = [[*proof, bytes(32)]]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        bent += [proof[:at] + proof[at + 1 :], [*proof[:at], bytes(32), *proof[at + 1 :]]]
    return bent


@given(st.lists(st.integers(1, 700), max_size=6))
def test_a_frontier_that_grows_by_steps_has_the_root_of_the_whole(steps: list[int]) -> None:
    frontier, leaves = Frontier(), cast("list[bytes]", [])
    for step in steps:
        fresh = [hashed(n.to_bytes(2)) for n in range(len(leaves), len(leaves) + step)]
        frontier.extend(fresh)
        leaves += fresh
        assert frontier.size == len(leaves)
        assert frontier.root() == merkle.root(Plain(leaves), len(leaves))


def test_what_a_tree_does_not_have_is_not_proved() -> None:
    with pytest.raises(ValueError, match="no leaf 8"):
        merkle.inclusion(VECTORS, 8, 8)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="grows into"):
            merkle.consistency(VECTORS, old, new)
