"""Tiles, receipts and consistency, over HTTP as everybody reads them; and what they give away: nothing."""

import hashlib
import json
from base64 import b64decode

import pytest

from shangliang.base.journal import merkle, proofs, receipts
from shangliang.base.journal.checkpoints import checkpoint, newest
from shangliang.base.journal.models import Act, Seal
from shangliang.base.journal.seal import canonical, seal


@pytest.mark.parametrize(
    ("index", "place"),
    [(0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")],
)
def test_the_place_of_a_tile(index, place):
    assert proofs.tile_place(index) == place


def test_tiles_give_the_root_and_nothing_beyond_the_checkpoint(published, client):
    level0 = [client.get(f"/journal/tile/0/{place}").content for place in ("000", "001", "002.p/88")]
    hashes = [tile[i : i + 32] for tile in level0 for i in range(0, len(tile), 32)]
    assert merkle.fold(hashes) == newest()[0].root
    above = client.get("/journal/tile/1/000.p/2")
    assert above.content == merkle.fold(hashes[:256]) + merkle.fold(hashes[256:512])
    assert "immutable" in above["Cache-Control"]
    assert client.get("/journal/tile/0/002.p/7").content == level0[2][: 7 * 32]


@pytest.mark.parametrize(
    "place",
    [
        "0/002", "0/002.p/89", "0/002.p/0", "0/000.p/256", "0/002.p/088", "0/003", "0/3", "0/x000/000",
        "0/0000", "0/000/", "0/-01", "0/٠٠٠", "1/000", "1/000.p/3", "2/000.p/1", "63/000", "99999/000.p/1",
        "0/x999/x999/x999/x999/x999/x999/999",
    ],
)  # fmt: skip
def test_a_tile_that_is_none_is_not_there(published, client, place):
    assert client.get(f"/journal/tile/{place}").status_code == 404


def test_any_two_published_sizes_are_consistent(published, client):
    for old, size in [(1, 600), (255, 256), (256, 600), (511, 513), (600, 600), (88, 89)]:
        head, other, *proof = client.get(f"/journal/consistency/{old}/{size}").text.splitlines()
        assert (head, other) == (f"old {old}", f"size {size}")
        path = [_bytes(one) for one in proof]
        assert merkle.verify_consistency(old, size, merkle.root(old), merkle.root(size), path)
    for old, size in [(0, 600), (600, 599), (600, 601), (1, 10**18)]:
        assert client.get(f"/journal/consistency/{old}/{size}").status_code == 404


@pytest.mark.parametrize("number", [0, 255, 256, 599])
def test_a_receipt_leads_from_the_leaf_to_the_signed_root(published, client, number):
    file = client.get(f"/journal/receipt/{number}/proof")
    assert f"receipt-{number}.tlog-proof" in file["Content-Disposition"]
    head, _, note = file.text.partition("\n\n")
    form, extra, index, *path = head.splitlines()
    leaf, root = _bytes(extra.removeprefix("extra ")), newest()[0].root
    assert (form, index) == ("c2sp.org/tlog-proof@v1", f"index {number}")
    assert note == newest()[0].note == client.get("/journal/checkpoint").text
    assert merkle.verify_inclusion(number, 600, leaf, [_bytes(one) for one in path], root)
    act = Act.objects.get(pk=Seal.objects.get(number=number).act_id)
    assert leaf == hashlib.sha256(b"\0" + canonical(act)).digest()
    page = client.get(f"/journal/receipt/{number}/").text
    for seen in (leaf.hex(), root.hex(), *(_bytes(one).hex() for one in path)):
        assert seen in page


@pytest.mark.parametrize("number", [600, 602, 603, 10**19])
def test_what_no_checkpoint_knows_has_no_receipt(published, client, number):
    assert client.get(f"/journal/receipt/{number}/").status_code == 404
    assert client.get(f"/journal/receipt/{number}/proof").status_code == 404


def test_the_journal_of_nobody_yet_has_a_page(db, client):
    assert "还没有公布过" in client.get("/journal/").text
    assert client.get("/journal/keys").text == ""
    for name in ("checkpoint", "checkpoints.jsonl", "receipt/0/", "receipt/0/proof", "tile/0/000.p/1"):
        assert client.get(f"/journal/{name}").status_code == 404


def test_the_page_is_drawn_anew_with_each_checkpoint(published, client):
    assert newest()[0].root.hex() in client.get("/journal/").text
    checkpoint()
    assert newest()[0].root.hex() in client.get("/journal/").text


def test_a_page_costs_few_queries(published, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/journal/")
    with django_assert_max_num_queries(14):
        client.get("/journal/receipt/300/")


# What it gives away


def test_no_address_tells_anything_of_an_act(published, client):
    addresses = [
        "", "receipt/300/", "receipt/300/proof", "checkpoint", "checkpoints.jsonl", "keys", "tile/0/001",
        "consistency/3/600",
    ]  # fmt: skip
    act = Act.objects.get(pk=Seal.objects.get(number=300).act_id)
    words = [act.name, act.subject, act.thread, act.committee, act.salt, act.at.isoformat()[:26]]
    assert [word for word in words if word.encode() not in canonical(act)] == []
    for address in addresses:
        response = client.get(f"/journal/{address}")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert [word for word in words if word.encode() in body] == [], address


def test_who_guesses_all_of_an_act_but_its_salt_finds_no_leaf(write):
    """Times have microseconds, but a day of them is soon tried out; the salt is not."""
    one, two = write(2)
    seal()
    leaves = {bytes(leaf) for leaf in Seal.objects.values_list("leaf", flat=True)}
    assert merkle.leaf_hash(canonical(one)) in leaves  # with the salt it is found
    guessed = json.loads(canonical(one))
    assert len(guessed.pop("salt")) == 22
    assert one.salt != two.salt
    bare = json.dumps(guessed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert merkle.leaf_hash(bare) not in leaves
    unsalted = Act.objects.get(pk=one.pk)
    unsalted.salt = ""
    assert canonical(unsalted) == bare  # an act of the time before salts would have been found


def test_what_a_thread_began_with_is_told_to_whoever_may_read_it(published):
    kept = receipts.of("SL-MINE")
    assert (kept.number, kept.told) == (0, True)
    assert merkle.leaf_hash(kept.text) == merkle.leaves(0, 1)[0]
    assert receipts.of("SL-NONE") is None


def _bytes(word):
    return b64decode(word, validate=True)
