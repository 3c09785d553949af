"""Votes, statements and groups from CSV files, with the line of what is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .ballots import MOST_PARTICIPANTS, MOST_STATEMENTS
from .kinds import Id
from .words import Said

NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
BLANKS = " \t\u3000\ufeff"


class BadFile(ValueError):  # noqa: N818  the same
    """A file that can't be read, or a line in it that makes no sense. said: the sentence in both
    languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True)
class Row:
    line: int
    fields: Mapping[str, str]


def votes(path: Path) -> list[tuple[Id, Id, int]]:
    """Columns participant, statement, vote (1, 0, -1; more columns are passed over), in the file's order."""
    found: list[tuple[str, str, int]] = []
    people: set[str] = set()
    topics: set[str] = set()
    for row in rows(path, ("participant", "statement", "vote")):
        who, what = _named(path, row, "participant"), _named(path, row, "statement")
        found.append((who, what, _one_of(path, row, "vote", (-1, 0, 1))))
        people.add(who)
        topics.add(what)
        if len(people) > MOST_PARTICIPANTS or len(topics) > MOST_STATEMENTS:
            raise BadFile(_too_many(path, row.line))
    person, topic = _kind(people), _kind(topics)
    return [(person(who), topic(what), vote) for who, what, vote in found]


@dataclass(frozen=True)
class Decided:
    """What is known of statements, by their ids as texts: what was decided, which are meta, what they say."""

    moderated: Mapping[str, int]
    meta: frozenset[str]
    texts: Mapping[str, str]


def statements(path: Path) -> Decided:
    """Columns statement, moderated (1, 0, -1) and, where they are, meta (1 or 0) and text."""
    moderated: dict[str, int] = {}
    meta, texts = set(), {}
    for row in rows(path, ("statement", "moderated")):
        name = _once(path, row, "statement", moderated)
        moderated[name] = _one_of(path, row, "moderated", (-1, 0, 1))
        texts[name] = row.fields.get("text", "")
        if row.fields.get("meta", "").strip(BLANKS) and _one_of(path, row, "meta", (0, 1)):
            meta.add(name)
    return Decided(moderated, frozenset(meta), texts)


def groups(path: Path) -> dict[str, Id]:
    """Columns participant, group; a blank group is none."""
    found: dict[str, str] = {}
    for row in rows(path, ("participant", "group")):
        name = _once(path, row, "participant", found)
        found[name] = row.fields["group"].strip(BLANKS)
    kind = _kind({group for group in found.values() if group})
    return {name: kind(group) for name, group in found.items() if group}


def rows(path: Path, wanted: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8 with these columns, blank lines passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path, file, wanted)
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise BadFile(Said(f"{path}: 打不开（{why}）", f"{path}: can't be opened ({why})")) from fault
    except UnicodeDecodeError as fault:
        raise BadFile(
            Said(
                f"{path}: 不是 UTF-8 编码，请另存为「CSV UTF-8」",
                f"{path}: is not in UTF-8; save it as CSV UTF-8",
            )
        ) from fault


def _rows(path: Path, file: Iterable[str], wanted: tuple[str, ...]) -> Iterator[Row]:
    lines = csv.reader(file, strict=True)
    begun = 1  # the line on which a record begins: a text may run over several
    try:
        header = [name.strip(BLANKS) for name in next(lines, [])]
        if missing := [name for name in wanted if name not in header]:
            names = ", ".join(missing)
            raise BadFile(_line(path, 1, f"there is no column {names}", f"没有这一列：{names}"))
        begun = lines.line_num + 1
        for fields in lines:
            if any(field.strip(BLANKS) for field in fields):
                if len(fields) != len(header):
                    counts = len(fields), len(header)
                    en, zh = "{} fields, not {}", "有 {} 格，应为 {} 格"
                    raise BadFile(_line(path, begun, en.format(*counts), zh.format(*counts)))
                yield Row(begun, dict(zip(header, fields, strict=True)))
            begun = lines.line_num + 1
    except csv.Error as fault:
        raise BadFile(_line(path, begun, f"is no CSV ({fault})", f"不是 CSV（{fault}）")) from fault


def _named(path: Path, row: Row, column: str) -> str:
    name = row.fields[column].strip(BLANKS)
    if not name:
        raise BadFile(_line(path, row.line, f"{column} is blank", f"{column} 空着"))
    return name


def _once(path: Path, row: Row, column: str, before: Mapping[str, object]) -> str:
    name = _named(path, row, column)
    if name in before:
        raise BadFile(
            _line(path, row.line, f"{column} {name} stands there twice", f"{column} {name} 写了两遍")
        )
    return name


def _one_of(path: Path, row: Row, column: str, allowed: tuple[int, ...]) -> int:
    said = row.fields[column].strip(BLANKS)
    for value in allowed:
        if said in (str(value), f"+{value}"):
            return value
    choices = ", ".join(map(str, reversed(allowed)))
    raise BadFile(
        _line(
            path,
            row.line,
            f"{column} is {said!r}, not one of {choices}",
            f"{column} 是「{said}」，应为 {choices}",
        )
    )


def _kind(names: set[str]) -> Callable[[str], Id]:
    """Numbers where all are; else texts."""
    return int if all(map(NUMBER.fullmatch, names)) else str


def _too_many(path: Path, line: int) -> Said:
    most = MOST_PARTICIPANTS, MOST_STATEMENTS
    return _line(
        path,
        line,
        "more than {:,} participants or {:,} statements".format(*most),
        "参与人超过 {:,} 或陈述超过 {:,}".format(*most),
    )


def _line(path: Path, line: int, en: str, zh: str) -> Said:
    return Said(f"{path} 第 {line} 行：{zh}", f"{path}, line {line}: {en}")
