"""Sheets of paper about an activity: before it what, when, where, whose, with the code of its public page;
after it the minutes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.clock import local_day
from shangliang.base.paper.press import dated, lined, sample_words
from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path
from shangliang.base.ui.filters import clock_time, listed, moment

from .models import Activity, Participation, Standing
from .said import doings, numbers, who_and_what

TYPST = Path(__file__).with_name("typst")
POSTER, MINUTES = TYPST / "poster.typ", TYPST / "minutes.typ"
NUMERALS = "一二三四五六七"
SAID, WITH, ROOM = 150, 60, 80  # characters that fit; the rest stands behind the code


def poster(activity: Activity, page: str) -> dict[str, Any]:
    """What the sheet `POSTER` says; `page`: the whole address of the activity's public page."""
    studio = activity.studio
    facts = [
        (_("什么时候"), _hours(activity)),
        (_("在哪儿"), activity.place),
        (_("谁来办"), activity.host),
    ]
    if activity.partners:
        facts.append((_("一起办的"), _cut(activity.partners, WITH)))
    much = sum(len(words) for _label, words in facts[1:]) > ROOM
    return {
        "office": activity.committee.office,
        "kind": str(activity.sort.label),
        "title": activity.title,
        "about": None if much else _cut(activity.about, SAID) or None,
        "facts": [list(fact) for fact in facts],
        "much": much,
        "qr": qr_path(page),
        "scan": _("扫一扫，看有没有改期"),
        "address": short(page),
        "call": [_("不会扫？打电话问"), studio.phone] if studio and studio.phone else None,
        "sample": _("示例：单位、电话都是虚构的") if activity.committee.sample else None,
    }


def minutes(
    activity: Activity,
    measured: Mapping[str, int],
    parts: Sequence[Participation],
    names: Mapping[str, str],
) -> dict[str, Any]:
    """What the sheet `MINUTES` says of what was recorded, for whoever may read the record: members by name
    (`names`), helpers by number, why somebody was on leave not at all."""
    did = doings(parts)
    done = [f"{names.get(person, '')}：{what}" for person, what in did.items()]
    helped = dict.fromkeys(who_and_what(line)[1] for line in str(activity.helpers).splitlines())
    if said := [what for what in helped if what]:
        done.append(_("来帮忙的：%(what)s") % {"what": "，".join(said)})
    leave = [names.get(part.person, "") for part in parts if part.state == Standing.LEAVE]
    found = [f"{label} {number}" for label, number in numbers(activity, measured, closed=False)]
    if activity.outcome:
        found.append(str(activity.get_outcome_display()))
    parts_said = [
        (
            _("时间、地点"),
            [_("%(when)s，在%(place)s。") % {"when": _when(activity), "place": activity.place}],
        ),
        (_("谁来办"), [_held_by(activity)]),
        (_("到场"), _there(activity, parts, names)),
        (_("请假"), [_("%(names)s。") % {"names": listed(leave)}] if leave else [_("没有。")]),
        (_("谁做了什么"), [f"{line}。" for line in done]),
        (_("量到的和结果"), [f"{'；'.join(found)}。"] if found else []),
        (_("情况"), str(activity.minutes).splitlines() or [_("没有另写。")]),
    ]
    told = [(head, lines) for head, lines in parts_said if lines]
    heads = [
        _("%(n)s、%(head)s") % {"n": n, "head": head} for n, (head, _l) in zip(NUMERALS, told, strict=False)
    ]
    text = [line for head, (_h, lines) in zip(heads, told, strict=True) for line in (head, *lines)]
    if activity.private:
        text.append(_("这一类活动的记录永不公开，这一张也不外传。"))
    return {
        "title": lined(_("「%(title)s」活动纪要") % {"title": activity.title}),
        "issuer": activity.host,
        "text": "\n".join(text),
        "date": dated(activity.recorded_on),
        "sample": sample_words(activity.committee.sample),
    }


def _held_by(activity: Activity) -> str:
    said = {"host": activity.host, "kind": activity.sort.label, "partners": activity.partners}
    return (
        _("%(host)s会同%(partners)s，%(kind)s。") if activity.partners else _("%(host)s，%(kind)s。")
    ) % said


def _there(activity: Activity, parts: Sequence[Participation], names: Mapping[str, str]) -> list[str]:
    came = [part for part in parts if part.state == Standing.CAME]
    told = [
        _("%(name)s（牵头）") % {"name": names.get(part.person, "")}
        if part.lead
        else names.get(part.person, "")
        for part in sorted(came, key=lambda part: not part.lead)
    ]
    said = _("委员 %(n)s 位：%(names)s") % {"n": len(came), "names": listed(told)}
    if activity.helpers_count:
        said += _("；请来帮忙的 %(n)s 位") % {"n": activity.helpers_count}
    return [f"{said}。"]


def _when(activity: Activity) -> str:
    """With the year: minutes are read years later."""
    begins, ends = activity.starts_at, activity.ends_at
    first, last = local_day(begins), local_day(ends)
    until = clock_time(ends) if first == last else f"{dated(last)}{clock_time(ends)}"
    return f"{dated(first)}{clock_time(begins)}—{until}"


def _hours(activity: Activity) -> str:
    begins, ends = activity.starts_at, activity.ends_at
    until = clock_time(ends) if local_day(begins) == local_day(ends) else moment(ends)
    return f"{moment(begins)}—{until}"


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
