"""Which photos of a voice everybody sees: none, until whoever looks over the wording has covered them."""

import io

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from shangliang.base.files.models import File
from shangliang.base.journal.models import Act
from shangliang.base.review.models import Review
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import ShownPhoto, Voice
from shangliang.flow.voices.queries import author_of
from stories.pages import leave

SIZE = (1200, 900)
FACE = (600, 300, 200, 200)  # thousandths: a red face on green
SAID = {"box": ",".join(map(str, FACE)), "alt": "巷口的路灯"}


def picture(colour="red", form="JPEG"):
    """Green, with a face of another colour; EXIF that tells who took it."""
    image = Image.new("RGB", SIZE, "green")
    image.paste(colour, (720, 270, 960, 450))
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-OF-LI"
    out = io.BytesIO()
    image.save(out, form, exif=exif, quality=95)
    return SimpleUploadedFile(f"李某某.{form}", out.getvalue(), f"image/{form.lower()}")


@pytest.fixture
def voice(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return leave(world.studio, "巷口的路灯坏了半个月", public=True, photos=[picture(), picture("blue")])


def photos(voice):
    return list(File.objects.filter(subject=voice.subject).order_by("pk"))


def seen(voice):
    voice.refresh_from_db()
    return voice.review_version


def show(at_desk, voice, photo=None, **said):
    photo = photo or photos(voice)[0].code
    args = ("desk:review_photo_move", voice.code, photo, "show")
    return at_desk.post(*args, seen=seen(voice), **SAID | said)


def stranger(code, size="large"):
    return Client().get(reverse("files:file", args=[code, size]))


def public(voice):
    return Client().get(reverse("voices:voice", args=[voice.code]))


def content(response):
    return b"".join(response.streaming_content)


def test_no_photo_is_shown_with_a_wording_that_is(voice, at_desk):
    at_desk("officer").post("desk:review_move", "voice", voice.code, "show")
    page = public(voice).text
    assert "/files/" not in page
    assert all(stranger(photo.code).status_code == 404 for photo in photos(voice))


def test_the_copy_is_black_under_the_box_and_the_first_stays_where_it_was(voice, at_desk, world):
    at_desk("officer").post("desk:review_move", "voice", voice.code, "show")
    assert show(at_desk, voice).status_code == 302
    row = ShownPhoto.objects.get()
    first, other = photos(voice)
    page = public(voice).text
    assert f"/files/{row.code}/" in page
    assert 'alt="巷口的路灯"' in page
    assert first.code not in page
    assert other.code not in page
    assert [stranger(one.code).status_code for one in (first, other, row)] == [404, 404, 200]
    for size in ("large", "small"):
        kept = content(stranger(row.code, size))
        drawn = Image.open(io.BytesIO(kept))
        assert not drawn.getexif()
        assert b"CAMERA-OF-LI" not in kept
        across, down = drawn.width / SIZE[0], drawn.height / SIZE[1]
        inside = [
            drawn.getpixel((int(x * across), int(y * down)))
            for x in range(730, 950, 10)
            for y in range(280, 440, 10)
        ]
        assert max(max(pixel) for pixel in inside) <= (0 if size == "large" else 12)
        assert not any(
            r > 90 and g < 60 for r, g, _b in drawn.get_flattened_data()
        )  # no red is left anywhere
    # who may see the first one sees it as it was
    assert (
        Image.open(io.BytesIO(content(at_desk.client.get(f"/files/{first.code}/large/")))).getpixel(
            (800, 350)
        )[0]
        > 200
    )
    act = Act.objects.get(name="photo_shown")
    assert (act.thread, act.facts, act.by) == (voice.thread, {"boxes": 1}, world.officer.key)


def test_two_photos_that_differ_only_under_the_box_are_one_file(voice, at_desk):
    """Nothing of what lay under it is anywhere in the bytes."""
    both = [picture(colour, "PNG") for colour in ("red", "blue")]
    voice = leave(voice.studio, "巷口的路灯", public=True, photos=both)
    at_desk("officer")
    for one in photos(voice):
        show(at_desk, voice, one.code, box="590,290,220,220")
    kept = [content(at_desk.client.get(f"/files/{row.code}/large/")) for row in ShownPhoto.objects.all()]
    assert kept[0] == kept[1]


def test_without_a_pointer_cells_are_ticked(voice, at_desk):
    at_desk("convener")
    page = at_desk.get("desk:review_photo", voice.code, photos(voice)[0].code).text
    assert page.count('name="cell"') == 12 * 9
    assert show(at_desk, voice, box=[], cell=["1-1", "1-2", "2-1", "2-2", "9-12"]).status_code == 302
    assert ShownPhoto.objects.get().boxes == [[0, 0, 167, 223], [916, 888, 84, 112]]


@pytest.mark.parametrize(
    "fault",
    [{"box": "1,2,3"}, {"box": "900,0,200,10"}, {"box": "0,0,0,0"}, {"box": "-1,0,5,5"}, {"cell": "13-1"},
     {"cell": "x"}, {"cell": "١-١"}, {"alt": "字" * 101}, {"box": [f"{n},0,5,5" for n in range(61)]}],
)  # fmt: skip
def test_a_box_that_is_none_shows_nothing(voice, at_desk, fault):
    page = show(at_desk("officer"), voice, **fault)
    assert page.status_code == 422
    assert not ShownPhoto.objects.exists()


def test_again_with_other_boxes_the_copy_before_is_gone(
    voice, at_desk, settings, django_capture_on_commit_callbacks
):
    at_desk("officer").post("desk:review_move", "voice", voice.code, "show")
    show(at_desk, voice)
    before = ShownPhoto.objects.get().code
    with django_capture_on_commit_callbacks(execute=True):
        show(at_desk, voice, box="0,0,500,500")
    after = ShownPhoto.objects.get()
    assert after.code != before
    assert stranger(before).status_code == 404
    assert not list(settings.MEDIA_ROOT.rglob(f"{before}*"))
    with django_capture_on_commit_callbacks(execute=True):
        at_desk.post("desk:review_photo_move", voice.code, after.photo, "hide", seen=seen(voice))
    assert not ShownPhoto.objects.exists()
    assert not File.objects.filter(subject__startswith="shown:").exists()
    assert not list(settings.MEDIA_ROOT.rglob(f"{after.code}*"))
    assert "/files/" not in public(voice).text
    assert stranger(after.code).status_code == 404
    assert Act.objects.filter(thread=voice.thread, name="photo_hidden").count() == 1
    assert len(photos(voice)) == 2
    again = at_desk.post("desk:review_photo_move", voice.code, after.photo, "hide", seen=seen(voice))
    assert again.status_code == 409


def test_a_form_sent_twice_shows_one_copy(voice, at_desk):
    at_desk("officer")
    address = reverse("desk:review_photo_move", args=[voice.code, photos(voice)[0].code, "show"])
    said = SAID | {"key": "a" * 22, "seen": 1}
    assert [at_desk.client.post(address, said).status_code for _n in range(2)] == [302, 302]
    assert Act.objects.filter(name="photo_shown").count() == 1
    assert at_desk.client.post(address, said | {"key": "b" * 22}).status_code == 409  # drawn before


@pytest.mark.parametrize("way", ["withheld", "made private", "withdrawn", "erased"])
def test_gone_from_every_public_door_with_the_wording(voice, at_desk, way, world):
    at_desk("officer").post("desk:review_move", "voice", voice.code, "show")
    show(at_desk, voice)
    code = ShownPhoto.objects.get().code
    by = author_of(voice)
    assert stranger(code).status_code == 200
    match way:
        case "withheld":
            actions.withhold(voice.code, by=world.officer, seen=None, reason="personal", detail="照片上有人")
        case "made private":
            actions.make_private(voice.code, by=by, seen=None)
        case "withdrawn":
            actions.withdraw(voice.code, by=by, seen=None)
        case "erased":
            actions.erase(voice.code, by=by)
    assert stranger(code).status_code == 404
    assert stranger(code, "small").status_code == 404
    assert code not in public(voice).text
    if way == "withheld":  # chosen once, it waits with the wording; hidden if somebody says so
        assert ShownPhoto.objects.exists()
    else:
        assert not ShownPhoto.objects.exists()
        assert not File.objects.filter(code=code).exists()
    if way == "erased":
        assert not File.objects.exists()


def test_of_no_other_voice_and_of_nothing_that_is_kept_private(voice, at_desk, world, settings):
    other = leave(world.studio, "水渠堵了", public=False, photos=[picture()])
    at_desk("officer")
    assert at_desk.get("desk:review_photo", voice.code, photos(other)[0].code).status_code == 404
    assert show(at_desk, voice, photos(other)[0].code).status_code == 404
    assert show(at_desk, other).status_code == 409
    assert at_desk.get("desk:review_photo", other.code, photos(other)[0].code).status_code == 409
    for name, status in (("member", 403), ("handler", 404), ("far_officer", 404), ("auditor", 403)):
        if name in world.accounts:
            assert show(at_desk(name), voice).status_code == status, name
    assert not ShownPhoto.objects.exists()


def test_the_author_is_told(voice, world):
    from shangliang.base.files import actions as files
    from shangliang.flow.voices import told

    copy = files.cover(photos(voice)[0].code, [FACE])
    actions.show_photo(voice.code, photos(voice)[0].code, copy, by=world.officer, seen=None, boxes=[FACE])
    assert "盖住了 1 处" in "".join(one.sentence for one in told.timeline(voice, mine=True))
    assert ShownPhoto.objects.get().words == "群众拍的照片，遮住了几处"
    assert not any(one.act == "photo_shown" for one in told.timeline(voice, mine=False))


def test_as_many_queries_for_nine_photos_as_for_one(world, at_desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    counted = []
    for number in (1, 9):
        one = leave(world.studio, "路灯坏了半个月", public=True, photos=[picture() for _n in range(number)])
        at_desk("officer").post("desk:review_move", "voice", one.code, "show")
        for photo in photos(one):
            assert show(at_desk, one, photo.code).status_code == 302
        for address in (
            reverse("voices:voice", args=[one.code]),
            reverse("desk:review_item", args=["voice", one.code]),
        ):
            browser = Client() if "desk" not in address else at_desk.client
            browser.get(address)
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            counted.append(len(queries))
    assert counted[:2] == counted[2:]
    assert Voice.objects.filter(review=Review.SHOWN).count() == 2


def test_who_was_promised_that_no_photo_is_public_is_asked_first(voice, at_desk):
    Voice.objects.filter(pk=voice.pk).update(agreed="2026-11-b 1cc813d88d2b2f8e")
    link = reverse("desk:review_photo", args=[voice.code, photos(voice)[0].code])
    assert link not in at_desk("officer").get("desk:review_item", "voice", voice.code).text
    refused = show(at_desk, voice)
    assert (refused.status_code, ShownPhoto.objects.count()) == (409, 0)
    voice.refresh_from_db()
    actions.agree(voice.code, by=author_of(voice))
    assert link in at_desk("officer").get("desk:review_item", "voice", voice.code).text
    assert show(at_desk, voice).status_code == 302
