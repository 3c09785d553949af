"""The door, the receipt and the public page, as a browser without scripts meets them."""

import io
import re
import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from shangliang.base.files import queries as files
from shangliang.base.journal.codes import meant
from shangliang.base.journal.models import Act
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import seatcodes
from shangliang.flow.voices import actions, queries, tracking
from shangliang.flow.voices.models import Voice

from .conftest import WORDS, Story

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def photo(width=40, height=30, name="灯.jpg"):
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "gray").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


@pytest.fixture
def door(world, client):
    """Sends the form of the studio's door."""
    address = reverse("voices:door", args=[world.studio.code])

    def send(**fields):
        form = {"key": secrets.token_urlsafe(16), "words": WORDS} | fields
        return client.post(address, form)

    send.address = address
    return send


def test_the_door_shows_the_form_and_three_choices_that_send_nothing(world, client, door):
    page = client.get(door.address)
    assert page.status_code == 200
    assert page.text.count("<details") == 4  # and the help
    assert "12388" in page.text
    assert "htmx" not in page.text
    assert " checked" not in page.text  # nothing is chosen beforehand
    assert client.get(reverse("voices:door", args=["nowhere"])).status_code == 404


def test_a_word_with_a_photo_is_left_and_the_code_shown_once(world, client, door):
    sent = door(kind="help", place="草坪村", phone="13800138000", audience="public", photos=[photo()])
    assert (sent.status_code, sent["Location"]) == (303, "/receipt/")
    first = client.get("/receipt/")
    code = re.search(r'data-code="(\w{12})"', first.text)[1]
    voice = queries.by_tracking_code(meant(code))
    assert (voice.kind, voice.public, voice.review) == ("help", True, "waiting")
    assert "只在这里显示一次" in first.text
    assert first["Cache-Control"].count("no-store") == 1
    again = client.get("/receipt/")
    assert code not in again.text
    assert "只显示一次" in again.text


def test_photos_that_went_up_before_come_with_their_vouchers_and_once(client, door):
    client.get(door.address)
    voucher = client.post("/files/photo/", {"photo": photo()}).json()["voucher"]
    page = door(voucher=[voucher], phone="我没有手机")
    assert voucher in page.text, "a form that comes back still has its photos"
    key = secrets.token_urlsafe(16)
    assert [door(key=key, voucher=[voucher], photos=[photo()]).status_code for _ in range(2)] == [303, 303]
    voice = Voice.objects.get()
    assert len(files.of([voice.subject])[voice.subject]) == 2
    again = door(words="再说一件事情", voucher=[voucher])
    assert again.status_code == 422
    assert "请再选一次那几张" in again.text


def test_unchosen_is_not_public_and_a_complaint_may_choose(door):
    door(kind="complaint")
    door(kind="suggestion", words="建议修个凉亭")
    door(kind="complaint", words="公交老是不停站", audience="public")
    assert list(Voice.objects.order_by("pk").values_list("public", flat=True)) == [False, False, True]


def test_a_form_sent_twice_is_one_voice_and_the_same_receipt(client, door):
    key = secrets.token_urlsafe(16)
    first, second = door(key=key), door(key=key)
    assert first["Location"] == second["Location"]
    assert second.status_code in (302, 303)
    assert Voice.objects.count() == 1
    assert tracking.make(key).upper() in client.get("/receipt/").text


def test_a_form_whose_answer_was_lost_gives_the_code_when_it_is_sent_again(client, door):
    key = secrets.token_urlsafe(16)
    door(key=key)
    client.get("/receipt/")  # stands for the answer that a crash swallowed, session and all
    again = door(key=key)
    assert again.status_code == 303
    assert tracking.make(key).upper() in client.get("/receipt/").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ""}, "请写下您想说的事"),
        ({"words": "字" * 2001}, "2,001 个字"),
        ({"photos": [photo(name=f"{n}.jpg") for n in range(10)]}, "最多 9 个"),
        ({"photos": [SimpleUploadedFile("笔记.jpg", "只是文字".encode(), "image/jpeg")]}, "不是照片"),
        ({"phone": "我没有手机"}, "这个号码看着不对"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(door, fields, said):
    page = door(place="村口水渠边", **fields)
    assert page.status_code == 422
    assert said in page.text
    assert "村口水渠边" in page.text
    assert "出错：" in page.text
    assert Voice.objects.count() == 0


def test_a_picture_of_a_hundred_megapixels_is_refused_in_words(door):
    drawn = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(drawn, "PNG")
    page = door(photos=[SimpleUploadedFile("大图.png", drawn.getvalue(), "image/png")])
    assert page.status_code == 422
    assert "大图.png" in page.text
    assert Voice.objects.count() == 0


def test_too_many_from_one_address_are_asked_to_wait_and_keep_their_text(door, monkeypatch):
    monkeypatch.setattr("shangliang.flow.voices.views.MOST", 2)
    assert [door(words=f"第 {n} 件事情").status_code for n in range(3)] == [303, 303, 429]
    last = door(words="攒了很久的一件事")
    assert "攒了很久的一件事" in last.text
    assert Voice.objects.count() == 2


def test_too_many_to_one_studio_are_asked_to_wait_wherever_they_come_from(door, monkeypatch):
    monkeypatch.setattr("shangliang.flow.voices.views.IN_ALL", 1)
    assert door().status_code == 303
    assert "这间工作室一小时里收得太多了" in door(words="另一件事").text
    assert Voice.objects.count() == 1


def test_the_public_page_shows_wording_answer_and_days_only(world, client):
    story = Story(world)
    voice = story.to("assigned", public=True, phone="13800138000", place="东街 3 号")
    actions.say(voice.code, by=story.by(voice), seen=None, words="私下补一句")
    fresh = actions.answer(
        voice.code, by=world.handler, seen=None, words="六盏灯都换好了。", uploads=[photo()]
    )
    address = reverse("voices:voice", args=[voice.code])
    assert client.get(address).status_code == 404
    actions.show(voice.code, by=world.officer, seen=1)
    page = client.get(address)
    assert page.status_code == 200
    for seen in ("村口到学校那段路灯三个月不亮", "六盏灯都换好了。", "城管局", fresh.number, "/small/"):
        assert seen in page.text
    for hidden in ("13800138000", "138", "东街 3 号", "私下补一句"):
        assert hidden not in page.text
    echo = client.get(reverse("voices:door", args=[world.studio.code]))
    assert voice.code in echo.text


@pytest.fixture
def shown(world):
    """A public voice of the same county and one of another, both of a lamp; and one that is not public."""
    story = Story(world)
    public = story.to("taken_up", public=True, words="东街的路灯坏了，老人晚上看不见路")
    actions.show(public.code, by=world.officer, seen=1)
    story.to("taken_up", words="西街的路灯也坏了，没人管，我叫王小明")
    far = story.to("received", public=True, studio=world.far_studio, words="云岭的路灯坏了，老人看不见路")
    actions.show(far.code, by=world.neighbour_officer, seen=1)
    return public


def test_by_a_members_code_the_same_door_opens_and_the_voice_says_through_whom(world, client, door, shown):
    seat = seatcodes.of(world.studio.code, world.member.key)
    address = reverse("voices:member_door", args=[world.studio.code, seat])
    page = client.get(address).text
    assert f"您扫的是{world.accounts['member'].name}委员的码" in page
    assert f'action="{address}"' in page
    assert world.member.key not in page
    looked = client.post(f"{address}alike/", {"words": "巷口路灯坏了好久"}).text  # without a script
    assert "有人说过类似的" in looked
    assert f'action="{address}"' in looked
    form = {"key": secrets.token_urlsafe(16), "words": WORDS}
    sent = [client.post(address, form) for _twice in range(2)]
    assert [one["Location"] for one in sent] == ["/receipt/"] * 2
    voice = Voice.objects.get(through=world.member.key)
    assert (voice.studio, voice.channel, voice.recorded_by) == (world.studio, "web", "")
    code = re.search(r'data-code="(\w{12})"', client.get("/receipt/").text)[1]
    client.post(reverse("portal:track"), {"code": code})
    assert f"通过{world.accounts['member'].name}委员的码" in client.get(reverse("portal:thread")).text
    client.force_login(world.accounts["officer"])
    pane = client.get(reverse("desk:voice", args=[voice.code])).text
    assert f"通过{world.accounts['member'].name}委员的码" in pane


@pytest.mark.parametrize("seat", ["000000", "somebody", "left"])
def test_the_code_of_nobody_who_sits_there_opens_the_door_all_the_same(world, client, door, seat):
    if seat == "left":
        seat = seatcodes.of(world.studio.code, world.member.key)
        studios.release(world.studio.code, by=world.officer, person=world.member.key, role="stationed")
    address = reverse("voices:member_door", args=[world.studio.code, seat])
    page = client.get(address)
    assert page.status_code == 200
    assert "您扫的是门口的码" in page.text
    assert client.post(address, {"key": secrets.token_urlsafe(16), "words": WORDS}).status_code == 303
    assert Voice.objects.latest("pk").through == ""


def test_similar_public_voices_of_this_place_are_shown_before_sending(world, client, door, shown):
    before = Act.objects.count(), Voice.objects.count()
    part = client.post(f"{door.address}alike/", {"words": "巷口路灯坏了好久"}, headers={"X-Part": "1"})
    assert "有人说过类似的" in part.text
    assert reverse("voices:voice", args=[shown.code]) in part.text
    assert "<html" not in part.text
    for hidden in ("西街", "王小明", "云岭"):
        assert hidden not in part.text
    assert "no-store" in part["Cache-Control"]
    nothing = client.post(f"{door.address}alike/", {"words": "公交改线"}, headers={"X-Part": "1"})
    assert nothing.text.strip() == ""
    assert (Act.objects.count(), Voice.objects.count()) == before
    with connection.cursor() as cursor:  # what was asked is kept nowhere
        cursor.execute("SELECT count(*) FROM people_try WHERE name = 'alike' AND who LIKE '%路灯%'")
        assert cursor.fetchone() == (0,)


def test_without_a_script_the_whole_door_comes_back_with_what_was_typed(client, door, shown):
    typed = {"words": "巷口路灯坏了好久", "place": "世纪路", "phone": "13800138000", "audience": "public"}
    page = client.post(f"{door.address}alike/", typed)
    assert page.status_code == 200
    assert "有人说过类似的" in page.text
    for kept in ("巷口路灯坏了好久", "世纪路", "13800138000"):
        assert kept in page.text
    assert "出错" not in page.text
    assert f'action="{door.address}"' in page.text, "the form goes on to the door, not here again"
    assert door(words="巷口路灯坏了好久").status_code == 303, "nothing is in the way of sending"


def test_who_asks_too_often_is_shown_none_and_may_still_send(client, door, shown, monkeypatch):
    monkeypatch.setattr("shangliang.flow.voices.views.LOOKS", 0)
    answer = client.post(f"{door.address}alike/", {"words": "巷口路灯坏了"}, headers={"X-Part": "1"})
    assert (answer.status_code, answer.text.strip()) == (200, "")
    assert door().status_code == 303


def test_the_door_asks_the_same_number_of_questions_with_more_echoes(
    world, client, door, django_assert_max_num_queries
):
    story = Story(world)
    counts = []
    for number in range(3):
        voice = story.to("answered", public=True, words=f"第 {number} 件：路灯不亮")
        actions.show(voice.code, by=world.officer, seen=1)
        with django_assert_max_num_queries(20) as asked:
            client.get(door.address)
        counts.append(len(asked))
    assert len(set(counts)) == 1
