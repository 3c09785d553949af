"""What changes places: committees entered one by one or from a file, and the bodies beside them."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..journal.record import record
from .models import Body, Committee, Level, LiaisonGroup, Zone
from .presets import PRESETS

SHAANXI = Path(__file__).parent / "data" / "shaanxi_divisions.csv"
COLUMNS = ("code", "name", "level", "parent_code")
LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY)
B = TypeVar("B", bound=Body)


@transaction.atomic
def enter_committee(
    code: str,
    name: str,
    level: str,
    *,
    by: str,
    parent: Committee | None = None,
    valid_from: date | None = None,
    records_since: date | None = None,
) -> Committee:
    """Enter a committee under its parent; `by` is the pseudonym of who does it.

    ValidationError for a code that is not six digits, a level that does not follow its parent's, or a code
    in use."""
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise ValidationError(_("区划代码「%(code)s」要是六位数字。"), params={"code": code})
    above = LEVELS.index(Level(parent.level)) if parent else -1
    if level not in LEVELS or LEVELS.index(Level(level)) != above + 1:
        raise ValidationError(_("「%(name)s」的层级和上级对不上。"), params={"name": name})
    if not (0 < len(name) <= 40 and name.isprintable()):
        raise ValidationError(_("区划代码 %(code)s 的地名要有，不超过 40 个字。"), params={"code": code})
    path = f"{parent.path if parent else ''}{code}/"
    if Committee.objects.filter(code=code, valid_until=None).exists():
        raise ValidationError(_("区划代码 %(code)s 已经登记过了。"), params={"code": code})
    committee = Committee.objects.create(
        code=code,
        name=name,
        level=level,
        parent=parent,
        path=path,
        valid_from=valid_from,
        records_since=records_since,
    )
    record("committee_entered", subject=committee.subject, committee=path, by=by)
    return committee


@transaction.atomic
def import_csv(lines: Iterable[str], *, by: str, valid_from: date | None = None) -> list[Committee]:
    """Enter committees from CSV with the columns code,name,level,parent_code (UTF-8, upper levels first).

    All or none: ValidationError names the line that cannot be taken. Codes entered before are left alone."""
    known = {c.code: c for c in Committee.objects.filter(valid_until=None)}
    entered = []
    for line, row in _rows(lines):
        if row["code"] in known:
            continue
        parent = known.get(row["parent_code"]) if row["parent_code"] else None
        if row["parent_code"] and parent is None:
            words = _("第 %(line)s 行：上级 %(code)s 还没有登记，上级要排在前面。")
            raise ValidationError(words, params={"line": line, "code": row["parent_code"]})
        try:
            new = enter_committee(
                row["code"], row["name"].strip(), row["level"], by=by, parent=parent, valid_from=valid_from
            )
        except ValidationError as fault:
            raise ValidationError(
                _("第 %(line)s 行：%(fault)s"), params={"line": line, "fault": fault.messages[0]}
            ) from fault
        known[new.code] = new
        entered.append(new)
    return entered


def _rows(lines: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows by column, with their lines' numbers."""
    reader = csv.DictReader(lines)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValidationError(_("第 1 行要是这四列：code,name,level,parent_code。"))
        found = [(reader.line_num, row) for row in reader]
    except csv.Error as fault:
        words = _("第 %(line)s 行读不下去，看看引号成不成对。")
        raise ValidationError(words, params={"line": reader.line_num}) from fault
    for line, row in found:
        if None in row or None in row.values():
            raise ValidationError(_("第 %(line)s 行：要正好四格。"), params={"line": line})
    return found


@transaction.atomic
def close_committee(committee: Committee, *, on: date) -> None:
    """Codes move and committees merge: the old one stays readable, its path is never used again."""
    committee.valid_until = on
    committee.save(update_fields=["valid_until"])


@transaction.atomic
def prefer(committee: Committee, name: str, value: object) -> None:
    """Set one of the committee's own settings. KeyError for a name that is none (see presets)."""
    if name not in PRESETS:
        raise KeyError(name)
    committee.preferences = {**committee.preferences, name: value}
    committee.save(update_fields=["preferences"])


def add(kind: type[B], committee: Committee, name: str, **more: str) -> B:
    """A department, sector, special committee or liaison group of a committee; the same name gives the
    same one."""
    return kind._default_manager.get_or_create(committee=committee, name=name, defaults=more)[0]


def enter_group(committee: Committee, name: str) -> tuple[LiaisonGroup, bool]:
    """A town's liaison group and whether it is new. Who may, and the act, are the caller's."""
    return LiaisonGroup.objects.get_or_create(committee=committee, name=name)


def enter_zone(group: LiaisonGroup, name: str) -> tuple[Zone, bool]:
    """A zone of a town and whether it is new. Who may, and the act, are the caller's."""
    return Zone.objects.get_or_create(group=group, name=name)
