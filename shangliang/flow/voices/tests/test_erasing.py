"""A resident asks that what they said be erased."""

import pytest
from django.contrib.sessions.backends.db import SessionStore

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.files.models import File
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people import threads
from shangliang.base.people.models import Erasure, Look, PersonKey
from shangliang.base.people.personal import erasures, keyring
from shangliang.flow.voices import actions
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.models import Line, Voice
from stories.pages import photo as a_photo

NOTICE = "已按本人要求删除"
RARE = "瀼渡桥头"


@pytest.fixture
def told(story):
    """A voice with everything: phone, place, photo, dialogue, a public wording, an answer, a verdict."""
    voice = story.leave(
        words=f"{RARE}的路灯不亮。", phone="13812345678", place=RARE, public=True, photos=[a_photo()]
    )
    w, by = story.world, story.by(voice)
    actions.show(voice.code, by=w.convener, seen=1)
    actions.take_up(voice.code, by=w.convener, seen=1)
    actions.say(voice.code, by=by, seen=None, words=f"{RARE}还是不亮", photos=[a_photo()])
    actions.reveal_phone(voice.code, by=w.officer, reason=f"给{RARE}的人回电话")
    actions.answer(voice.code, by=w.convener, seen=voices.rows().get(pk=voice.pk).version, words="修好了。")
    seen = voices.rows().get(pk=voice.pk).version
    actions.judge_partly(voice.code, by=by, seen=seen, missing=f"{RARE}还差一盏")
    return voices.rows().get(pk=voice.pk)


def test_what_they_said_is_gone_and_the_thread_stays(story, told):
    before = Act.objects.filter(thread=told.thread).count()
    actions.erase(told.code, by=story.by(told))
    gone = voices.rows().get(pk=told.pk)
    assert (gone.words, gone.title, gone.wording, gone.public_title) == (NOTICE,) * 4
    assert (gone.place, gone.phone, gone.public_words) == ("", "", "")
    assert [str(line.words) for line in voices.lines(gone)] == [NOTICE]
    assert [str(one.missing) for one in voices.verdicts(gone)] == [NOTICE]
    assert not File.objects.exists()
    assert voices.by_tracking_code(story.code) is None
    assert (gone.state, gone.review, gone.number) == (told.state, told.review, told.number)
    assert [answer.words for answer in voices.answers(gone)] == ["修好了。"]
    assert Look.objects.get().reason == NOTICE
    last = Act.objects.filter(thread=told.thread).order_by("pk").last()
    assert (last.name, last.facts) == ("person_erased", {"way": "code"})
    assert Act.objects.filter(thread=told.thread).count() == before + 1


def test_nobody_finds_it_any_more(story, told):
    everything = Voice.objects.all()
    assert search.newest("voice", RARE, everything)[0]
    assert search.newest("shown_voice", RARE, everything)[0]
    actions.erase(told.code, by=story.by(told))
    assert search.newest("voice", RARE, everything)[0] == []
    assert search.newest("shown_voice", RARE, everything)[0] == []


def test_a_clock_that_ran_is_stopped_and_nothing_moves_any_more(story, world):
    voice = story.to("taken_up")
    assert voice.due_by
    actions.erase(voice.code, by=world.officer, way="in_person")
    gone = voices.rows().get(pk=voice.pk)
    assert gone.due_by is None
    assert not gone.deadlines.filter(ended_on=None).exists()
    assert voices.offered(world.convener, gone, clock.today()) == []
    with pytest.raises(NotNow, match="按本人要求"):
        actions.answer(voice.code, by=world.convener, seen=gone.version, words="修好了。")
    with pytest.raises(NotNow, match="按本人要求"):
        actions.say(voice.code, by=story.by(voice), seen=None, words="再说一句")


@pytest.mark.parametrize("who", ["convener", "member", "handler", "city_officer", "auditor"])
def test_only_the_author_and_the_committees_officers_erase(story, world, who):
    voice = story.leave(public=True)
    actions.show(voice.code, by=world.officer, seen=1)
    with pytest.raises(NotYours):
        actions.erase(voice.code, by=getattr(world, who), way="in_person")
    assert not Erasure.objects.exists()


def test_the_key_the_photos_and_the_list_follow(story, told, settings):
    codes = list(File.objects.values_list("code", flat=True))
    on_disk = list((settings.MEDIA_ROOT / "files").rglob("*.jpg"))
    assert len(on_disk) == 2 * len(codes) == 4
    actions.erase(told.code, by=story.by(told))
    assert PersonKey.objects.filter(person=told.person).exists()
    assert people.finish_erasures() == 0  # a test's transaction is open: the old pages can't be cut off
    assert not PersonKey.objects.filter(person=told.person).exists()
    assert list((settings.MEDIA_ROOT / "files").rglob("*.jpg")) == []
    assert [one.person for one in erasures.read()] == [told.person]
    assert Erasure.objects.get().done is None
    people.finish_erasures()
    assert [one.person for one in erasures.read()] == [told.person]  # each step may be repeated


def test_an_erased_person_is_never_written_down_again(story, told):
    held = voices.get(told.code, story.by(told))
    assert held.words
    actions.erase(told.code, by=story.by(told))
    people.finish_erasures()
    with pytest.raises(keyring.Erased):
        keyring.new(told.person)
    with pytest.raises(keyring.Erased):
        Line(
            voice=voices.rows().get(pk=told.pk), side="author", words="又一句", by="x", at=clock.now()
        ).save()


def test_an_erased_voice_can_still_be_saved(story, told):
    actions.erase(told.code, by=story.by(told))
    people.finish_erasures()
    gone = voices.rows().get(pk=told.pk)
    assert gone.title == NOTICE
    gone.save()
    assert bytes(Voice.objects.values_list("words", flat=True).get(pk=told.pk)) == b""


def test_an_open_thread_is_closed_with_what_was_typed_there(story, told):
    mine, other = SessionStore(), SessionStore()
    mine["thread"], mine["kept"], mine["_auth_user_id"] = {"key": told.person}, {"words": RARE}, "7"
    other["thread"] = {"key": "another"}
    mine.save()
    other.save()
    assert threads.close(told.person) == 1
    assert dict(SessionStore(mine.session_key).items()) == {"_auth_user_id": "7"}
    assert "thread" in SessionStore(other.session_key)


def test_a_restored_database_erases_again(story, told):
    """What the list says is done again, in a database that knows nothing of it, once."""
    listed = [
        erasures.Listed(told.person, "code", clock.now()),
        erasures.Listed("never-there", "code", clock.now()),
    ]
    assert people.replay_erasures(listed) == 2
    assert voices.rows().get(pk=told.pk).words == NOTICE
    assert not PersonKey.objects.filter(person=told.person).exists()
    assert Act.objects.filter(name="person_erased").count() == 1


def test_the_list_survives_a_torn_line(settings):
    one = erasures.Listed("abc", "code", clock.now())
    erasures.write([one])
    with settings.ERASURES.open("ab") as file:
        file.write(b'{"person": "half')
    assert erasures.read() == [one]
    two = erasures.Listed("def", "code", clock.now())
    erasures.write([two])  # not glued to the half line, and so not lost for ever
    assert erasures.read() == [one, two]


def test_an_account_is_closed_once_its_posts_have_ended(world):
    person = world.accounts["member2"]
    with pytest.raises(Exception, match="职务"):
        people.erase_account(person, by=world.operator)
    for post in person.posts.all():
        people.end_post(post, by="clock", on=post.since)
    people.erase_account(person, by=world.operator)
    person.refresh_from_db()
    assert (person.name, person.email, person.title, person.is_active) == ("已注销", "", "", False)
    assert not person.has_usable_password()
    assert person.username == f"-{person.key}"
    assert Act.objects.filter(name="account_erased").count() == 1


def test_an_account_that_was_closed_before_it_was_erased_is_erased_again_too(world):
    """A backup of between holds it closed, with its name."""
    person = world.accounts["member2"]
    for post in person.posts.all():
        people.end_post(post, by="clock", on=post.since)
    person.is_active = False
    person.save()
    assert people.replay_erasures([erasures.Listed(person.key, "account", clock.now())]) == 1
    person.refresh_from_db()
    assert person.name == "已注销"
