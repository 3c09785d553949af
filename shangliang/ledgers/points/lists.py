"""A plain list of acts, as offices keep it: rows → acts, reckoned by a tariff. Pure; nothing is written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from shangliang.base import yamls

from .reckoning import Reckoned, reckon
from .scoring import Deed, Mark, Rest, enter, rests
from .tariff import Tariff

# Column → what its head may say.
COLUMNS = {
    "member": ("member", "委员", "姓名"),
    "act": ("act", "事项"),
    "role": ("role", "角色"),
    "date": ("date", "日期"),
    "group": ("group", "联名组", "哪一件"),
    "quantity": ("quantity", "数量"),
}
NEEDED = ("member", "act", "role", "date")
MOST = 999  # of a quantity
DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
HAN_SPACES = re.compile("(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")


@dataclass(frozen=True)
class Fault:
    """A row that cannot be read: its line in the file (the head is 1) and why."""

    line: int
    why: str


@dataclass(frozen=True)
class Account:
    """One member's one year."""

    member: str
    year: int
    reckoned: Reckoned


@dataclass(frozen=True)
class Tried:
    """A whole list reckoned. `rests`: what could not be divided among signers."""

    tariff: Tariff
    accounts: list[Account]
    rests: list[Rest]


@dataclass(frozen=True)
class Vocabulary:
    """Names and words of acts and roles, and which roles an act has."""

    acts: Mapping[str, str]
    roles: Mapping[str, str]
    of: Mapping[str, tuple[str, ...]]

    def act(self, said: str) -> str | None:
        return _found(said, self.acts)

    def role(self, said: str) -> str | None:
        return _found(said, self.roles)


@cache
def plain() -> dict[str, Any]:
    """The shared names of acts, roles and topics: `acts.yaml`."""
    said: dict[str, Any] = yamls.read((Path(__file__).parent / "acts.yaml").read_text("utf-8"))
    return said


def vocabulary(tariff: Tariff) -> Vocabulary:
    """The shared names, and those of the tariff's own rules."""
    said = plain()
    acts = {name: str(act["label"]) for name, act in said["acts"].items()}
    of = {name: list(act["roles"]) for name, act in said["acts"].items()}
    roles = {name: str(label) for name, label in said["roles"].items()}
    for rule in tariff.rules:
        acts.setdefault(rule.act, rule.label)
        for role in rule.to:
            roles.setdefault(role, role)
            if role not in of.setdefault(rule.act, []):
                of[rule.act].append(role)
    return Vocabulary(acts, roles, {name: tuple(held) for name, held in of.items()})


def read(rows: Sequence[Sequence[str]], tariff: Tariff) -> tuple[list[Deed], list[Fault]]:
    """Acts of a list whose first row is the head; empty rows are passed over. With any fault nothing may be
    reckoned: the acts are those of the good rows."""
    if not rows:
        return [], [Fault(1, "是空的")]
    heads, wrong = _heads(rows[0])
    if wrong:
        return [], [Fault(1, wrong)]
    words, deeds, faults = vocabulary(tariff), list[Deed](), list[Fault]()
    for line, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        found = _deed(line, row, heads, words)
        if isinstance(found, Deed):
            deeds.append(found)
        else:
            faults.append(found)
    faults += _joint(deeds, tariff)
    if not deeds and not faults:
        faults.append(Fault(1, "只有表头，没有一行事项"))
    return deeds, sorted(faults, key=lambda fault: fault.line)


def tried(tariff: Tariff, deeds: Iterable[Deed]) -> Tried:
    """Each member's years, by member and year."""
    marks = enter(tariff, deeds)
    heaps: dict[tuple[str, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        heaps[mark.member, mark.day.year].append(mark)
    accounts = [Account(member, year, reckon(tariff, heap)) for (member, year), heap in sorted(heaps.items())]
    return Tried(tariff, accounts, rests(marks))


def _heads(row: Sequence[str]) -> tuple[dict[str, int], str]:
    heads: dict[str, int] = {}
    for number, cell in enumerate(row):
        name = next((name for name, said in COLUMNS.items() if cell.strip().lower() in said), None)
        if cell and name is None:
            return {}, f"表头不认识「{cell}」"
        if name in heads:
            return {}, f"表头有两个「{cell}」"
        if name:
            heads[name] = number
    missing = [name for name in NEEDED if name not in heads]
    return (
        heads,
        f"表头缺 {'、'.join(f'{name}（{COLUMNS[name][1]}）' for name in missing)}" if missing else "",
    )


def _deed(line: int, row: Sequence[str], heads: Mapping[str, int], words: Vocabulary) -> Deed | Fault:
    cell = {name: row[at] if at < len(row) else "" for name, at in heads.items()}
    if any(row[max(heads.values()) + 1 :]):
        return Fault(line, "比表头多出几格，看看是不是多了逗号")
    act, role = words.act(cell["act"]), words.role(cell["role"])
    day, quantity = _day(cell["date"]), _quantity(cell.get("quantity", ""))
    if not cell["member"]:
        return Fault(line, "没有写委员")
    if act is None:
        return Fault(line, f"没有叫「{cell['act']}」的事项")
    if role is None or role not in words.of[act]:
        may = "、".join(f"{name}（{words.roles[name]}）" for name in words.of[act])
        return Fault(line, f"「{words.acts[act]}」没有「{cell['role']}」这个角色，可以写 {may}")
    if day is None:
        return Fault(line, f"日期「{cell['date']}」读不成日子，写成 2019-03-01")
    if quantity is None:
        return Fault(line, f"数量「{cell.get('quantity', '')}」不是 1 到 {MOST} 的整数")
    member = HAN_SPACES.sub("", cell["member"])
    return Deed(member, act, role, day, cell.get("group", ""), quantity, None, line)


def _joint(deeds: Iterable[Deed], tariff: Tariff) -> Iterable[Fault]:
    """What is divided between one who leads and others needs exactly one who leads."""
    divided = {rule.act: rule.to[0] for rule in tariff.rules if rule.shared == "leader_half"}
    heaps: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.act in divided:
            if deed.group:
                heaps[deed.act, deed.group].append(deed)
            elif deed.role != divided[deed.act]:
                yield Fault(deed.ref, "联名的要写 group（联名组），不然不知道和谁分")
    for (act, group), heap in heaps.items():
        leaders = {deed.member for deed in heap if deed.role == divided[act]}
        if len(leaders) != 1:
            why = "没有领衔的人" if not leaders else f"领衔的人有 {len(leaders)} 位，只能一位"
            yield Fault(heap[0].ref, f"联名组「{group}」{why}")
        if len({deed.quantity for deed in heap} | {1}) > 1:
            yield Fault(heap[0].ref, f"联名组「{group}」是一件，数量只能写 1")


def _found(said: str, names: Mapping[str, str]) -> str | None:
    if said in names:
        return said
    return next((name for name, label in names.items() if label == said), None)


def _day(said: str) -> date | None:
    found = DAY.fullmatch(said)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _quantity(said: str) -> int | None:
    if not said:
        return 1
    return int(said) if re.fullmatch(r"[0-9]{1,3}", said) and int(said) else None
