"""A tariff and what was reckoned by it, as words and as JSON. Pure. Numbers in JSON: hundredths, whole."""

from collections.abc import Iterator
from typing import Any

from shangliang.base.journal.acts import declared

from .lists import Account, Tried, plain, vocabulary
from .reckoning import Line, Reckoned
from .tariff import NOT_GIVEN, Rule, Tariff, tariffs

KINDS = {"real": "真实标准，只供试算", "sample": "样例"}


def points(hundredths: int | None, sign: bool = False) -> str:
    """25.00 from 2500; "not given" for None."""
    if hundredths is None:
        return NOT_GIVEN
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'−' if hundredths < 0 else '+' if sign and hundredths else ''}{whole}.{rest:02d}"


def about(tariff: Tariff) -> dict[str, Any]:
    """What it is. `year` null: not given."""
    return {
        "name": tariff.name,
        "label": tariff.label,
        "place": tariff.place,
        "year": tariff.year,
        "source": tariff.source,
        "kind": tariff.kind,
    }


def gaps(tariff: Tariff) -> list[str]:
    """What its source does not say: topics, points, the frame; then what the tariff itself lists."""
    said = plain()
    valued = {rule.act for rule in tariff.rules if rule.points is not None}
    topics = {act["topic"] for name, act in said["acts"].items() if name in valued}
    frame = {
        "哪年起用": tariff.year,
        "总分上限": tariff.ceiling,
        "及格线": tariff.passed,
        "等次": tariff.grades or None,
        "最低要求": tariff.minimum or None,
    }
    found = [label for name, label in said["topics"].items() if name not in topics]
    found += [f"{rule.label}的分值" for rule in tariff.rules if rule.points is None]
    found += [name for name, value in frame.items() if value is None]
    return list(dict.fromkeys([*found, *tariff.not_given]))


def unfed(tariff: Tariff) -> list[str]:
    """Rules, by their labels, that nothing recorded here brings anybody: neither an act of the journal nor
    what `acts.yaml` reads as their act in one of their roles."""
    read = {(line["is"], role) for line in plain()["journal"] for role in line["roles"].values()}
    known = declared()
    found = [
        rule.label
        for rule in tariff.rules
        if rule.act not in known and not any((rule.act, role) in read for role in rule.to)
    ]
    return list(dict.fromkeys(found))


def acts(tariff: Tariff) -> list[dict[str, Any]]:
    """Every act and role a list may hold, with the rules that take it; no rules: its points are not given."""
    words = vocabulary(tariff)
    own = {rule.act for rule in tariff.rules}
    return [
        {
            "act": act,
            "label": words.acts[act],
            "role": role,
            "role_label": words.roles[role],
            "rules": [rule_told(rule) for rule in tariff.rules if rule.act == act and role in rule.to],
        }
        for act in [*(a for a in words.acts if a in own), *(a for a in words.acts if a not in own)]
        for role in words.of[act]
    ]


def rule_told(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "label": rule.label,
        "what": rule.what,
        "points": rule.points,
        "year_cap": rule.cap,
        "unit_cap": rule.unit_cap,
        "once": rule.once or None,
        "from_the": rule.after + 1 if rule.after else None,
        "shared": rule.shared or None,
        "joint": rule.joint,
        "group": rule.group or None,
        "bucket": rule.bucket,
    }


def told(tried: Tried) -> dict[str, Any]:
    """A whole list reckoned, for another program."""
    return {
        "tariff": about(tried.tariff),
        "points_in": "hundredths",
        "members": [_account(account) for account in tried.accounts],
        "rests": [
            {"rule": rest.rule.name, "group": rest.thing, "points": rest.points} for rest in tried.rests
        ],
        "not_given": gaps(tried.tariff),
    }


def _account(account: Account) -> dict[str, Any]:
    found = account.reckoned
    return {
        "member": account.member,
        "year": account.year,
        "entries": [_line(line) for line in found.lines],
        "buckets": [
            {
                "name": part.bucket.name, "label": part.bucket.label, "start": part.bucket.start,
                "earned": part.earned, "deducted": part.deducted, "points": part.value,
                "ceiling": part.bucket.ceiling, "floor": part.bucket.floor,
            }
            for part in found.parts
        ],
        "total": found.total,
        "grade": found.grade.label if found.grade else None,
        "passed": found.passed,
        "minimum": [
            {"label": n.minimum.label, "least": n.minimum.least, "done": n.done, "met": n.met}
            for n in found.needs
        ],
        "minimum_met": all(need.met for need in found.needs) if found.needs else None,
        "entries_not_given": found.unsaid,
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    mark, deed, rule = line.mark, line.mark.deed, line.mark.rule
    return {
        "line": mark.ref,
        "date": mark.day.isoformat(),
        "act": deed.act if deed else None,
        "role": deed.role if deed else None,
        "group": mark.thing or None,
        "quantity": mark.count,
        "rule": rule.name if rule else None,
        "label": rule.label if rule else None,
        "what": rule.what if rule else None,
        "bucket": rule.bucket if rule else None,
        "points": mark.points if mark.given else None,
        "counted": line.points,
        "cuts": [{"by": cut.by, "label": cut.label, "points": cut.points} for cut in line.cuts],
    }


def lines(tried: Tried) -> Iterator[str]:
    """The same, to be read."""
    words = vocabulary(tried.tariff)
    yield from head(tried.tariff)
    for account in tried.accounts:
        found = account.reckoned
        yield ""
        yield f"{account.member}　{account.year} 年"
        for line in found.lines:
            deed = line.mark.deed
            did = f"{words.acts[deed.act]}·{words.roles[deed.role]}" if deed else ""
            yield f"  第 {line.mark.ref} 行　{line.mark.day}　{did}{_how_many(line)}　{_counted(line)}"
        yield from _sums(found)
    if tried.rests:
        yield ""
    for rest in tried.rests:
        yield f"「{rest.thing}」{rest.rule.label}分不尽的 {points(rest.points)} 分，不归任何人"
    yield from _gaps(tried.tariff)


def head(tariff: Tariff) -> Iterator[str]:
    year = f"{tariff.year} 年" if tariff.year else f"哪年{NOT_GIVEN}"
    yield f"{tariff.name}　{tariff.label}"
    yield f"  {tariff.place}，{year}，{KINDS[tariff.kind]}；来源 {tariff.source}"


def act_lines(tariff: Tariff) -> Iterator[str]:
    """Acts and roles, what each brings."""
    yield from head(tariff)
    for row in acts(tariff):
        yield f"  {row['act']}（{row['label']}）　{row['role']}（{row['role_label']}）"
        for rule in row["rules"]:
            cap = "" if rule["points"] is None else f"，每年上限 {points(rule['year_cap'])}"
            yield f"      {rule['label']}：{points(rule['points'], True)}{cap}。{rule['what']}"
        if not row["rules"]:
            yield f"      {NOT_GIVEN}"
    for words in tariff.readings:
        yield f"  我们这样读：{words}"
    yield from _gaps(tariff)


def printed() -> Iterator[str]:
    """Every preset as a table, for the docs."""
    for one in sorted(tariffs(), key=lambda one: one.name):
        year = str(one.year) if one.year else f"年份{NOT_GIVEN}"
        yield f"### `{one.name}` {one.label}"
        yield ""
        yield f"{one.place}，{year}，{KINDS[one.kind]}。来源：{one.source}"
        yield ""
        yield "| rule | act · to | 分 | 每年上限 | 怎么记 |"
        yield "|---|---|---|---|---|"
        for rule in one.rules:
            cells = (
                rule.label,
                f"`{rule.act}` · {'、'.join(rule.to)}",
                points(rule.points, True),
                points(rule.cap),
                rule.what,
            )
            yield f"| {' | '.join(cells)} |"
        yield ""
        yield from (f"- {words}" for words in _frame(one))
        yield ""


def _frame(tariff: Tariff) -> Iterator[str]:
    for bucket in tariff.buckets if len(tariff.buckets) > 1 else ():
        yield f"{bucket.label}：起始 {points(bucket.start)}，最多 {points(bucket.ceiling)}"
    yield from (f"{group.label}：合起来一年最多 {points(group.cap)}" for group in tariff.groups if group.cap)
    if tariff.ceiling is not None:
        yield f"总分最多 {points(tariff.ceiling)}"
    if tariff.passed is not None:
        yield f"及格 {points(tariff.passed)}"
    if tariff.grades:
        yield "等次：" + "，".join(
            f"{grade.label or NOT_GIVEN}（{'其余' if grade.least is None else points(grade.least) + ' 起'}）"
            for grade in tariff.grades
        )
    if tariff.minimum:
        yield "最低要求：" + "，".join(need.label for need in tariff.minimum)
    if tariff.readings:
        yield "我们这样读：" + "".join(tariff.readings)
    yield f"{NOT_GIVEN}：{'；'.join(gaps(tariff)) or '（没有）'}"
    if left := unfed(tariff):
        yield f"本平台现在记不到：{'；'.join(left)}"


def _how_many(line: Line) -> str:
    named = f"（{line.mark.thing}）" if line.mark.thing else ""
    return f"{named} × {line.mark.count}" if line.mark.count > 1 else named


def _counted(line: Line) -> str:
    rule = line.mark.rule
    if rule is None or rule.points is None:
        return f"记多少分{NOT_GIVEN}" + (f"　{rule.label}：{rule.what}" if rule else "")
    cuts = "".join(f"，{cut.label}，不计 {points(cut.points)}" for cut in line.cuts)
    return f"{points(line.points, True)}　{rule.label}：{rule.what}（应记 {points(line.mark.points)}{cuts}）"


def _sums(found: Reckoned) -> Iterator[str]:
    for part in found.parts:
        most = f"，最多 {points(part.bucket.ceiling)}" if part.bucket.ceiling is not None else ""
        yield (
            f"  {part.bucket.label}　{points(part.value)}（起始 {points(part.bucket.start)}，"
            f"加 {points(part.earned)}，减 {points(-part.deducted)}{most}）"
        )
    yield f"  合计　{points(found.total)}" + (
        f"（另有 {found.unsaid} 笔{NOT_GIVEN}分值，没有算进去）" if found.unsaid else ""
    )
    grade = NOT_GIVEN if found.grade is None or found.grade.label is None else found.grade.label
    passed = NOT_GIVEN if found.passed is None else "及格" if found.passed else "不及格"
    yield f"  等次　{grade}　及格线　{passed}"
    for need in found.needs:
        state = "做到了" if need.met else "没有做到"
        yield f"  最低要求　{need.minimum.label}：{state}（要 {need.minimum.least}，有 {need.done}）"
    if not found.needs:
        yield f"  最低要求　{NOT_GIVEN}"


def _gaps(tariff: Tariff) -> Iterator[str]:
    if found := gaps(tariff):
        yield f"{NOT_GIVEN}：{'；'.join(found)}"
