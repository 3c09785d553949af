"""Locks, licences, the bill of materials, secrets and the house's own rules: each check beside what it must
catch."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from supply import bill, rules, secrets
from supply.lock import ROOT, pins

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_line_of_a_lock_has_hashes_and_no_address(lock):
    found = pins(lock.read_text("utf-8"))
    assert len(found) >= 1
    assert len({pin.name for pin in found}) == len(found)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("django==5.2.0\n", "no hash stands with django"),
        ("--index-url https://mirror.example.cn/simple\n", "line 1"),
        ("django @ https://mirror.example.cn/django.whl\n", "line 1"),
        ("django>=5.2 \\\n    --hash=sha256:" + "0" * 64, "line 1"),
        ("django==5.2.0 \\\n    --hash=md5:" + "0" * 32, "line 2"),
    ],
)
def test_a_lock_that_is_none_is_refused(line, words):
    with pytest.raises(ValueError, match=words):
        pins(line)


def test_every_library_has_a_reason_and_a_licence_that_may_be_used():
    assert list(bill.faults()) == []
    assert bill.PAGE.read_text("utf-8") == bill.page()


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-2.0-only OR MIT", True),
        ("GPL-2.0-only", False),
        ("MIT AND SSPL-1.0", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_which_licences_may_be_used(said, may):
    assert bill.allowed(said) is may
    assert bool(list(bill.faults({"planted": said}))) is not may


def test_the_bill_names_all_that_is_locked_and_all_that_is_shipped(tmp_path):
    bill.write(tmp_path / "sbom.json")
    made = json.loads((tmp_path / "sbom.json").read_text())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    names = {each["name"] for each in made["components"]}
    assert names >= {pin.name for pin in bill.libraries()} | {"htmx", "axe-core"}
    assert all(each["licenses"][0]["expression"] for each in made["components"])
    assert len({each["bom-ref"] for each in made["components"]}) == len(made["components"])


def unlike(listed: str, root: Path) -> list[str]:
    """The files of THIRD_PARTY.md that are not what it says."""
    rows = re.findall(r"`([^`]+)` \| `sha384-([^`]+)`", listed)
    assert rows
    return [
        name
        for name, told in rows
        if base64.b64encode(hashlib.sha384((root / name).read_bytes()).digest()).decode() != told
    ]


def test_what_others_wrote_is_unchanged_and_listed():
    text = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    assert unlike(text, ROOT) == []
    for file in secrets.tracked():
        if "vendor" in file.parts:
            assert f"`{file.relative_to(ROOT).as_posix()}`" in text


def test_a_changed_byte_in_a_shipped_file_is_found(tmp_path):
    text = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    for name in re.findall(r"`([^`]+)` \| `sha384-", text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes() + b" ")
    assert len(unlike(text, tmp_path)) == 2


def test_no_secret_lies_in_the_tree():
    assert secrets.scan(secrets.tracked()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
        "DATABASE_URL=postgres" + "://office:Tr0ub4dor@10.0.0.5:5432/shangliang",
        "MASTER_" + "KEY=Zk3vQ8pLr2xT9wYb5nMc7dHf1jKs4gAe",
        "aws = 'AKIA" + "IOSFODNN7EXAMPLE'",
        "token: ghp" + "_" + "a1B2" * 9,
    ],
)
def test_a_planted_secret_is_found_and_not_repeated(planted, tmp_path):
    file = tmp_path / "settings.txt"
    file.write_text(f"# first line\n{planted}\n")
    [said] = secrets.scan([file])
    assert said.startswith("settings.txt:2: ")
    assert planted not in said


def test_the_houses_own_rules_hold():
    assert rules.everywhere() == []


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        ("mark_safe", "page = mark_safe(voice.words)"),
        ("mark_safe", "page = Markup(f'<b>{words}</b>')"),
        ("csrf_exempt", "@csrf_exempt\ndef answer(request): ..."),
        ("csrf_exempt", "view = decorators.csrf_exempt(view)"),
        ("raw_sql", "Voice.objects.extra(where=[asked])"),
        ("raw_sql", "Voice.objects.annotate(n=RawSQL(asked, []))"),
        ("raw_sql", "Voice.objects.raw(asked)"),
        ("pasted_sql", "cursor.execute(f'SELECT * FROM t WHERE code = {code}')"),
        ("pasted_sql", "cursor.execute('SELECT * FROM t WHERE code = %s' % code)"),
        ("pasted_sql", "cursor.execute('SELECT {}'.format(code))"),
        ("personal_in_a_log", "log.info('rang %s', voice.phone)"),
        ("personal_in_a_log", "print(f'{resident.phone} has rung')"),
        ("personal_in_a_log", "self.stdout.write(person.contact)"),
    ],
)
def test_a_planted_breach_is_found(rule, planted):
    assert [said.rpartition(" ")[2] for said in rules.breaches(planted, "shangliang/flow/x.py")] == [rule]


@pytest.mark.parametrize(
    "fine",
    [
        "from django.views.decorators.csrf import csrf_exempt",
        "cursor.execute('SELECT * FROM t WHERE code = %s', [code])",
        "cursor.execute(sql.SQL('SELECT {}').format(sql.Identifier(name)))",
        "Markup('<mark>{}</mark>').format(word)",
        "log.info('%s voices', number)",
    ],
)
def test_what_is_right_is_left_alone(fine):
    assert list(rules.breaches(fine, "shangliang/flow/x.py")) == []


def test_an_unescaped_word_in_a_page_is_found():
    assert list(rules.unescaped("<p>{{ voice.words | safe }}</p>", "shangliang/flow/x.html"))
    assert list(rules.unescaped("{% autoescape false %}", "shangliang/flow/x.html"))
    assert not list(rules.unescaped("<p>{{ voice.words }}</p>", "shangliang/flow/x.html"))
