"""Faces on the photos of a record are covered before they are shown; what lies below stays inside."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from shangliang.base import clock
from shangliang.base.files.models import File
from shangliang.base.journal.models import Act
from shangliang.flow.activities import actions
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.models import Activity, CoveredPhoto
from shangliang.flow.activities.tests.story import held
from stories.pages import Signed, photo

TEXT = "在东街社区办了一场义诊，看了三十四人次，居民说方便。"
BOX = "0,0,500,500"


@pytest.fixture
def row(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return held(world, how={"photos": [photo(colour="white")], "consent": "问过，都同意"})


def brought(_row):
    return File.objects.order_by("pk")[0]


def post(person, row, file, move="cover", **said):
    seen = Activity.objects.get(pk=row.pk).version
    return person.post("desk:activity_photo_move", row.code, file.code, move, **{"seen": seen, **said})


def opens(client, code):
    return client.get(reverse("files:file", args=[code, "large"])).status_code


def published(world, row):
    seen = Activity.objects.get(pk=row.pk).version
    return actions.publish(row.code, by=world.officer, seen=seen, text=TEXT, photos=True)


def publishes(person, row, **said):
    seen = Activity.objects.get(pk=row.pk).version
    return person.post("desk:activity_move", row.code, "publish", seen=seen, text=TEXT, photos="on", **said)


def pixel(client, code):
    answer = client.get(reverse("files:file", args=[code, "large"]))
    body = b"".join(answer) if answer.streaming else answer.content
    return Image.open(io.BytesIO(body)).convert("RGB").getpixel((5, 5))


def test_what_is_covered_stands_in_the_photos_place_and_is_what_everybody_sees(world, client, row):
    person, file = Signed(client, world)("convener"), brought(row)
    link = reverse("desk:activity_photo", args=[row.code, file.code])
    assert link in person.get("desk:activity", row.code).text
    assert "没有盖" in person.get("desk:activity_photo", row.code, file.code).text
    assert post(person, row, file, box=BOX).status_code == 302
    copy = CoveredPhoto.objects.get()
    assert Act.objects.get(name="activity_photo_covered").facts == {"boxes": 1}
    assert pixel(client, copy.code) < (30, 30, 30)
    assert pixel(client, file.code) > (200, 200, 200)  # as it was, for who holds the activity
    published(world, row)
    client.logout()
    page = client.get(reverse("activities:activity", args=[row.code])).text
    assert copy.code in page
    assert file.code not in page
    assert (opens(client, copy.code), opens(client, file.code)) == (200, 404)
    for name, status in {"member": 200, "officer": 200, "member2": 404, "neighbour_officer": 404}.items():
        Signed(client, world)(name)
        assert opens(client, file.code) == status, name


def test_covered_anew_and_uncovered_before_it_is_published(world, client, row):
    person, file = Signed(client, world)("convener"), brought(row)
    post(person, row, file, box=BOX)
    first = CoveredPhoto.objects.get().code
    assert post(person, row, file, box=[BOX, "500,500,200,200"]).status_code == 302
    assert CoveredPhoto.objects.get().boxes == [[0, 0, 500, 500], [500, 500, 200, 200]]
    assert not File.objects.filter(code=first).exists()
    assert "改盖法" in person.get("desk:activity", row.code).text
    published(world, row)
    assert post(person, row, file, "uncover").status_code == 409
    actions.take_down(row.code, by=world.officer, seen=None)
    assert post(person, row, file, "uncover").status_code == 302
    assert not CoveredPhoto.objects.exists()
    assert [one.code for one in File.objects.filter(subject=row.subject)] == [file.code]
    assert post(person, row, file, "uncover").status_code == 409


def test_refused_where_nothing_is_drawn_the_page_is_old_or_it_is_somebody_elses(world, client, row):
    person, file = Signed(client, world)("convener"), brought(row)
    answer = post(person, row, file)
    assert answer.status_code == 422
    assert "至少盖一处" in answer.text
    answer = post(person, row, file, box=[BOX, "1,2,3"], cell="1-1")
    assert answer.status_code == 422
    assert re.search(r'value="0,0,500,500" checked', answer.text)
    assert post(person, row, file, box=BOX, seen=0).status_code == 409
    for name in ("member", "leader", "neighbour_officer"):
        assert post(Signed(client, world)(name), row, file, box=BOX).status_code in (403, 404), name
    other = held(world, title="西街社区的义诊")
    officer = Signed(client, world)("officer")
    assert officer.get("desk:activity_photo", other.code, file.code).status_code == 404
    with clock.at(clock.now()):
        actions.close(row.code, by=world.officer, seen=None)
    assert post(officer, row, file, box=BOX).status_code == 409
    assert not CoveredPhoto.objects.exists()


def test_what_is_covered_needs_no_consent_and_a_remark_alone_is_none(world, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = held(world, how={"photos": [photo("a.jpg"), photo("b.jpg", colour="white")]})
    person, files = Signed(client, world)("officer"), list(File.objects.order_by("pk"))
    page = person.get("desk:activity", row.code).text
    assert "第 1、2 张没有盖" in page
    answer = publishes(person, row, agreed="on")
    assert (answer.status_code, "先在记录里写明怎么征得同意" in answer.text) == (422, True)
    post(person, row, files[0], box=BOX)
    said = Record(measures={"free_clinic_visits": 34}, consent="没有问，人太多")
    actions.mend(row.code, by=world.convener, seen=None, said=said)
    answer = publishes(person, row)
    assert (answer.status_code, "第 2 张没有盖：拍到的人都同意公开才勾这一格" in answer.text) == (422, True)
    assert Activity.objects.get().state == "held"
    actions.mend(row.code, by=world.convener, seen=None, said=Record(measures={"free_clinic_visits": 34}))
    post(person, row, files[1], box=BOX)
    assert "都同意公开" not in person.get("desk:activity", row.code).text
    assert publishes(person, row).status_code == 302
    assert Act.objects.get(name="activity_published").facts["bare"] == 0
    client.logout()
    shown = [copy.code for copy in CoveredPhoto.objects.order_by("pk")]
    assert [opens(client, code) for code in (*shown, *(file.code for file in files))] == [200, 200, 404, 404]


def test_uncovered_ones_are_shown_on_the_publishers_word_and_meetings_of_members_need_none(
    world, client, row
):
    person = Signed(client, world)("officer")
    assert publishes(person, row, agreed="on").status_code == 302
    assert Act.objects.get(name="activity_published").facts["bare"] == 1
    how = {"photos": [photo("c.jpg", colour="red")]}
    training = held(world, "member_training", measures={"members_trained": 12}, how=how)
    assert "没有盖。" not in person.get("desk:activity", training.code).text
    assert publishes(person, training).status_code == 302
