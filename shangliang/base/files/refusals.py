"""Why a file is not taken, in words that name the file and say what to do."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from . import papers

MEGABYTE = 1024 * 1024


def before_opening(uploads: Sequence[UploadedFile]) -> list[str]:
    """What can be said from number and size alone."""
    return too_many(len(uploads)) + [sentence for upload in uploads if (sentence := _by_size(upload))]


def too_many(here: int) -> list[str]:
    """What is said of more files than one form may bring; nothing when they are not too many."""
    most = settings.PHOTOS_MOST
    if here <= most:
        return []
    said = _("一次最多 %(most)s 个文件，您选了 %(here)s 个。请去掉 %(too_many)s 个再交。")
    return [said % {"most": most, "here": here, "too_many": here - most}]


def no_photo(upload: UploadedFile) -> str:
    """What is said of a PDF where only photos are taken; empty for all else, which is opened to tell."""
    return by_content(upload, {"said": "kind"}) if is_paper(upload) else ""


def is_paper(upload: UploadedFile) -> bool:
    """Whether it begins as a PDF does."""
    upload.seek(0)
    return bool(upload.read(5) == b"%PDF-")


def by_content(upload: UploadedFile, found: dict[str, Any]) -> str:
    """What the child found, as a sentence; empty when it is taken."""
    words = {
        "kind": _("「%(name)s」不是照片，也不是 PDF。照片能收 JPG、PNG、WebP、HEIC，请另选一个。"),
        "pixels": _("照片「%(name)s」有 %(here)s 万像素，超过 %(most)s 万。请在手机上缩小，再选一次。"),
        "whole": _("照片「%(name)s」是 %(format)s 格式，%(here)s 万像素太大了。请另存为普通 JPG，再选一次。"),
        "frames": _("「%(name)s」是会动的图，只能收不动的照片。请截一张图，再选一次。"),
        "broken": _("照片「%(name)s」打不开，可能没有传完整。请再选一次；还不行，就重拍一张。"),
        "ok": "",
    }
    return words[found["said"]] % {
        "name": shown(upload),
        "here": found.get("pixels", 0) // 10_000,
        "most": settings.PHOTO_MOST_PIXELS // 10_000,
        "format": "HEIC" if found.get("format") == "HEIF" else found.get("format", ""),
    }


def of_paper(upload: UploadedFile) -> str:
    """Why this PDF is not taken; empty when it is."""
    upload.seek(0)
    words = {
        "broken": _("材料「%(name)s」不完整，或者后面还带着别的东西。请重新存成 PDF，再选一次。"),
        "active": _("材料「%(name)s」里带着会自己运行的内容或别的文件。请打印成 PDF，再选一次。"),
        "": "",
    }
    return words[papers.fault(upload.read())] % {"name": shown(upload)}


def shown(upload: UploadedFile) -> str:
    """The file's name as it may stand on a page: no marks that turn or hide letters, at most 40 of them."""
    name = "".join(letter for letter in upload.name or "" if letter.isprintable())
    return name if len(name) <= 40 else f"{name[:20]}…{name[-19:]}"


def _by_size(upload: UploadedFile) -> str:
    size, most = upload.size or 0, settings.PHOTO_MOST_BYTES
    if size == 0:
        return _("「%(name)s」是空的，什么也没有。请再选一次。") % {"name": shown(upload)}
    if size > most:
        here = max(-(-size // MEGABYTE), most // MEGABYTE + 1)
        return _("「%(name)s」有 %(here)s MB，超过 %(most)s MB。请在手机上缩小，或者截一张图，再选一次。") % {
            "name": shown(upload),
            "here": here,
            "most": most // MEGABYTE,
        }
    return ""
