"""Photos that go up ahead of their form: a voucher for this browser alone, for a while, for one use."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image

from shangliang.base.files import actions, storage, views, vouchers
from shangliang.base.files.models import File
from shangliang.base.people.actor import STRANGER, Actor

pytestmark = pytest.mark.django_db
ADDRESS = "/files/photo/"


class Nobody:
    is_authenticated = False


def picture(name="巷口.jpg"):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def browser(whose="first"):
    request = RequestFactory().post(ADDRESS)
    request.user, request.META["CSRF_COOKIE"] = Nobody(), whose
    return request


def test_a_photo_goes_up_is_drawn_anew_and_belongs_to_nobody_until_it_is_kept(client):
    answer = client.post(ADDRESS, {"photo": picture()})
    assert answer.status_code == 201
    assert not File.objects.exists()
    codes = {name[:10] for folder in default_storage.listdir(storage.FOLDER)[0]
             for name in default_storage.listdir(f"{storage.FOLDER}/{folder}")[1]}  # fmt: skip
    [code] = codes
    assert client.get(reverse("files:file", args=[code, "small"])).status_code == 404


def test_a_voucher_is_good_in_its_own_browser_once():
    voucher = vouchers.give(browser(), picture())
    with pytest.raises(ValidationError, match="有 1 张"):
        vouchers.take(browser("second"), [voucher])
    [ready] = vouchers.take(browser(), [voucher])
    actions.keep([ready], subject="voice:7k2m", by=STRANGER)
    with storage.read(File.objects.get().code, "large") as content:
        assert Image.open(content).size == (60, 40)
    with pytest.raises(ValidationError, match="再选一次"):
        vouchers.take(browser(), [voucher])


@pytest.mark.parametrize("voucher", ["", "x", "a:b:c", "灯", "\ud800", "x" * 5000])
def test_what_was_made_up_is_no_voucher(voucher):
    with pytest.raises(ValidationError):
        vouchers.take(browser(), [voucher])


def test_a_voucher_ends_before_its_bytes_are_swept(monkeypatch):
    voucher = vouchers.give(browser(), picture())
    assert vouchers.GOOD_FOR < actions.STRAY_AFTER
    assert actions.sweep() == 0
    monkeypatch.setattr(vouchers, "GOOD_FOR", timedelta(seconds=-1))
    with pytest.raises(ValidationError):
        vouchers.take(browser(), [voucher])
    monkeypatch.setattr(actions, "STRAY_AFTER", timedelta(seconds=-1))
    assert actions.sweep() == 1


def test_the_same_voucher_twice_in_a_form_is_no_second_photo():
    voucher = vouchers.give(browser(), picture())
    with pytest.raises(ValidationError):
        vouchers.take(browser(), [voucher, voucher])


def test_nine_are_the_most_however_they_came():
    known = vouchers.take(browser(), [vouchers.give(browser(), picture()) for _ in range(2)])
    eight = [picture(f"{n}.jpg") for n in range(8)]
    with pytest.raises(ValidationError, match="您选了 10 个"):
        actions.keep([*eight, *known], subject="voice:7k2m", by=Actor("li"))


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (SimpleUploadedFile("单子.pdf", b"%PDF-1.4\n%%EOF"), "不是照片"),
        (SimpleUploadedFile("笔记.jpg", "只是文字".encode()), "不是照片"),
        (SimpleUploadedFile("空.jpg", b""), "没有收到|是空的"),
        (None, "没有收到"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(client, upload, said):
    answer = client.post(ADDRESS, {"photo": upload} if upload else {})
    assert answer.status_code == 422
    assert any(word in answer.json()["said"] for word in said.split("|"))
    assert not default_storage.exists(storage.FOLDER)


def test_too_many_from_one_address_wait_and_other_sites_send_none(client, monkeypatch):
    monkeypatch.setattr(views, "MOST", 1)
    assert client.post(ADDRESS, {"photo": picture()}).status_code == 201
    assert client.post(ADDRESS, {"photo": picture()}).status_code == 429
    monkeypatch.setattr(views, "MOST", 9)
    monkeypatch.setattr(views, "IN_ALL", 1)
    assert client.post(ADDRESS, {"photo": picture()}).status_code == 429
    assert client.get(ADDRESS).status_code == 405
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"photo": picture()}).status_code == 403
