"""The list of a peer's advisories: each has its test, each named test exists; and what the reasons rest on.

Planted: a list that names a test nobody wrote; a module that fetches; a statement put together from words."""

import ast
import re

from django.apps import apps
from django.conf import settings

from shangliang.flow.voices.models import Voice

LIST = settings.ROOT / "docs" / "advisories.md"
ROW = re.compile(r"^\| (CVE-\d{4}-\d+) \|.*$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::([\w:]+)`")
FETCHES = {
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "http.client",
    "urllib.request",
    "socket",
    "ftplib",
    "smtplib",
}
OWN_DOORS = {  # where our code opens a connection, and to what
    "shangliang/site/console/management/commands/serve.py": "its own port, to tell whether it is free",
    "shangliang/ledgers/notices/channels.py": "the faults of the mail server that the settings name",
    "shangliang/base/people/views.py": "the name of a fault: `provider` asks the settings' issuer",
}
RAW = {"raw", "extra", "RawSQL"}  # nowhere
SORTS = {"execute", "executemany", "order_by"}  # not where a request is read


def missing(page):
    """What the page names and nobody wrote."""
    for path, name in NAMED.findall(page):
        file = settings.ROOT / path
        *classes, function = name.split("::")
        where = ast.parse(file.read_text("utf-8")).body if file.exists() else []
        for one in classes:
            where = next((n.body for n in where if isinstance(n, ast.ClassDef) and n.name == one), [])
        if function not in {n.name for n in where if isinstance(n, ast.FunctionDef)}:
            yield f"{path}::{name}"


def sources():
    for path in sorted((settings.ROOT / "shangliang").rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield str(path.relative_to(settings.ROOT)), path.read_text("utf-8")


def fetching(source):
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name for name in names if name in FETCHES or name.split(".")[0] in FETCHES)


def put_together(path, source):
    """Calls by which what a request says could become part of a statement."""
    forbidden = RAW | SORTS if "/views" in path or "/forms" in path else RAW
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in forbidden:
                yield node.lineno, name


def test_all_of_them_stand_in_the_list_with_a_test_that_exists():
    page = LIST.read_text("utf-8")
    rows = ROW.findall(page)
    assert len(rows) == len(set(rows)) == 29
    assert all(NAMED.search(row.group()) for row in ROW.finditer(page))
    assert not list(missing(page))


def test_a_test_that_nobody_wrote_is_found():
    assert list(missing("`stories/test_advisories.py::test_nobody_wrote`"))
    assert list(missing("`a/b.py::test_x`"))
    assert not list(missing("`stories/test_advisories.py::test_a_test_that_nobody_wrote_is_found`"))


def test_the_house_fetches_no_address():
    found = {path: names for path, source in sources() if (names := list(fetching(source)))}
    assert found.keys() <= OWN_DOORS.keys(), found
    assert list(fetching("from urllib.request import urlopen"))


def test_no_statement_is_put_together_from_words():
    """Beside ruff's S608, which looks at every statement."""
    found = {path: lines for path, source in sources() if (lines := list(put_together(path, source)))}
    assert not found
    assert list(put_together("a/views.py", "rows.order_by(request.GET['sort'])"))
    assert list(put_together("a/queries.py", "Voice.objects.extra(where=[x])"))


def not_unique(models):
    """Columns of public codes, drawn at random, that the database lets stand twice."""
    for model in models:
        for field in model._meta.concrete_fields:
            drawn = getattr(field.default, "__name__", "") in {"public_id", "thread_number"}
            if drawn and not field.unique and field.name not in PSEUDONYMS and model.__name__ not in SHARED:
                yield f"{model.__name__}.{field.name}"


# A resident's pseudonym stands on each of their voices; no address is made of it.
PSEUDONYMS = {"person"}
SHARED = {"SecondLook"}  # the looks of one answer bear the code that the answer will have


def test_every_public_code_is_unique(monkeypatch):
    ours = [model for model in apps.get_models() if model.__module__.startswith("shangliang.")]
    assert not list(not_unique(ours))
    monkeypatch.setattr(Voice._meta.get_field("code"), "unique", False)
    assert list(not_unique(ours)) == ["Voice.code"]
