"""A guest with a door code sees what is kept of them, puts it right, takes a copy, has it erased."""

import io
import json
import zipfile

import pytest
from django.test import Client

from shangliang.base.people import actions as people
from shangliang.base.people.models import Erasure, PersonKey
from shangliang.base.people.personal import keyring
from shangliang.flow.consultations import actions, queries
from shangliang.flow.consultations.models import Post, Suggestion
from stories import world_topics as told

KEY = "g" * 22
ERASED = "已按本人要求删除"


@pytest.fixture
def topic(world):
    return told.opened(world)


@pytest.fixture
def paper(world, topic):
    """A printed door code."""
    return actions.print_door_codes(topic.code, by=world.convener, number=1)[0]


@pytest.fixture
def guest(topic, paper):
    """A browser that used it, and said a piece with a suggestion."""
    browser = Client()
    assert browser.post(f"{at(topic)}enter/", {"code": paper, "key": KEY}).status_code == 302
    said = {"words": "我家三块田都踩了", "suggestions": "踩坏的补种子", "key": KEY}
    assert browser.post(f"{at(topic)}post/", said).status_code == 302
    return browser


def at(topic):
    return f"/consultations/{topic.code}/"


def shown(world):
    post = Post.objects.get()
    actions.show_post(post.code, by=world.convener, seen=post.review_version)
    return Post.objects.get()


def test_the_page_is_reached_from_where_one_writes_and_shows_what_is_kept(topic, guest):
    page = guest.get(at(topic)).content.decode()
    assert f'href="{at(topic)}data/"' in page
    own = guest.get(f"{at(topic)}data/")
    assert "我家三块田都踩了" in own.content.decode()
    assert "踩坏的补种子" in own.content.decode()
    assert "no-store" in own["Cache-Control"]


def test_somebody_else_sees_nothing_and_is_asked_for_the_code(topic, guest, client):
    page = client.get(f"{at(topic)}data/").content.decode()
    assert "我家三块田" not in page
    assert 'name="code"' in page
    assert client.post(f"{at(topic)}data/copy/", {"key": KEY}).status_code == 403
    assert client.get(f"{at(topic)}data/erase/")["Location"] == f"{at(topic)}data/"
    assert Erasure.objects.count() == 0


def test_the_paper_opens_the_page_on_another_phone_and_an_unused_one_does_not(world, topic, guest, paper):
    other = Client()
    assert other.post(f"{at(topic)}data/", {"code": "0" * 8}).status_code == 422
    unused = actions.print_door_codes(topic.code, by=world.convener, number=1)[0]
    assert other.post(f"{at(topic)}data/", {"code": unused}).status_code == 422
    assert other.post(f"{at(topic)}data/", {"code": paper}).status_code == 302
    assert "我家三块田都踩了" in other.get(f"{at(topic)}data/").content.decode()


def test_a_shown_piece_is_put_right_and_looked_at_again_before_it_shows(world, topic, guest):
    post, stranger = shown(world), Client()
    said = {"words": "我家两块田踩了", f"s{post.suggestions.get().number}": "补种子", "key": "m" * 22}
    answer = guest.post(f"{at(topic)}mend/{post.code}/", said | {"seen": post.review_version})
    assert answer.status_code == 302
    mended = Post.objects.get()
    assert (mended.review, mended.said, mended.words) == ("waiting", "我家两块田踩了", "我家三块田都踩了")
    assert "两块田" not in stranger.get(at(topic)).content.decode()
    shown(world)
    page = stranger.get(at(topic)).content.decode()
    assert "我家两块田踩了" in page
    assert "三块田" not in page


def test_a_fault_keeps_what_was_typed(world, topic, guest):
    post = shown(world)
    said = {"words": "短", f"s{post.suggestions.get().number}": "补种子再浇水", "key": "m" * 22}
    answer = guest.post(f"{at(topic)}mend/{post.code}/", said | {"seen": post.review_version})
    assert answer.status_code == 422
    assert "补种子再浇水" in answer.content.decode()


def test_the_copy_holds_their_words_and_nobody_elses(world, topic, guest):
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    told.said(world, topic, told.guest(topic, "another001"), "渠也堵了。")
    answer = guest.post(f"{at(topic)}data/copy/", {"key": KEY})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as pack:
        rows = json.loads(pack.read("data.json"))
    assert [row["words"] for row in rows["consultations.Post"]] == ["我家三块田都踩了"]
    assert [row["words"] for row in rows["consultations.Suggestion"]] == ["踩坏的补种子"]
    assert "登记" not in json.dumps(rows, ensure_ascii=False)


def test_erased_the_words_the_key_and_the_code_are_gone_and_the_number_stays(world, topic, guest, paper):
    post = shown(world)
    person, counted = post.person, queries.counts(topic)
    assert guest.post(f"{at(topic)}data/erase/", {"key": "e" * 22}).status_code == 422  # not sure yet
    assert guest.post(f"{at(topic)}data/erase/", {"key": "e" * 22, "sure": "on"}).status_code == 302
    people.finish_erasures()
    gone = Post.objects.get()
    assert (gone.words, gone.public_words) == (ERASED, "")
    assert Suggestion.objects.get().words == ERASED
    assert not PersonKey.objects.filter(person=person).exists()
    assert queries.counts(topic) == counted
    assert "三块田" not in Client().get(at(topic)).content.decode()
    # The browser is nobody's, a cookie that was kept is too, and the paper opens nothing.
    assert guest.post(f"{at(topic)}post/", {"words": "再说一句", "key": "p" * 22}).status_code == 403
    assert Client().post(f"{at(topic)}data/", {"code": paper}).status_code == 422
    with pytest.raises(keyring.Erased):
        keyring.new(person)


def test_a_kept_cookie_of_somebody_erased_is_a_strangers(topic, guest):
    kept = guest.cookies["guest"].value
    guest.post(f"{at(topic)}data/erase/", {"key": "e" * 22, "sure": "on"})
    again = Client()
    again.cookies["guest"] = kept
    assert again.post(f"{at(topic)}post/", {"words": "再说一句", "key": "p" * 22}).status_code == 403


def test_members_words_stay_readable_when_their_account_is_closed(world, topic):
    post = told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    assert post.person == topic.code
    keyring.destroy([world.member.key])
    assert Post.objects.get(pk=post.pk).words == "登记要快。"
