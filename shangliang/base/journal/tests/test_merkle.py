"""The tree against the public vectors, a naive tree, and wrong proofs."""

import hashlib
from datetime import UTC, datetime

import pytest

from shangliang.base.journal import merkle, queries
from shangliang.base.journal.models import Node, Seal
from shangliang.base.journal.seal import _grow, seal

VECTORS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive(leaves):
    """The definition of RFC 6962, 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return merkle.join(naive(leaves[:k]), naive(leaves[k:]))


def test_the_public_vectors():
    leaves = [merkle.leaf_hash(bytes.fromhex(one)) for one in VECTORS]
    frontier = merkle.Frontier()
    assert frontier.root() == merkle.EMPTY == naive([])
    for size, root in enumerate(ROOTS, 1):
        frontier.push(leaves[size - 1])
        assert merkle.fold(leaves[:size]).hex() == frontier.root().hex() == root


@pytest.fixture(scope="module")
def many():
    return [merkle.leaf_hash(str(i).encode()) for i in range(1300)]


@pytest.fixture
def planted(db, many):
    """1,300 seals and their five nodes, as the sealer would leave them."""
    now = datetime.now(UTC)
    Seal.objects.bulk_create(Seal(number=i, act_id=i + 1, at=now, leaf=leaf) for i, leaf in enumerate(many))
    for old in range(0, 1300, 100):
        _grow(old, old + 100)
    assert Node.objects.count() == 5


SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 1023, 1024, 1300]


@pytest.mark.parametrize("size", SIZES)
def test_root_and_proofs_agree_with_the_naive_tree(planted, many, size):
    root, longer = naive(many[:size]), naive([*many[:size], many[0]])
    assert merkle.root(size) == root
    for number in {0, size // 2, size - 1, min(255, size - 1), min(256, size - 1)}:
        proof = merkle.inclusion(number, size)
        assert merkle.verify_inclusion(number, size, many[number], proof, root)
        assert not merkle.verify_inclusion(number, size, merkle.leaf_hash(b"forged"), proof, root)
        assert not merkle.verify_inclusion(number, size + 1, many[number], proof, longer)
        assert not merkle.verify_inclusion(number, size, many[number], [*proof, root], root)
        if proof:
            assert not merkle.verify_inclusion(number, size, many[number], proof[:-1], root)
    for old in [one for one in SIZES if one <= size]:
        proof, before = merkle.consistency(old, size), naive(many[:old])
        assert merkle.verify_consistency(old, size, before, root, proof)
        assert not merkle.verify_consistency(old, size, merkle.leaf_hash(b"forged"), root, proof)
        assert not merkle.verify_consistency(old, size, before, merkle.leaf_hash(b"forged"), proof)
        assert not merkle.verify_consistency(old, size, before, root, [*proof, root])
        if len(proof) > 1:
            assert not merkle.verify_consistency(old, size, before, root, proof[::-1])


def test_proofs_of_what_is_not_there_are_refused(planted, many):
    with pytest.raises(ValueError, match="no leaf 5"):
        merkle.inclusion(5, 5)
    with pytest.raises(ValueError, match="beginning"):
        merkle.consistency(6, 5)
    with pytest.raises(LookupError, match="verify"):
        merkle.root(1301)
    assert not merkle.verify_inclusion(5, 5, many[5], [], many[5])
    assert not merkle.verify_consistency(0, 5, merkle.EMPTY, many[0], [])
    assert not merkle.verify_consistency(3, 5, many[0], many[1], [])


def test_a_proof_reads_few_rows(planted, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        merkle.consistency(513, 1300)


def test_a_sealed_act_has_its_proof(write):
    write(3)
    assert seal() == 3
    assert queries.size() == 3
    leaf = bytes(Seal.objects.get(number=1).leaf)
    assert merkle.verify_inclusion(1, 3, leaf, merkle.inclusion(1, 3), merkle.root(3))
