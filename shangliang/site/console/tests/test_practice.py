"""The practice room stands beside the true site and never touches it; it is drawn anew each night."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from demo import load
from shangliang.base.ui.environment import PRACTICE_PASSWORD
from shangliang.practice import surroundings
from shangliang.site.console.management.commands.practice import HERE, MARK, emptied, environment, next_night
from stories.site import ROOT

TRUE = {
    "DATABASE_URL": "postgres://true", "KEYRING_URL": "postgres://keys", "EMAIL_URL": "smtp+tls://true",
    "OIDC_ISSUER": "https://true.example", "SECRET_KEY": "true " * 10, "MASTER_KEY": "true " * 10,
    "SHANGLIANG_CHECKPOINTS": "/true/checkpoints.jsonl", "SHANGLIANG_ERASURES": "/true/erasures.jsonl",
    "JOURNAL_KEY_FILE": "/true/key.pem", "SHANGLIANG_VAR": "/srv/true", "ALLOWED_HOSTS": "true.example",
    "HOST_NAME": "清溪县政协", "PRACTICE_ADDRESS": "https://practice.example/",
}  # fmt: skip


def test_nothing_of_the_true_site_reaches_the_practice_room():
    room = surroundings(environment(TRUE), "/var")
    true = {value for name, value in TRUE.items() if name not in ("HOST_NAME", "PRACTICE_ADDRESS")}
    assert not true & set(room.values())
    assert room["SHANGLIANG_VAR"] == "/srv/true/practice"
    assert room["ALLOWED_HOSTS"].split(",")[-1] == "practice.example"
    assert room["HOST_NAME"] == "清溪县政协"
    assert {"DATABASE_URL", "KEYRING_URL", "EMAIL_URL", "OIDC_ISSUER"}.isdisjoint(room)
    assert room["SECRET_KEY"] != surroundings(environment(TRUE), "/var")["SECRET_KEY"]  # drawn each time
    with pytest.raises(ImproperlyConfigured, match=r"manage\.py practice"):
        surroundings({**TRUE, "PRACTICE_SECRET": "short"}, "/var")


def test_it_is_drawn_anew_at_the_next_night():
    assert next_night(datetime(2026, 11, 26, 2, 59, tzinfo=HERE), 3).day == 26
    assert next_night(datetime(2026, 11, 26, 3, 0, tzinfo=HERE), 3).day == 27


def test_only_its_own_folder_is_emptied(tmp_path):
    room = tmp_path / "practice"
    emptied(room)
    (room / "shangliang.sqlite3").touch()
    emptied(room)
    assert [one.name for one in room.iterdir()] == [MARK]
    true = tmp_path / "true"
    true.mkdir()
    (true / "shangliang.sqlite3").touch()
    with pytest.raises(CommandError, match="left as it is"):
        emptied(true)
    assert (true / "shangliang.sqlite3").exists()


def test_the_sign_in_page_says_who_one_can_be():
    assert PRACTICE_PASSWORD == load.PASSWORD
    page = (ROOT / "shangliang/base/ui/jinja2/account/login.html").read_text("utf-8")
    here = set(load.SIGN_IN) - {"neighbour", "city", "province"}  # one of each role, of one county
    assert {"deputy", "operator"} < here
    for name in here:
        assert f'("{name}", ' in page


@pytest.mark.long
def test_one_command_opens_it_beside_a_true_database_that_stays_as_it_is(tmp_path):
    """From nothing, with a true site's settings around it."""
    true = tmp_path / "true.sqlite3"
    sqlite3.connect(true).execute("CREATE TABLE theirs (a)")
    before, port = true.read_bytes(), _free()
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    around = {
        **TRUE, **plain, "DATABASE_URL": f"sqlite:///{true}", "KEYRING_URL": f"sqlite:///{true}",
        "SHANGLIANG_VAR": str(tmp_path), "SHANGLIANG_MODE": "demo", "ALLOWED_HOSTS": "127.0.0.1",
        "PRACTICE_ADDRESS": "",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "practice", "--port", str(port)]
    with (tmp_path / "said.txt").open("w") as out:
        room = subprocess.Popen(command, cwd=ROOT, env=around, stdout=out, stderr=out, start_new_session=True)
    try:
        site, said = f"http://127.0.0.1:{port}", tmp_path / "said.txt"
        page = _read(room, f"{site}/accounts/login/", said)
        for words in ("练习", 'content="noindex"', PRACTICE_PASSWORD):
            assert words in page
        assert "城关委员工作室" in _read(room, f"{site}/studios/?place={quote('城关')}", said)
        assert (tmp_path / "practice" / "shangliang.sqlite3").exists()
        assert true.read_bytes() == before
    finally:
        os.killpg(room.pid, signal.SIGTERM)
        room.wait(30)


def _free():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _read(room, address, said):
    until = time.monotonic() + 240
    while time.monotonic() < until and room.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  our own
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise AssertionError(said.read_text("utf-8"))
