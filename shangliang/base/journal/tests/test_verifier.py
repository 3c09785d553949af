"""The independent verifier: it reads what is published, agrees with us, and finds what was planted."""

import functools
import http.server
import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client, override_settings

from shangliang.base.journal import notes, proofs, receipts
from shangliang.base.journal.checkpoints import _whole, checkpoint, newest
from shangliang.base.journal.views import VERIFIER

from .test_verify import act_of, reckon, reckon_nodes, sql

NODE = shutil.which("node") or shutil.which("nodejs")
pytestmark = [pytest.mark.skipif(not NODE, reason="there is no Node (Debian: apt install nodejs)")]


def publish(client, folder):
    """Every file that the journal shows, saved as a mirror would save it."""
    size = newest()[0].size
    last = f"tile/0/{proofs.tile_place(size // 256)}.p/{size % 256}"
    tiles = [f"tile/0/{proofs.tile_place(n)}" for n in range(size // 256)] + [last]
    sizes = [one.size for one in newest(99)]
    pairs = [f"consistency/{old}/{size}" for old in sizes]
    for name in ["keys", "checkpoint", "checkpoints.jsonl", "verify.mjs", *tiles, *pairs]:
        response = client.get(f"/journal/{name}")
        assert response.status_code == 200, name
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(response.streaming_content) if response.streaming else response.content)


def check(where, *more):
    """What the verifier says, and whether it holds."""
    command = [NODE, str(VERIFIER), str(where), *(str(word) for word in more)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def mirror(long_ago, tmp_path_factory):
    """What that journal published; beside it two receipts, and the text of the first act."""
    folder = tmp_path_factory.mktemp("mirror")
    with override_settings(CHECKPOINTS=long_ago):
        client = Client()
        publish(client, folder)
        for number in (0, 300):
            proof = client.get(f"/journal/receipt/{number}/proof").content
            (folder / f"receipt-{number}.tlog-proof").write_bytes(proof)
        (folder / "act-0.json").write_bytes(receipts.of("SL-MINE").text)
    return folder


@pytest.fixture
def folder(mirror, tmp_path):
    return Path(shutil.copytree(mirror, tmp_path / "public"))


@pytest.fixture
def receipt(folder):
    return folder / "receipt-300.tlog-proof"


def test_it_agrees_with_us(folder, receipt):
    held, said = check(folder, "--receipt", receipt, "--kept", folder / "checkpoints.jsonl")
    assert held, said
    assert "5 checkpoints hold" in said
    [newest] = _whole((folder / "checkpoints.jsonl").read_bytes())[-1:]
    assert f"the newest of {newest.time.isoformat()}: 600 acts, root {newest.root.hex()}" in said
    assert "act 300 stands" in said


def test_it_reads_a_site_as_well(folder, receipt):
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    try:
        held, said = check(f"{address}/", "--receipt", receipt)
        assert held, said
        assert check(f"{address}/nowhere/") == (False, "does not hold: keys: the journal answers 404\n")
    finally:
        server.shutdown()
        server.server_close()


def test_who_has_the_act_itself_sees_that_it_is_the_one(folder):
    receipt, act = folder / "receipt-0.tlog-proof", folder / "act-0.json"
    assert check(folder, "--receipt", receipt, "--act", act)[1].endswith("with this very text\n")
    act.write_bytes(act.read_bytes().replace(b"lamp_reported", b"lamp_mended"))
    held, said = check(folder, "--receipt", receipt, "--act", act)
    assert (held, said.splitlines()[-1]) == (False, "does not hold: this is not the text of act 0")


# ── Planted faults ──
def altered(name, old, new, times=1):
    def plant(folder):
        path = folder / name
        body = path.read_bytes()
        assert old in body
        path.write_bytes(body.replace(old, new, times))

    return plant


def one_bit(name, at):
    def plant(folder):
        body = bytearray((folder / name).read_bytes())
        body[at] ^= 1
        (folder / name).write_bytes(body)

    return plant


def without_line(number):
    def plant(folder):
        path = folder / "checkpoints.jsonl"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for n, line in enumerate(lines, 1) if n != number), "utf-8")

    return plant


def swapped_leaves(folder):
    path = folder / "tile/0/001"
    body = path.read_bytes()
    path.write_bytes(body[32:64] + body[:32] + body[64:])


def resigned(folder):
    """All checkpoints signed by a key of the forger's own, which is published instead of ours."""
    private = Ed25519PrivateKey.generate()
    key = notes.key_of(private, "127.0.0.1/journal")
    (folder / "keys").write_text(key.line() + "\n")
    forged = [
        replace(one, note=notes.sign(one.note.rpartition("\n\n")[0] + "\n", key, private)).line()
        for one in _whole((folder / "checkpoints.jsonl").read_bytes())
    ]
    (folder / "checkpoints.jsonl").write_bytes(b"".join(forged))


@pytest.mark.parametrize(
    ("plant", "what"),
    [
        (altered("checkpoints.jsonl", b"\\n256\\n", b"\\n257\\n"), "signature of"),
        (altered("checkpoints.jsonl", b"after 200", b"after 256"), "signature of"),
        (without_line(3), "before size 500"),
        (without_line(1), "before size 200"),
        (one_bit("tile/0/000", 40), "root at size 200"),
        (one_bit("tile/0/002.p/88", -1), "root at size 600"),
        (swapped_leaves, "root at size 500"),
        (lambda folder: (folder / "tile/0/001").unlink(), "tile/0/001"),
        (lambda folder: (folder / "tile/0/001").write_bytes(b""), "holds 0 bytes"),
        (lambda folder: (folder / "checkpoints.jsonl").write_bytes(b""), "no checkpoint"),
        (altered("keys", b"+A", b"+B"), "no key"),
    ],
)  # fmt: skip
def test_what_was_altered_in_the_published_files_is_found(folder, plant, what):
    plant(folder)
    held, said = check(folder)
    assert not held
    assert what in said


def test_a_history_signed_anew_is_found_by_who_kept_keys_or_checkpoints(folder, tmp_path):
    for name in ("keys", "checkpoints.jsonl"):
        shutil.copy(folder / name, tmp_path / name)
    resigned(folder)
    assert check(folder)[0]  # from what is published alone it can't be seen
    held, said = check(folder, "--keys", tmp_path / "keys")
    assert (held, said) == (False, "does not hold: no known key has signed: 1\n")
    held, said = check(folder, "--kept", tmp_path / "checkpoints.jsonl")
    assert (held, said.splitlines()[-1]) == (False, "does not hold: no known key has signed: 1")


def test_a_split_view_is_found_when_two_compare(unguarded, client, settings, tmp_path):
    """The same key signs two histories: one for the public, one for somebody apart."""
    publish(client, tmp_path / "mine")
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(300)}")
    reckon(300)
    reckon_nodes()
    settings.CHECKPOINTS.unlink()
    checkpoint()
    publish(client, tmp_path / "theirs")
    assert check(tmp_path / "mine")[0]
    assert check(tmp_path / "theirs")[0]
    held, said = check(tmp_path / "theirs", "--kept", tmp_path / "mine" / "checkpoints.jsonl")
    assert (held, said.splitlines()[-1]) == (
        False,
        "does not hold: a checkpoint that was published is no more: size 1",
    )


def test_a_cut_journal_is_found_by_who_kept_its_checkpoints(folder, tmp_path):
    shutil.copy(folder / "checkpoints.jsonl", tmp_path)
    without_line(5)(folder)
    (folder / "tile/0/001.p").mkdir()
    (folder / "tile/0/001.p/244").write_bytes((folder / "tile/0/001").read_bytes()[: 244 * 32])
    assert check(folder)[0]
    held, said = check(folder, "--kept", tmp_path / "checkpoints.jsonl")
    assert (held, said.splitlines()[-1]) == (
        False,
        "does not hold: a checkpoint that was published is no more: size 600",
    )


def proof_line(number, body):
    lines = body.split(b"\n")
    lines[number] = b"A" * 43 + b"="
    return b"\n".join(lines)


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (lambda body: proof_line(3, body), "does not lead"),
        (lambda body: proof_line(11, body), "does not lead"),
        (lambda body: body.replace(b"index 300", b"index 301"), "does not lead"),
        (lambda body: body.replace(b"index 300", b"index 600"), "does not lead"),
        (lambda body: body.replace(b"extra ", b"extra A"), "does not lead"),
        (lambda body: body.replace(b"\n\n", b"\n" + b"A" * 43 + b"=\n\n", 1), "too long"),
        (lambda body: b"\n".join(body.split(b"\n")[:3] + body.split(b"\n")[12:]), "too short"),
        (lambda body: body.replace(b"\n600\n", b"\n601\n"), "signature of"),
        (lambda body: body.replace(b"proof@v1", b"proof@v2"), "another kind"),
    ],
)
def test_an_altered_receipt_is_found(folder, receipt, fault, what):
    body = receipt.read_bytes()
    assert fault(body) != body
    receipt.write_bytes(fault(body))
    held, said = check(folder, "--receipt", receipt)
    assert not held
    assert what in said


def test_a_receipt_of_a_checkpoint_that_is_not_published_is_found(folder, receipt):
    without_line(5)(folder)
    (folder / "tile/0/001.p").mkdir()
    (folder / "tile/0/001.p/244").write_bytes((folder / "tile/0/001").read_bytes()[: 244 * 32])
    held, said = check(folder, "--receipt", receipt)
    assert (held, said.splitlines()[-1]) == (
        False,
        "does not hold: the receipt's checkpoint is not published: size 600",
    )


@pytest.mark.parametrize("old", [1, 200, 256, 500])
def test_it_walks_the_proof_from_each_checkpoint_and_no_false_one(folder, tmp_path, old):
    lines = (folder / "checkpoints.jsonl").read_text("utf-8").splitlines(keepends=True)
    mine = tmp_path / "kept.jsonl"
    mine.write_text("".join(lines[: [1, 200, 256, 500].index(old) + 1]), "utf-8")
    held, said = check(folder, "--kept", mine)
    assert held, said
    path = folder / f"consistency/{old}/600"
    path.write_bytes(proof_line(2, path.read_bytes()))
    held, said = check(folder, "--kept", mine)
    assert (held, said.splitlines()[-1]) == (
        False,
        f"does not hold: the journal of {old} acts does not begin that of 600",
    )
