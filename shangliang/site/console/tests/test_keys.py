"""Each private row has its key, and each key its row; what does not is named, or swept."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from shangliang import chores
from shangliang.base import clock
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import PersonKey
from shangliang.base.people.personal import keyring, rows
from shangliang.flow.consultations.models import Post
from shangliang.flow.voices.models import Voice
from stories import world_topics as told

DATABASES = ["default", "keyring"]
pytestmark = pytest.mark.django_db(databases=DATABASES)


def verified():
    """The exit code, and what it says."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify", stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, err.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def talk(world):
    """A voice, and posts of a member and a guest."""
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    told.said(world, topic, told.guest(topic), "我家三块田都踩了。", "补种子")
    chores.everything()
    return topic


def aged(days=9):
    PersonKey.objects.update(drawn_on=clock.today() - timedelta(days=days))


def test_every_table_with_private_words_says_whose_they_are():
    for model, _field in rows.private():
        list(model._base_manager.values_list(rows.path(model))[:1])  # or FieldError


def test_every_row_has_its_key_or_its_erasure(world, talk):
    assert verified()[0] == 0
    people.erase("guest00001", way="code", by=CLOCK)
    keyring.destroy(["guest00001"])  # as the worker does after it
    chores.everything()
    assert verified()[0] == 0


@pytest.mark.parametrize(
    ("whose", "named"),
    [
        (lambda: Voice.objects.all()[0].person, "voices_voice.words: 1 people have no key"),
        (lambda: "guest00001", "consultations_post.words: 1 people have no key"),
        (lambda: Post.objects.all()[0].consultation.code, "consultations_suggestion.words: 1 people"),
    ],
)
def test_verify_names_a_row_whose_key_is_gone_without_an_erasure(world, talk, whose, named):
    PersonKey.objects.filter(person=whose()).delete()  # the planted fault
    code, said = verified()
    assert code == 1
    assert named in said
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert report["ok"] is False
    assert report["locked"]


def test_a_key_without_a_row_is_swept_after_two_days_and_no_other(world, talk):
    kept = set(PersonKey.objects.values_list("person", flat=True))
    keyring.new("nobody0000")  # the planted one: what a crash between a key and its row leaves
    assert rows.sweep() == 0  # its row may still come
    aged()
    assert rows.sweep() == 1
    assert set(PersonKey.objects.values_list("person", flat=True)) == kept
    assert verified()[0] == 0


def test_a_form_on_its_way_keeps_an_old_key_from_the_sweep(world, talk):
    keyring.new("nobody0000")
    aged()
    keyring.new("nobody0000")  # somebody begins a row under it; it is not there yet
    assert rows.sweep() == 0
    assert keyring.keys(["nobody0000"])


def test_a_key_swept_at_the_very_moment_is_drawn_anew(world, talk, monkeypatch):
    first = keyring.new("nobody0000")
    aged()
    plain = keyring._rows

    class Swept:
        """The sweep comes between the look and the touch."""

        def filter(self, **said):
            found = plain().filter(**said)
            return Gone(found)

        def __getattr__(self, name):
            return getattr(plain(), name)

    class Gone:
        def __init__(self, found):
            self.found = found

        def first(self):
            row = self.found.first()
            rows.sweep() if row else None
            return row

        def __getattr__(self, name):
            return getattr(self.found, name)

    calls = iter([Swept()])
    monkeypatch.setattr(keyring, "_rows", lambda: next(calls, None) or plain())
    assert keyring.new("nobody0000") != first
    assert keyring.keys(["nobody0000"])


def test_the_worker_sweeps_at_night(world, talk, monkeypatch):
    keyring.new("nobody0000")
    aged()
    monkeypatch.setattr(chores, "_night", None)
    chores.nightly()
    assert not PersonKey.objects.filter(person="nobody0000").exists()
