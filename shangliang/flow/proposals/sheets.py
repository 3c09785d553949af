"""Proposals on paper: the answer's letter, the letter that chases, and the proposals themselves, bound."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.paper.press import dated, lined, sample_words
from shangliang.base.paper.word import Sheet

from .models import Answer, Handling, Kind, Letter, Proposal, Signature, Urging

HERE = Path(__file__).parent / "typst"
REPLY, URGING, BOUND = HERE / "reply.typ", HERE / "urging.typ", HERE / "bound.typ"
PASSED = HERE / "passed.typ"


def filers(of: Proposal, names: Mapping[str, str]) -> list[str]:
    """Who filed it, in their order: the body of a collective one, else those who signed."""
    if of.collective:
        return [of.body]
    signed = (one for one in of.signatures.all() if one.state == Signature.State.SIGNED)
    return [names[one.person] for one in signed if one.person in names]


def _addressee(of: Proposal, names: Mapping[str, str]) -> str:
    said, member = "、".join(filers(of, names)), _("委员")
    return said if of.collective or said.endswith(member) else said + member


def _numbered(of: Proposal, names: Mapping[str, str]) -> str:
    """Several filers in their order, each with their place; empty for one."""
    said = filers(of, names)
    return "　".join(f"{n}. {name}" for n, name in enumerate(said, start=1)) if len(said) > 1 else ""


def _offices(of: Proposal) -> tuple[str, str]:
    """To whom each answer is copied (research/platforms-cn.md 5.2): the committee's office for proposals, and
    the government's that watches over what is to be done."""
    said = {"office": of.committee.office, "place": of.committee.name}
    return _("%(office)s提案委") % said, _("%(place)s政府督查室") % said


def reply(of: Proposal, to: Proposal, answer: Answer, names: Mapping[str, str]) -> dict[str, Any]:
    """What the letter `REPLY` says: one department's answer to the filers of `to`, which is the proposal
    itself or one that was merged into it. `names`: of the signers."""
    who = answer.handling.department.name
    beside = "、".join(
        one.department.name for one in of.handlings.all() if one.task == "co" and one.state != "returned"
    )
    return {
        "masthead": who,
        "number": answer.letter_number,
        "class": answer.grade,
        "open": answer.public and to.may_publish,
        "title": lined(_("关于%(number)s提案的答复") % {"number": to.case_number}),
        "addressee": _addressee(to, names),
        "text": _("您提出的《%(title)s》收悉，现答复如下：") % {"title": to.heading} + "\n" + answer.text,
        "issuer": who,
        "date": dated(answer.passed_on),
        "contact": answer.contact,
        "phone": answer.phone,
        "signers": _numbered(to, names),
        "copy": "、".join(filter(None, (*_offices(of), beside))),
        "sample": sample_words(of.committee.sample),
    }


def reply_in_word(said: Mapping[str, Any]) -> bytes:
    """The same words (those of `reply`) as a Word file, to go on with."""
    sheet = Sheet(said["title"], said["issuer"])
    if said["sample"]:
        sheet.corner(said["sample"])
    sheet.letterhead(said["masthead"])
    sheet.between(_("复文类别：%(class)s") % said, said["number"])
    sheet.line(_("公开") if said["open"] else _("不公开"), "hei", indent=False)
    sheet.headline(said["title"])
    sheet.blank()
    sheet.line(_("%(addressee)s：") % said, indent=False)
    sheet.passage(said["text"])
    sheet.signature(said["issuer"], said["date"])
    sheet.blank()
    if said["signers"]:
        sheet.line(_("（提案人：%(signers)s）") % said)
    sheet.line(_("（联系人：%(contact)s　电话：%(phone)s）") % said)
    sheet.colophon([_("抄送：%(copy)s。") % said])
    return sheet.file()


def urging(of: Proposal, letter: Urging) -> dict[str, Any]:
    """What the letter `URGING` says, about a department's part or about the letter that it became."""
    about = letter.letter or letter.handling
    assert about is not None  # `urging_of_a_part_or_a_letter`
    said = {"title": of.heading, "due": dated(about.due), "by": dated(letter.due)}
    if letter.letter:
        said["number"] = letter.letter.letter_number
        title = _("关于催请回复%(number)s的函")
        text = _("转给贵单位研究办理的《%(title)s》（%(number)s），请在%(due)s前回复，还没有收到。")
        end = _("请在%(by)s前回复。")
    else:
        said["number"] = of.case_number
        title = _("关于督办%(number)s提案的函")
        text = _("贵单位承办的《%(title)s》（%(number)s），办理期限是%(due)s。")
        end = _("请在%(by)s前办理并答复提案人。")
    return {
        "masthead": of.committee.office,
        "number": _("提督〔%(year)s〕%(n)s号") % {"year": letter.year, "n": letter.number},
        "title": lined(title % said),
        "addressee": about.department.name,
        "text": "\n".join((text % said, letter.words, end % said)),
        "issuer": of.committee.office,
        "date": dated(letter.on),
        "sample": sample_words(of.committee.sample),
    }  # fmt: skip


def passed(letter: Letter, names: Mapping[str, str]) -> dict[str, Any]:
    """What the letter `PASSED` says: the opinion of a proposal that was not filed, to the department that
    replies to it."""
    of = letter.proposal
    said = {
        "who": _addressee(of, names),
        "title": of.heading,
        "on": dated(of.sent_on),
        "by": dated(letter.due),
    }
    return {
        "masthead": of.committee.office,
        "number": letter.letter_number,
        "title": lined(_("关于转送《%(title)s》的函") % said),
        "addressee": letter.department.name,
        "text": _("%(who)s%(on)s提出《%(title)s》，经审查没有立案。所提的意见现转给你们，请研究办理，"
                  "%(by)s前把办理情况回复提案人，同时告诉我们。") % said,
        "issuer": of.committee.office,
        "date": dated(letter.on),
        "annex": of.heading,
        "parts": [str(part) for part in of.said.texts[1:]],
        "heads": [_("一、情况"), _("二、分析"), _("三、建议")],
        "sample": sample_words(of.committee.sample),
    }  # fmt: skip


def bound(title: str, rows: Iterable[Proposal], names: Mapping[str, str]) -> dict[str, Any]:
    """What `BOUND` says: each proposal on its pages, in the order of their numbers."""
    rows = list(rows)
    return {
        "issuer": title,
        "sample": sample_words(bool(rows) and rows[0].committee.sample),
        "items": [
            {
                "number": one.case_number,
                "title": lined(one.heading),
                "filers": "、".join(filers(one, names)),
                "kind": one.get_kind_display(),
                "filed": dated(one.filed_on),
                "parts": [str(part) for part in one.said.texts[1:]],
                "hosts": _hosts(one),
            }
            for one in rows
        ],
        "heads": [_("一、情况"), _("二、分析"), _("三、建议")],
        "labels": [_("案号"), _("提案人"), _("立案"), _("承办")],
    }


def _hosts(of: Proposal) -> str:
    return "、".join(
        _("%(who)s（%(task)s）") % {"who": one.department.name, "task": one.get_task_display()}
        for one in of.handlings.all()
        if one.state != Handling.State.RETURNED
    )


def listing(
    rows: Iterable[Proposal],
    names: Mapping[str, str],
    sectors: Mapping[str, str],
    opinions: Mapping[int, Sequence[Answer]],
) -> list[list[object]]:
    """The list that offices keep (research/platforms-cn.md 5.2), as a table with its head: a line for each.
    `sectors`: by whoever leads; `opinions`: what was answered last, by the proposal that was handled. A
    special committee stands for what it filed itself; to which one a member belongs is not kept."""
    table: list[list[object]] = [
        [
            _("案号"), _("题目"), _("类型"), _("提案人"), _("界别"), _("专委会"), _("类别"), _("立案日期"),
            _("状态"), _("并入"), _("承办单位"), _("交办日期"), _("最晚答复"), _("答复日期"), _("答复类别"),
            _("答复意见"), _("重点"), _("公开"),
        ]
    ]  # fmt: skip
    for one in rows:
        parts = [part for part in one.head.handlings.all() if part.state != "returned"]
        given, open_ = [part.given_on for part in parts], [part.due for part in parts if part.answers]
        table.append([
            one.case_number, one.heading, one.get_kind_display(), "、".join(filers(one, names)),
            one.body if one.kind == Kind.SECTOR else "" if one.collective else sectors.get(one.person, ""),
            one.body if one.kind == Kind.SPECIAL else "", one.get_topic_display(), _iso(one.filed_on),
            one.get_state_display(), one.head.case_number if one.head is not one else "", _hosts(one.head),
            _iso(min(given, default=None)), _iso(max(open_, default=None)), _iso(one.answered_on),
            one.outcome, _said(opinions.get(one.head.pk, ())), _("重点") if one.key_reason else "",
            _("公开") if one.public else "",
        ])  # fmt: skip
    return table


def _said(answers: Sequence[Answer]) -> str:
    if len(answers) == 1:
        return str(answers[0].text)
    return "\n".join(
        _("%(who)s：%(text)s") % {"who": one.handling.department.name, "text": one.text} for one in answers
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
