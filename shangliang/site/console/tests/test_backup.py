"""Backup and restore: rehearsed while somebody writes, and refused where something is not what it was."""

import errno
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection, connections

from shangliang import chores
from shangliang.base.files import actions as files
from shangliang.base.journal import merkle, queries
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import PersonKey
from shangliang.base.people.personal import keyring
from shangliang.base.places.models import Department
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Voice
from shangliang.site.console.backup import folder, proof, take
from shangliang.site.console.backup.engines import engine
from shangliang.site.console.backup.restore import _checkpoints_aside, _tell, restore
from stories.world import build
from stories.world_topics import a_photo

BOTH = ["default", "keyring"]
STRANGER = Actor("stranger", "stranger")
pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)


def say(studio, words, **more):
    return voices.leave(studio, by=STRANGER, words=words, form_key=secrets.token_urlsafe(16), **more)[0]


@pytest.fixture
def office():
    """示例省, truly committed: what another connection copies must lie in the database. What the cache
    holds is left out of backups, so none of other tests' may lie there."""
    caches["default"].clear()
    world = build()
    say(world.studio, "路灯不亮，晚上看不见路", phone="13800000001")
    chores.everything()
    return world


@pytest.fixture
def photo(office):
    """The word has a photo."""
    return files.keep([a_photo()], subject=Voice.objects.get().subject, by=office.officer)[0]


@pytest.fixture
def kept(office, tmp_path):
    """A backup of the office: its two folders."""
    return take.take(tmp_path / "backups", tmp_path / "backups-keys")


class Writer:
    """Somebody who goes on leaving words, sealed as they come; `acked`: the codes answered for, in order."""

    def __init__(self, studio):
        self.studio, self.acked, self.stop = studio, [], threading.Event()
        self.more = threading.Condition()
        self.thread = threading.Thread(target=self._write)

    def __enter__(self):
        self.thread.start()
        self.until(4)
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()

    def until(self, number):
        with self.more:
            assert self.more.wait_for(lambda: len(self.acked) >= number, timeout=60)

    def _write(self):
        while not self.stop.is_set():
            turn = len(self.acked)
            code = say(self.studio, f"第 {turn} 句话", phone=f"139{turn:08d}").code
            chores.often()
            with self.more:
                self.acked.append(code)
                self.more.notify_all()
        connections.close_all()


class Elsewhere:
    """Another machine: databases and a folder of its own, asked by `manage.py`. Something stands there."""

    def __init__(self, place: Path):
        self.place = place
        place.mkdir()
        self.names = {alias: str(place / f"{alias}.sqlite3") for alias in BOTH}
        if connection.vendor == "postgresql":
            self.names = {alias: f"elsewhere_{alias}_{secrets.token_hex(4)}" for alias in BOTH}
        at = connection.settings_dict
        start = "sqlite:///" if connection.vendor == "sqlite" else (
            f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/"
        )  # fmt: skip
        self.environment = {
            **os.environ, "SHANGLIANG_MODE": "test", "SHANGLIANG_VAR": str(place),
            "DATABASE_URL": start + self.names["default"], "KEYRING_URL": start + self.names["keyring"],
        }  # fmt: skip

    def __enter__(self):
        if connection.vendor == "postgresql":
            for name in self.names.values():
                with connection.cursor() as cursor:
                    cursor.execute(f"CREATE DATABASE {name}")
        self.ask("CREATE TABLE what_stood_there (id int)")
        return self

    def __exit__(self, *_):
        if connection.vendor == "postgresql":
            for name in self.names.values():
                with connection.cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def engine(self, alias):
        return type(engine(alias))({**connection.settings_dict, "NAME": self.names[alias]})

    def ask(self, statement):
        there = self.engine("default")
        opened = sqlite3.connect(there.file) if connection.vendor == "sqlite" else there._connect()
        with closing(opened), opened:
            return opened.execute(statement)

    def codes(self):
        there = self.engine("default")
        opened = sqlite3.connect(there.file) if connection.vendor == "sqlite" else there._connect()
        with closing(opened):
            return {code for (code,) in opened.execute("SELECT code FROM voices_voice").fetchall()}

    def words(self, code):
        """As they lie there, locked; None once they are gone."""
        there = self.engine("default")
        opened = sqlite3.connect(there.file) if connection.vendor == "sqlite" else there._connect()
        with closing(opened):
            return opened.execute(f"SELECT words FROM voices_voice WHERE code = '{code}'").fetchone()[0]

    def manage(self, *words):
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, words)], cwd=settings.ROOT, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def test_a_rehearsal_while_somebody_writes(office, photo, tmp_path):
    """What was answered for before it began is there, what came after it ended is not; nothing in between is
    torn; and what stood on the other machine is put aside."""
    with Elsewhere(tmp_path / "elsewhere") as there:
        with Writer(office.studio) as writer:
            before = list(writer.acked)
            kept = take.take(tmp_path / "backups", tmp_path / "keys")
            on_its_way = len(writer.acked) + 1
            writer.until(on_its_way + 2)
        code, said = there.manage("restore", kept.main, "--keys", kept.keys, "--replace")
        assert (code, "It holds" in said, said.count("put aside")) == (0, True, 1), said
        assert there.codes() >= set(before)
        assert not there.codes() & set(writer.acked[on_its_way:])
        for alias, place in (("default", kept.main), ("keyring", kept.keys)):
            told = folder.opened(place)["tables"]
            found = there.engine(alias).tables()
            assert proof.differences(told, found) == []
            assert found.keys() == told.keys()
    media = sorted(file.name for file in (tmp_path / "elsewhere" / "media").rglob("*.jpg"))
    assert media == sorted(file.name for file in Path(settings.MEDIA_ROOT).rglob("*.jpg"))
    assert len(media) == 2


def test_who_was_erased_after_the_backup_is_erased_again_by_a_restore(office, kept, tmp_path):
    """The list outside the databases knows; without it (the control) the words would be back."""
    voice = Voice.objects.get()
    voices.erase(voice.code, by=office.officer, way="in_person")
    chores.everything()
    with Elsewhere(tmp_path / "without") as there:
        there.manage("restore", kept.main, "--keys", kept.keys, "--replace")
        assert there.words(voice.code)
    with Elsewhere(tmp_path / "elsewhere") as there:
        shutil.copyfile(settings.ERASURES, there.place / "erasures.jsonl")
        code, said = there.manage("restore", kept.main, "--keys", kept.keys, "--replace")
        assert (code, "erased again: 1" in said, "It holds" in said) == (0, True, True), said
        assert not there.words(voice.code)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_plain_copy_of_the_file_would_have_lost_words(office, tmp_path):
    """The control: what the rehearsal asks of a backup, a copy of the file without its log does not give."""
    with Writer(office.studio) as writer:
        before = set(writer.acked)
        shutil.copyfile(connection.settings_dict["NAME"], tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert not before <= {code for (code,) in copy.execute("SELECT code FROM voices_voice").fetchall()}


def test_a_planted_row_is_a_difference(office, kept):
    told = folder.opened(kept.main)["tables"]
    assert proof.differences(told, engine("default").tables()) == []
    say(office.studio, "后来说的")
    Department.objects.filter(pk=office.lamps.pk).update(phone="000-0000009")
    found = proof.differences(told, engine("default").tables())
    assert "table voices_voice: 2 rows, not the 1 backed up" in found
    assert "table places_department: the rows are not those that were backed up" in found


def test_one_bad_byte_or_a_missing_file_is_refused_before_anything_is_touched(photo, kept, tmp_path):
    def refused(words, spoil):
        main, keys = (tmp_path / "spoilt" / half / kept.main.name for half in ("main", "keys"))
        shutil.copytree(kept.main, main)
        shutil.copytree(kept.keys, keys)
        spoil(main, keys)
        with pytest.raises(CommandError, match=words):
            restore(main, keys, replace=True, say=print)
        shutil.rmtree(tmp_path / "spoilt")

    def byte(name):
        def spoil(main, _keys):
            file = next(main.glob(name))
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 1
            file.write_bytes(content)

        return spoil

    for name in ("main.*", "manifest.json", "media/**/*.jpg", "checkpoints.jsonl"):
        refused("has another SHA-256", byte(name))
    refused(r"keyring\.\w+ is missing", lambda _, keys: next(keys.glob("keyring.*")).unlink())
    refused("more.txt is not in SHA256SUMS", lambda _, keys: (keys / "more.txt").write_text("?"))
    refused("no finished backup", lambda main, _: (main / folder.SUMS).unlink())
    refused("another version", lambda main, _: altered(main, form=99))
    newer = "newer version: this one does not know voices.9999_later"
    refused(newer, lambda main, _: altered(main, migrations=["voices.9999_later"]))
    refused("backed up from oracle", lambda main, _: altered(main, engine="oracle"))
    refused("where one of the main is needed", lambda main, _: altered(main, what="keyring"))
    assert Voice.objects.count() == 1
    assert Path(settings.MEDIA_ROOT).exists()


def altered(place, **said):
    """A manifest that says something else, with its sums made anew."""
    manifest = {**json.loads((place / folder.MANIFEST).read_text()), **said}
    (place / folder.MANIFEST).write_text(json.dumps(manifest))
    (place / folder.SUMS).write_text("".join(f"{folder._sum(f)}  {n}\n" for n, f in folder._files(place)))


def test_a_keyring_older_than_its_rows_is_refused_and_found(office, tmp_path):
    """The planted order: the keyring first, then a word with a telephone, then the main database."""
    now = datetime.now(UTC)
    keys = take.take_keys(tmp_path / "keys", now, main=tmp_path)
    assert proof.faults(journal_now()) == []
    late = say(office.studio, "这句的钥匙没有备上", phone="13800000002")
    main = take.take_main(tmp_path / "main", now + timedelta(seconds=5))
    with pytest.raises(CommandError, match="keyring was backed up before the main"):
        restore(main, keys, replace=True, say=print)
    PersonKey.objects.filter(person=late.person).delete()  # as that keyring would have it
    found = proof.faults(journal_now())
    assert [each for each in found if each.startswith("voices_voice.phone: 1 people have no key")]


def test_another_master_key_and_a_lost_photo_are_found(office, photo, settings):
    settings.MASTER_KEY = "another master key than the one that wrapped them"
    next(Path(settings.MEDIA_ROOT).rglob("*-small.jpg")).unlink()
    found = "\n".join(proof.faults(journal_now()))
    assert "1 photos or papers are missing" in found
    assert "phone does not open; is MASTER_KEY the one" in found


def journal_now():
    return {"size": (size := queries.size()), "root": merkle.root(size).hex()}


def test_a_journal_that_is_not_the_one_backed_up_is_found(office):
    [fault] = proof.faults({**journal_now(), "root": "00"})
    assert "head is not the one" in fault


def test_what_was_lost_is_said_and_the_old_checkpoints_are_kept(office, kept):
    for n in range(3):
        say(office.studio, f"备份以后说的 {n}")
    chores.everything()
    whole, size = Path(settings.CHECKPOINTS).read_bytes(), queries.size()
    about = folder.opened(kept.main)
    told = _checkpoints_aside("now", about["journal"]["size"], kept.main)
    heard = []
    _tell(about, told, heard.append)
    assert f"LOST: acts {size - 3:,} to {size - 1:,}" in heard[-1]
    [aside] = Path(settings.CHECKPOINTS).parent.glob("checkpoints.jsonl.before_*")
    assert aside.read_bytes() == whole
    assert Path(settings.CHECKPOINTS).read_bytes() == (kept.main / "checkpoints.jsonl").read_bytes()
    _tell(about, _checkpoints_aside("later", size, kept.main), heard.append)
    assert "LOST" not in heard[-1]


def test_no_secret_lies_in_a_backup(office, kept):
    """Neither a secret of the settings, nor a key that opens, nor who is signed in just now."""
    secret = [settings.SECRET_KEY, settings.MASTER_KEY, settings.INDEX_KEY, settings.CODE_KEY]
    opened = [
        key for person in PersonKey.objects.values_list("person") for key in keyring.keys(person).values()
    ]
    session = SessionStore()
    session.create()
    again = take.take(
        kept.main.parent, kept.keys.parent, now=lambda: datetime.now(UTC) + timedelta(minutes=1)
    )
    needles = [*(word.encode() for word in secret), *opened, *(key.hex().encode() for key in opened)]
    needles.append(session.session_key.encode())
    assert found_in(again, needles) == []
    (again.keys / "planted").write_bytes(b"..." + opened[0])
    assert found_in(again, needles) == [opened[0]]


def found_in(backup, needles):
    text = b"".join(
        f.read_bytes() for each in (backup.main, backup.keys) for f in each.rglob("*") if f.is_file()
    )
    text += unpacked(next(backup.main.glob("main.*"))) + unpacked(next(backup.keys.glob("keyring.*")))
    return [needle for needle in needles if needle in text]


def unpacked(dump):
    """A dump of PostgreSQL is compressed: look into it as SQL."""
    if dump.suffix != ".dump":
        return b""
    return subprocess.run(["pg_restore", "-f", "-", dump], capture_output=True, check=True).stdout  # noqa: S607


def test_a_full_disk_is_told_and_leaves_nothing(office, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(CommandError, match="The disk is full; nothing was kept"):
        take.take(tmp_path / "backups", tmp_path / "keys")
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_keys_never_lie_inside_the_other_folder(tmp_path):
    for keys in (tmp_path, tmp_path / "keys", tmp_path.parent):
        with pytest.raises(CommandError, match="must lie apart"):
            take.take(tmp_path, keys)


def test_photos_are_linked_and_old_backups_go_with_their_keys(photo, kept):
    def later(**after):
        moment = datetime.now(UTC) + timedelta(**after)
        return take.take(kept.main.parent, kept.keys.parent, now=lambda: moment)

    second = later(days=29)
    assert second.removed == []
    found = [next(each.main.rglob("*-large.jpg")).stat().st_ino for each in (kept, second)]
    assert found[0] == found[1]
    third = later(days=31)
    assert third.removed == [kept.main, kept.keys]
    folder.opened(second.main)  # still whole without the one whose bytes it shared
    assert sorted(p.name for p in kept.main.parent.iterdir()) == [second.main.name, third.main.name]


def test_the_commands_find_the_newest_and_say_where(office, tmp_path):
    out = StringIO()
    call_command("backup", tmp_path / "nightly", stdout=out)
    main, keys = map(Path, out.getvalue().splitlines())
    assert (main.parent.name, keys.parent.name) == ("nightly", "nightly-keys")
    with pytest.raises(CommandError, match="Something stands there already"):
        call_command("restore", tmp_path / "nightly")
    with pytest.raises(CommandError, match="There is no backup in"):
        call_command("restore", tmp_path / "nowhere")
