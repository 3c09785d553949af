"""privacy.yml says of every text column what it is for; nothing is missing and nothing is too much."""

import copy

import pytest

from shangliang.base.people.personal import privacy


def test_every_text_column_is_declared_and_every_declared_one_exists():
    assert privacy.undeclared() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["columns"]["voices.Voice"]["words"].remove("place"), "voices.Voice.place"),
        (lambda d: d["columns"].pop("people.Look"), "people.Look.reason"),
        (lambda d: d["columns"]["voices.Line"]["words"].append("nickname"), "gone: voices.Line.nickname"),
        (lambda d: d["impersonal"].update({"voices.Diary": "?"}), "gone: voices.Diary"),
    ],
)
def test_a_column_forgotten_or_invented_is_told(change, said, monkeypatch):
    declared = copy.deepcopy(privacy.declared())
    change(declared)
    monkeypatch.setattr(privacy, "declared", lambda: declared)
    assert said in privacy.undeclared()


def test_the_words_agreed_to_change_only_with_their_version():
    for name in privacy.declared()["consents"]:
        consent = privacy.consent(name)
        assert consent.sha256 == consent.digest, f"a new version, then {consent.digest}"


def test_each_class_says_everything_in_both_languages():
    for one in privacy.classes().values():
        for text in (one.purpose, one.basis, one.kept, one.sees, one.mask):
            assert set(text) == {"zh", "en"}
        assert one.columns
