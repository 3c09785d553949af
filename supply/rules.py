"""What must not be written in this code, beyond what the linter knows: each rule with the places that may."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from .lock import ROOT

CODE = ("shangliang", "demo")  # what serves people
PERSONAL = {"phone", "contact", "resident", "tracking_code", "password", "session_key", "id_number"}
LOGS = {"debug", "info", "warning", "error", "exception", "critical", "log", "write", "print"}

# Where a rule does not hold (a file, or a folder), and why.
ALLOWED = {
    (
        "mark_safe",
        "shangliang/base/ui/",
    ): "the one package that makes HTML; its tests escape what it takes in",
    (
        "mark_safe",
        "shangliang/flow/consultations/views.py",
    ): "the inside of a page, drawn by our own templates",
    ("csrf_exempt", "shangliang/site/portal/views/pages.py"): "only how this browser shows pages",
    (
        "csrf_exempt",
        "shangliang/ledgers/notices/views/subscribe.py",
    ): "a mailbox ends a subscription, by its signed link",
    ("pasted_sql", "shangliang/base/journal/"): "names of our own tables and triggers",
    ("pasted_sql", "shangliang/base/people/actions/rolls.py"): "names of our own tables and columns",
    ("pasted_sql", "shangliang/base/people/limits.py"): "the name of its own table",
    ("pasted_sql", "shangliang/site/console/backup/engines.py"): "names of tables that stand in the database",
}
SAFE_IN = {
    "shangliang/base/ui/jinja2/ui/kit/icons.html": "paths of our own drawings",
    "shangliang/base/ui/jinja2/allauth/elements/": "slots that allauth's tags have rendered and escaped",
}


def name_of(node: ast.AST) -> str:
    """The last part of what is called or used: `connection.cursor().execute` is "execute"."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def mark_safe(node: ast.AST) -> bool:
    """Text taken for HTML."""
    if not (isinstance(node, ast.Call) and name_of(node.func) in {"mark_safe", "SafeString", "Markup"}):
        return False
    return not all(isinstance(word, ast.Constant) for word in node.args)


def csrf_exempt(node: ast.AST) -> bool:
    """A form that any other site may send."""
    return isinstance(node, ast.Name | ast.Attribute) and name_of(node) in {
        "csrf_exempt",
        "requires_csrf_token",
    }


def raw_sql(node: ast.AST) -> bool:
    """SQL beside the ORM, where values are easily pasted in."""
    return isinstance(node, ast.Call) and (
        name_of(node.func) == "RawSQL"
        or (isinstance(node.func, ast.Attribute) and node.func.attr in {"extra", "raw"})
    )


def pasted_sql(node: ast.AST) -> bool:
    """Something pasted into a statement, where it should be handed over beside it."""
    if not (isinstance(node, ast.Call) and name_of(node.func) in {"execute", "executemany"} and node.args):
        return False
    return any(map(_pastes, ast.walk(node.args[0])))


def _pastes(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and name_of(node.func) == "format":
        composed = node.func.value if isinstance(node.func, ast.Attribute) else node
        return not (isinstance(composed, ast.Call) and name_of(composed.func) == "SQL")  # psycopg quotes
    return isinstance(node, ast.FormattedValue) or (
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
    )


def personal_in_a_log(node: ast.AST) -> bool:
    """What a resident left, in a log or on a screen."""
    if not (isinstance(node, ast.Call) and name_of(node.func) in LOGS):
        return False
    said = [*node.args, *(word.value for word in node.keywords)]
    return any(name_of(each) in PERSONAL for word in said for each in ast.walk(word))


RULES: dict[str, Callable[[ast.AST], bool]] = {
    "mark_safe": mark_safe,
    "csrf_exempt": csrf_exempt,
    "raw_sql": raw_sql,
    "pasted_sql": pasted_sql,
    "personal_in_a_log": personal_in_a_log,
}


def breaches(source: str, path: str) -> Iterator[str]:
    """Where this Python breaks a rule: "path:line: rule"."""
    tree = ast.parse(source)
    imported = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)}
    for node in ast.walk(tree):
        for rule, broken in RULES.items():
            if id(node) not in imported and broken(node) and not _allowed(rule, path):
                yield f"{path}:{getattr(node, 'lineno', 0)}: {rule}"


def _allowed(rule: str, path: str) -> bool:
    return any(rule == known and path.startswith(place) for known, place in ALLOWED)


def unescaped(source: str, path: str) -> Iterator[str]:
    """Where a page takes text for HTML: "path:line: rule"."""
    if any(path.startswith(each) for each in SAFE_IN):
        return
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"\|\s*safe\b|autoescape\s+(false|off)|\bMarkup\(", line):
            yield f"{path}:{number}: unescaped"


def everywhere() -> list[str]:
    """All breaches in what serves people."""
    found: list[str] = []
    for file in _files("*.py"):
        if not {"tests", "migrations"} & set(file.parts):
            found += breaches(file.read_text("utf-8"), file.relative_to(ROOT).as_posix())
    for file in _files("*.html"):
        found += unescaped(file.read_text("utf-8"), file.relative_to(ROOT).as_posix())
    return found


def _files(pattern: str) -> Iterator[Path]:
    for folder in CODE:
        yield from sorted((ROOT / folder).rglob(pattern))
