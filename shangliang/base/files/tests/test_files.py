"""What people bring: photos drawn anew, papers as they are, and what is refused with which words."""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse
from PIL import ExifTags, Image

from shangliang.base.files import actions, child, queries, storage, views
from shangliang.base.files.models import File
from shangliang.base.people.actor import Actor

LI = Actor("li")
ROOT = Path(__file__).parents[4]


def picture(width=60, height=40, kind="JPEG", colour="red", mode="RGB", **options):
    kept = io.BytesIO()
    Image.new(mode, (width, height), colour).save(kept, kind, **options)
    return kept.getvalue()


def upload(content, name="巷口.jpg"):
    return SimpleUploadedFile(name, content)


def keep(*uploads):
    return actions.keep(list(uploads), subject="voice:7k2m", by=LI)


def kept(file, size="large"):
    with storage.read(file.code, size) as content:
        return content.read()


def refused(*uploads):
    with pytest.raises(ValidationError) as error:
        keep(*uploads)
    assert not File.objects.exists()
    assert not default_storage.exists(storage.FOLDER), "nothing is left on the disk either"
    return error.value.messages


@pytest.fixture(autouse=True)
def heif():
    import pillow_heif

    pillow_heif.register_heif_opener()


@pytest.mark.django_db
class TestTaken:
    def test_a_photo_is_drawn_anew_at_two_sizes(self):
        (file,) = keep(upload(picture(4000, 3000)))
        large, small = (Image.open(io.BytesIO(kept(file, size))) for size in ("large", "small"))
        assert (large.size, small.size) == ((1600, 1200), (400, 300))
        assert large.format == small.format == "JPEG"
        assert large.info.get("progressive")
        assert (file.width, file.height, file.size) == (1600, 1200, len(kept(file)))
        assert (file.by, file.subject, file.is_picture) == ("li", "voice:7k2m", True)

    def test_where_it_was_taken_is_gone_and_it_stands_upright(self):
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (34.0, 12.0, 5.0)
        raw = picture(90, 30, exif=exif, comment=b"taken by Wang")
        assert Image.open(io.BytesIO(raw)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
        (file,) = keep(upload(raw))
        for size in ("large", "small"):
            clean = Image.open(io.BytesIO(kept(file, size)))
            assert not dict(clean.getexif())
            assert clean.size == (30, 90)
            assert b"Exif" not in kept(file, size)
            assert b"Wang" not in kept(file, size)

    @pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF", "JPEG"])
    def test_each_format_is_known_by_its_content_not_its_name(self, kind):
        (file,) = keep(upload(picture(kind=kind), "说是.gif"))
        assert Image.open(io.BytesIO(kept(file))).format == "JPEG"

    @pytest.mark.parametrize(
        ("mode", "colour", "corner"),
        [
            ("RGBA", (0, 0, 0, 0), 255),
            ("LA", (0, 0), 255),
            ("P", 0, 0),
            ("L", 9, 9),
            ("I;16", 0, 0),
            ("1", 1, 255),
        ],
    )
    def test_every_kind_of_colour_ends_on_white_paper(self, mode, colour, corner):
        (file,) = keep(upload(picture(kind="PNG", mode=mode, colour=colour)))
        assert Image.open(io.BytesIO(kept(file))).getpixel((5, 5)) == pytest.approx((corner,) * 3, abs=3)

    @pytest.mark.parametrize("size", [(1, 1), (9000, 20), (3, 5000)])
    def test_odd_shapes_are_pictures_too(self, size):
        (file,) = keep(upload(picture(*size)))
        assert max(file.width, file.height) <= 1600

    def test_a_tail_behind_the_picture_is_gone(self):
        tail = io.BytesIO()
        with zipfile.ZipFile(tail, "w") as archive:
            archive.writestr("x.html", "<script>alert(1)</script>")
        (file,) = keep(upload(picture() + b"<script>alert(1)</script>" + tail.getvalue()))
        assert b"<script>" not in kept(file)
        assert b"PK\x03\x04" not in kept(file)

    def test_nine_photos_and_papers_keep_their_order_in_one_child(self, monkeypatch):
        runs = []
        answer = child._answer
        monkeypatch.setattr(child, "_answer", lambda words: runs.append(words) or answer(words))
        nine = [upload(picture(10 + n, 10), f"{n}.jpg") for n in range(7)]
        nine.insert(3, upload(b"%PDF-1.7 minutes\n%%EOF", "纪要"))
        keep(*nine, upload(picture(20, 10, "PNG"), "last.png"))
        files = queries.of(["voice:7k2m", "voice:none"])
        assert [file.width for file in files["voice:7k2m"]] == [10, 11, 12, 0, 13, 14, 15, 16, 20]
        assert files["voice:none"] == []
        assert len(runs) == 1

    def test_a_paper_is_kept_as_it_came(self):
        (file,) = keep(upload(b"%PDF-1.7\n...\n%%EOF\n", "领导\u202e批示.PDF"))
        assert (file.name, file.is_picture, kept(file, "paper")) == (
            "领导批示.PDF",
            False,
            b"%PDF-1.7\n...\n%%EOF\n",
        )

    def test_a_photos_own_name_and_the_disks_tell_nothing(self):
        (file,) = keep(upload(picture(), "王小明身份证.jpg"))
        assert file.name == ""
        assert storage.place(file.code, "large") == f"files/{file.code[:2]}/{file.code}-large.jpg"

    def test_nothing_brought_starts_no_child(self, monkeypatch):
        monkeypatch.setattr(child, "_answer", lambda words: pytest.fail("a child for nothing"))
        assert keep() == []


@pytest.mark.django_db
class TestRefused:
    def test_the_tenth(self):
        ten = [upload(picture()) for _ in range(10)]
        assert refused(*ten) == ["一次最多 9 个文件，您选了 10 个。请去掉 1 个再交。"]

    def test_too_many_bytes(self, settings):
        settings.PHOTO_MOST_BYTES = 1024 * 1024
        (said,) = refused(upload(picture() + b"\0" * (1024 * 1024)))
        assert said == "「巷口.jpg」有 2 MB，超过 1 MB。请在手机上缩小，或者截一张图，再选一次。"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"just words", "不是照片"),
            (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "不是照片"),
            (picture(kind="GIF"), "不是照片"),
            (picture(kind="TIFF"), "不是照片"),
            (b" %PDF-1.7", "不是照片"),
            (b"", "是空的"),
        ],
    )
    def test_what_is_no_photo_whatever_its_name(self, content, words):
        (said,) = refused(upload(content))
        assert said.startswith("「巷口.jpg」")
        assert words in said

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"%PDF-1.7 cut off", "不完整"),
            (b"%PDF-1.7\n%%EOF\nPK\x03\x04 and more", "不完整"),
            (b"%PDF-1.7 /S /JavaScript /JS (x)\n%%EOF", "自己运行"),
            (b"%PDF-1.7 /S /L#61unch /F (x)\n%%EOF", "自己运行"),
            (b"%PDF-1.7 /EmbeddedFiles 3 0 R\n%%EOF", "自己运行"),
        ],
    )
    def test_a_paper_that_does_something_or_is_two_things(self, content, words):
        with pytest.raises(ValidationError, match=words):
            keep(upload(content, "批示.pdf"))

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
    def test_a_photo_cut_off(self, kind):
        (said,) = refused(upload(picture(640, 480, kind)[: -len(picture(640, 480, kind)) // 3]))
        assert "打不开" in said or "不是照片" in said

    @pytest.mark.parametrize("kind", ["WEBP", "PNG"])
    def test_a_picture_that_moves(self, kind):
        kept_in = io.BytesIO()
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
        frames[0].save(kept_in, kind, save_all=True, append_images=frames[1:])
        (said,) = refused(upload(kept_in.getvalue()))
        assert "会动" in said

    def test_a_bomb_by_its_header(self):
        bomb = picture(10_000, 10_000, "PNG", 0, "1")
        assert len(bomb) < 50_000
        (said,) = refused(upload(bomb, "大图.png"))
        assert said == "照片「大图.png」有 10000 万像素，超过 6400 万。请在手机上缩小，再选一次。"

    def test_one_bad_photo_keeps_all_out_and_each_is_named(self):
        said = refused(upload(picture()), upload(b"words", "甲.jpg"), upload(b"more", "乙.jpg"))
        assert [sentence[:7] for sentence in said] == ["「甲.jpg」", "「乙.jpg」"]

    def test_a_child_that_dies_is_a_photo_that_does_not_open(self, monkeypatch):
        monkeypatch.setattr(child, "_answer", lambda words: "")
        (said,) = refused(upload(picture()))
        assert "打不开" in said


class TestTheChild:
    """Memory and time of the largest that is taken, measured outside this process."""

    MEASURE = (
        "import json,resource,subprocess,sys;"
        "done=subprocess.run([sys.executable,'-m','shangliang.base.files.guard',*sys.argv[1:]],capture_output=True);"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(done.stdout.decode());print(json.dumps([used.ru_maxrss//1024,used.ru_utime+used.ru_stime]))"
    )

    def measure(self, tmp_path, content):
        source = tmp_path / "in"
        source.write_bytes(content)
        words = [sys.executable, "-c", self.MEASURE, "64000000", str(source), str(tmp_path / "out")]
        lines = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout.split(b"\n")
        megabytes, seconds = json.loads(lines[-2])
        assert megabytes < 256
        assert seconds < 5
        return json.loads(lines[0])["said"]

    @pytest.mark.parametrize(
        ("kind", "size", "mode", "options", "said"),
        [
            ("JPEG", (9200, 6900), "RGB", {"quality": 60}, "ok"),
            ("JPEG", (7600, 5200), "RGB", {"quality": 60, "progressive": True}, "ok"),
            ("JPEG", (9200, 6900), "RGB", {"quality": 60, "progressive": True}, "whole"),
            ("PNG", (8000, 5000), "RGBA", {"compress_level": 1}, "ok"),
            ("PNG", (8000, 8000), "L", {"compress_level": 1}, "ok"),
            ("PNG", (8000, 8000), "RGB", {"compress_level": 1}, "whole"),
            ("WEBP", (4000, 3000), "RGB", {"quality": 60, "method": 0}, "ok"),
            ("WEBP", (4700, 3400), "RGB", {"quality": 60, "method": 0}, "whole"),
            ("HEIF", (6000, 4000), "RGB", {"quality": 20, "enc_params": {"preset": "ultrafast"}}, "ok"),
        ],
    )
    def test_memory_and_time(self, tmp_path, kind, size, mode, options, said):
        assert (
            self.measure(tmp_path, picture(*size, kind, "teal" if mode == "RGB" else 9, mode, **options))
            == said
        )

    def test_it_knows_no_django_and_gets_no_secrets(self, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "not for a child")
        seen = {}
        ended = subprocess.CompletedProcess([], 0, stdout=b"")
        monkeypatch.setattr(subprocess, "run", lambda words, **how: seen.update(how) or ended)
        child._answer(["1"])
        assert "SECRET_KEY" not in seen["env"]
        loaded = "import sys, shangliang.base.files.guard; sys.exit('django' in sys.modules)"
        monkeypatch.undo()
        assert subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, check=False).returncode == 0


@pytest.mark.django_db
class TestSeen:
    @pytest.fixture(autouse=True)
    def a_door(self, monkeypatch):
        monkeypatch.setattr(queries, "_doors", {})
        queries.door(
            "voice", lambda actors, code: code == "7k2m" and any(actor.key == "li" for actor in actors)
        )

    def ask(self, file, size, actor=LI, author=None, method="get"):
        request = getattr(RequestFactory(), method)(
            reverse("files:file", args=[getattr(file, "code", file), size])
        )
        request.actor, request.author = actor, author
        return views.file(request, getattr(file, "code", file), size)

    def test_whom_the_owner_lets_in_sees_the_photo(self):
        (file,) = keep(upload(picture()))
        for author, actor in [(None, LI), (LI, Actor("stranger", "stranger"))]:
            answer = self.ask(file, "small", actor, author)
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
            assert answer["Cache-Control"] == "private, no-store"
            assert b"".join(answer.streaming_content) == kept(file, "small")

    def test_what_anybody_may_see_is_kept_for_a_while(self):
        queries.door("voice", lambda actors, code: True)
        (file,) = keep(upload(picture()))
        assert self.ask(file, "small")["Cache-Control"] == "private, max-age=300"

    def test_a_paper_only_ever_downloads(self):
        (file,) = keep(upload(b"%PDF-1.7\n%%EOF", "批示.pdf"))
        answer = self.ask(file, "paper")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]

    @pytest.mark.parametrize("case", ["somebody else", "no door", "other size", "no file", "bytes gone"])
    def test_everything_else_is_not_there(self, case):
        from django.http import Http404

        (file,) = keep(upload(picture()))
        if case == "no door":
            queries._doors.clear()
        if case == "bytes gone":
            storage.remove(file.code)
        asked = "nothing000" if case == "no file" else file
        actor = Actor("wang") if case == "somebody else" else LI
        with pytest.raises(Http404):
            self.ask(asked, "paper" if case == "other size" else "large", actor)

    def test_asking_is_all_one_can_do(self):
        (file,) = keep(upload(picture()))
        assert self.ask(file, "small", method="post").status_code == 405


@pytest.mark.django_db
class TestSwept:
    def age(self, file, days=2):
        old = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        for size in file.sizes if isinstance(file, File) else ("large", "small"):
            os.utime(default_storage.path(storage.place(file.code, size)), (old, old))

    def test_what_a_rolled_back_change_left_is_swept_a_day_later(self):
        (file,) = keep(upload(picture()))
        with transaction.atomic():
            (stray,) = keep(upload(picture()))
            transaction.set_rollback(True)
        assert actions.sweep() == 0, "the change may still be under way"
        self.age(file)
        self.age(stray)
        assert actions.sweep() == 1
        assert kept(file)
        with pytest.raises(FileNotFoundError):
            storage.read(stray.code, "large")

    def test_prepared_before_the_transaction_kept_within(self):
        ready = actions.prepare([upload(picture())])
        (file,) = keep(*ready)
        assert file.code == ready[0].code
        self.age(file)
        assert actions.sweep() == 0

    def test_an_empty_storage_has_nothing_to_sweep(self):
        assert actions.sweep() == 0
