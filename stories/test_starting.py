"""Starting, and refusing to start: each missing setting is named; public secrets serve this machine only."""

import os
import re
import subprocess
import sys

import pytest

from .site import ROOT

SECRETS = dict.fromkeys(("SECRET_KEY", "MASTER_KEY", "INDEX_KEY", "CODE_KEY"), "x" * 40)
PRODUCTION = {
    **SECRETS, "SHANGLIANG_MODE": "production", "DATABASE_URL": "sqlite:////tmp/none.sqlite3",
    "KEYRING_URL": "sqlite:////tmp/none-keys.sqlite3", "ALLOWED_HOSTS": "studio.example.cn",
    "JOURNAL_KEY_FILE": "/nowhere/journal-key.pem", "SECURITY_CONTACT": "mailto:security@studio.example.cn",
}  # fmt: skip


def manage(tmp_path, *words, **environment):
    """What `manage.py` says with this environment and nothing else; its exit code."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    plain |= {"SHANGLIANG_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=plain | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_production_names_each_setting_that_is_missing(tmp_path):
    code, said = manage(tmp_path, "check", SHANGLIANG_MODE="production", SECRET_KEY="x" * 40)
    assert code != 0
    for name in PRODUCTION.keys() - {"SHANGLIANG_MODE", "SECRET_KEY"}:
        assert name in said
    assert "SECRET_KEY, " not in said


def test_production_starts_with_all_of_them(tmp_path):
    code, said = manage(tmp_path, "check", **PRODUCTION)
    assert code == 0, said


def test_a_short_secret_is_refused_by_name(tmp_path):
    code, said = manage(tmp_path, "check", **{**PRODUCTION, "MASTER_KEY": "short"})
    assert code != 0
    assert "MASTER_KEY is too short" in said


def test_production_signs_nothing_with_a_key_that_everybody_knows(tmp_path):
    """Pages are served without the private key; the worker, which signs, says where it looked for it."""
    code, said = manage(tmp_path, "work", "--once", **PRODUCTION)
    assert code != 0
    assert PRODUCTION["JOURNAL_KEY_FILE"] in said
    assert "manage.py journal_key" in said


@pytest.mark.parametrize("seconds", ["0", "86401"])
def test_checkpoints_are_told_at_least_once_a_day(tmp_path, seconds):
    code, said = manage(tmp_path, "check", CHECKPOINT_SECONDS=seconds)
    assert code != 0
    assert "CHECKPOINT_SECONDS" in said


def test_the_demonstration_serves_this_machine_only(tmp_path):
    code, said = manage(tmp_path, "check", ALLOWED_HOSTS="studio.example.cn")
    assert code != 0
    assert "studio.example.cn" in said
    code, said = manage(tmp_path, "serve", "--demo", "--host", "0.0.0.0")  # noqa: S104
    assert code != 0
    assert "0.0.0.0" in said  # noqa: S104


def test_the_demonstration_is_not_loaded_where_real_people_speak(tmp_path):
    code, said = manage(tmp_path, "demo", **PRODUCTION)
    assert code != 0
    assert "invented" in said


def test_every_setting_of_the_environment_is_explained():
    asked = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "shangliang" / "settings.py").read_text("utf-8")))
    asked |= set(PRODUCTION)
    explained = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert explained >= asked


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_in_the_docs_lead_somewhere(page):
    file = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text("utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []
