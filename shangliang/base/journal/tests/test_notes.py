"""Signed notes: another implementation's note opens, and nothing that was touched does."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shangliang.base.journal import notes

# The public example of the format, made by another implementation (golang.org/x/mod/sumdb/note).
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def pair(name="studio.example.cn/journal"):
    private = Ed25519PrivateKey.generate()
    return private, notes.key_of(private, name)


def test_a_note_of_others_opens():
    key = notes.read_key(KEY)
    assert notes.opened(NOTE, [key])[0].startswith("If you think")


def test_what_we_sign_opens_with_the_published_line_of_its_key():
    private, key = pair()
    note = notes.sign("清溪\n3\n", key, private)
    assert notes.opened(note, [pair()[1], notes.read_key(key.line())]) == ("清溪\n3\n", key)


@pytest.mark.parametrize(
    "fault",
    [
        lambda note: note.replace("3\n", "4\n", 1),
        lambda note: note[:-6] + "AAAA=\n",
        lambda note: note.replace("\n\n", "\n", 1),
        lambda note: note.split("\n\n")[0] + "\n",
        lambda note: note.replace("— s", "— t", 1),
        lambda note: "4\n\n" + note,
        lambda _note: "",
    ],
    ids=["text", "signature", "no blank line", "unsigned", "another name", "more text before", "nothing"],
)
def test_a_note_that_was_touched_stays_closed(fault):
    private, key = pair()
    note = notes.sign("studio\n3\n", key, private)
    with pytest.raises(ValueError, match="sign|unpack|padded"):
        notes.opened(fault(note), [key])


def test_a_stranger_signs_beside_us_and_not_instead_of_us():
    private, key = pair()
    other_private, other = pair("witness.example")
    note, foreign = notes.sign("a\n", key, private), notes.sign("a\n", other, other_private)
    both = note + foreign.rpartition("\n\n")[2]
    assert notes.opened(both, [key])[1] == key
    with pytest.raises(ValueError, match="No known key"):
        notes.opened(foreign, [key])
    masked, ours = pair(key.name)
    with pytest.raises(ValueError, match="No known key"):
        notes.opened(notes.sign("a\n", ours, masked), [key])


@pytest.mark.parametrize("line", ["", "a+b", KEY.replace("c74f", "c74e"), KEY[:-4], KEY.replace("+A", "+B")])
def test_a_broken_key_is_none(line):
    with pytest.raises(ValueError, match=r".+"):
        notes.read_key(line)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\n"])
def test_a_name_that_the_format_cannot_carry_is_refused(name):
    with pytest.raises(ValueError, match="called"):
        notes.key_of(Ed25519PrivateKey.generate(), name)
