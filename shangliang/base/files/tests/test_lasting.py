"""Files go down to the disk before the row that names them, and a full disk is no fault of the picture."""

import errno
import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shangliang.base.files import actions, child, guard, storage

from .test_files import picture


def test_a_file_and_its_folder_are_synced_when_it_is_written(monkeypatch, settings):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    storage.write("abc123", "small", ContentFile(b"light"))
    assert synced == [False, True, True]
    assert storage.read("abc123", "small").read() == b"light"


def test_no_room_is_told_from_a_broken_picture(monkeypatch, tmp_path):
    source = tmp_path / "lamp.jpg"
    source.write_bytes(picture())

    def full(*said, **options):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    assert guard.shrink(str(source), str(tmp_path / "0"), 1_000_000) == {"said": "no room"}


def test_nobody_is_told_that_their_picture_is_broken_when_the_disk_is_full(monkeypatch):
    monkeypatch.setattr(child, "_answer", lambda arguments: '{"said": "no room"}\n')
    with pytest.raises(OSError, match="no room") as fault:
        actions.prepare([SimpleUploadedFile("lamp.jpg", picture())])
    assert fault.value.errno == errno.ENOSPC
