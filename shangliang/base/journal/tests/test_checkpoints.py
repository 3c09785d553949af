"""Checkpoints: signed, in a row, torn lines left out, keys changed; and what a forger of the file meets."""

import json
import logging

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from shangliang.base.journal import checkpoints, merkle, notes
from shangliang.base.journal.checkpoints import checkpoint, newest, public_keys, told
from shangliang.base.journal.seal import seal
from shangliang.base.journal.verify import verify

from .test_verify import act_of, reckon, reckon_nodes, sql

PEM = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def lines(settings):
    return settings.CHECKPOINTS.read_text("utf-8").splitlines(keepends=True)


def grow(write, n=1):
    write(n)
    seal()
    return checkpoint()


def found(keys=None):
    report = verify(keys)
    return report.broken, report.where


@pytest.fixture
def three(write):
    """Checkpoints of 3, 5 and 6 acts."""
    return [grow(write, n) for n in (3, 2, 1)]


def test_a_checkpoint_is_a_note_that_outsiders_can_read(three, settings):
    note = json.loads(lines(settings)[1])["note"]
    text, key = notes.opened(note, public_keys())
    name, size, root, time, after = text.splitlines()
    assert (name, size, after) == (settings.JOURNAL_NAME, "5", "after 3")
    assert time.startswith("time 20")
    assert root.endswith("=")
    assert key.line() == checkpoints.keys_path().read_text("utf-8").strip()
    assert [one.size for one in newest(2)] == [6, 5]
    assert told() == 6
    assert verify().checkpoint == 6


def test_without_a_file_nothing_is_told(db):
    assert (newest(), told(), public_keys()) == ([], 0, [])


# Somebody who may write the file, without the key


@pytest.mark.parametrize(
    "fault",
    [
        lambda line: line.replace('"note": "127', '"note": "128'),
        lambda line: line.replace("\\n5\\n", "\\n4\\n"),
        lambda line: line.replace("after 3", "after 0"),
        lambda line: line.replace("time 20", "time 19"),
        lambda line: line[:-8] + 'AA\\n"}\n',
        lambda line: json.dumps({"size": 5, "root": "00" * 32, "time": "2026-01-01T00:00:00+00:00"}) + "\n",
        lambda line: "5\n",
    ],
    ids=["name", "size", "after", "time", "signature", "unsigned", "a number"],
)
def test_an_altered_line_is_named(three, settings, fault):
    first, second, third = lines(settings)
    assert fault(second) != second
    settings.CHECKPOINTS.write_text(first + fault(second) + third, "utf-8")
    assert found() == ("checkpoint_unsigned", "line 2")


def test_a_removed_line_is_named(three, settings):
    first, second, third = lines(settings)
    settings.CHECKPOINTS.write_text(first + third, "utf-8")
    assert found() == ("checkpoint_removed", "size 5, before 6")
    settings.CHECKPOINTS.write_text(second + third, "utf-8")
    assert found() == ("checkpoint_removed", "size 3, before 5")
    settings.CHECKPOINTS.write_text(second + first + third, "utf-8")
    assert found() == ("checkpoint_removed", "size 3, before 5")


@pytest.fixture
def rewritten(unguarded, settings):
    """An act changed, seals and nodes reckoned anew; and a key of the forger's own."""
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(300)}")
    reckon(300)
    reckon_nodes()
    settings.CHECKPOINTS.write_bytes(b"")
    private = Ed25519PrivateKey.generate()
    return private, notes.key_of(private, settings.JOURNAL_NAME)


def forge(settings, private, key):
    made = checkpoints._signed(600, 0, key, private)
    settings.CHECKPOINTS.write_bytes(made.line())


def test_a_history_reckoned_anew_with_its_checkpoints_lacks_the_signature(rewritten, settings):
    forge(settings, *rewritten)
    assert found() == ("checkpoint_unsigned", "line 1")


def test_with_a_key_slipped_in_too_the_keys_that_others_kept_tell(rewritten, settings, tmp_path):
    private, key = rewritten
    own = tmp_path / "kept-keys.txt"
    own.write_text(checkpoints.keys_path().read_text("utf-8"), "utf-8")
    forge(settings, private, key)
    checkpoints._publish(key)
    assert verify().ok  # what verify alone cannot see, as docs/security.md says
    assert found(public_keys(own)) == ("checkpoint_unsigned", "line 1")
    with pytest.raises(SystemExit):
        call_command("verify", keys=own)


def test_the_worker_signs_no_journal_that_contradicts_its_last_checkpoint(unguarded, caplog):
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(300)}")
    reckon(300)
    reckon_nodes()
    assert merkle.root(600) != newest()[0].root
    with caplog.at_level(logging.ERROR):
        assert checkpoint() is None
    assert "contradicts" in caplog.text
    assert told() == 600


def test_nor_one_that_was_cut(unguarded, caplog):
    sql("DELETE FROM journal_seal WHERE number >= 590")
    assert checkpoint() is None
    sql("DELETE FROM journal_node")
    assert checkpoint() is None
    assert caplog.text.count("contradicts") == 2


# Keys


def key_file(path, private=None):
    path.write_bytes((private or Ed25519PrivateKey.generate()).private_bytes(*PEM))
    return path


def test_after_a_change_of_key_the_old_signatures_hold(published, settings, tmp_path):
    settings.JOURNAL_KEY_FILE = key_file(tmp_path / "second.pem")
    checkpoint()
    old, new = public_keys()
    assert old.name == new.name
    assert old.id != new.id
    assert verify().checkpoint == 603
    assert found([new]) == ("checkpoint_unsigned", "line 1")
    assert found([old]) == ("checkpoint_unsigned", "line 6")


def test_a_key_is_made_once_and_never_overwritten(settings, tmp_path, capsys):
    path = tmp_path / "secret" / "journal-key.pem"
    call_command("journal_key", str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    settings.JOURNAL_KEY_FILE = path
    said = notes.key_of(checkpoints.private_key(), settings.JOURNAL_NAME)
    assert notes.read_key(capsys.readouterr().out) == said
    with pytest.raises(CommandError, match="name a new file"):
        call_command("journal_key")
    settings.JOURNAL_KEY_FILE = None
    with pytest.raises(CommandError, match="Name the file"):
        call_command("journal_key")


@pytest.mark.parametrize("content", [None, b"", b"rubbish", "another kind"])
def test_without_its_key_the_worker_does_not_start(settings, tmp_path, content):
    settings.JOURNAL_KEY_FILE = path = tmp_path / "journal-key.pem"
    if content == "another kind":
        content = ec.generate_private_key(ec.SECP256R1()).private_bytes(*PEM)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match="journal_key"):
        call_command("work", once=True)
