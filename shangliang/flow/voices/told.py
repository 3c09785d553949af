"""What a resident reads of what happened: each act of their thread as a sentence, with its days and names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.journal import queries as journal
from shangliang.base.places import queries as places
from shangliang.base.review.models import Reason
from shangliang.base.ui.filters import day as long_day
from shangliang.base.ui.filters import short_day
from shangliang.flow.studios import queries as studios

from . import ladder, queries
from .heads import HEADS, PARTS, TO_ALL
from .models import Answer, Channel, Deadline, Judgement, Later, Progress, Refusal, Remark, Voice
from .queries import shared


@dataclass(frozen=True)
class Told:
    """One happening: when, what in a word or two, and the sentence its reader gets. `papers`: the subject
    under which files lie with it."""

    at: datetime
    act: str
    what: str
    sentence: str
    papers: str = ""


class Teller:
    """Fills the sentences of one voice: reads a side table once, when an act asks for it."""

    def __init__(self, voice: Voice, answers: Iterable[Answer], reports: Iterable[Progress]) -> None:
        self.voice = voice
        self.answers = {row.round: row for row in answers}
        reports = list(reports)
        self.progress = [row for row in reports if not row.done]
        self.done = [row for row in reports if row.done]
        self._studio = voice.studio.name

    @cached_property
    def remarks(self) -> dict[str, list[Remark]]:
        return queries.remarks(self.voice)

    @cached_property
    def departments(self) -> dict[str, str]:
        return {one.department.code: one.department.name for one in shared.ever_asked(self.voice)}

    def _name_of(self, studio: str) -> str:
        """The studio in which an act was done: a voice may have been handed over since."""
        if studio in ("", self.voice.studio.code):
            return self.voice.studio.name
        return studios.named([studio]).get(studio, self.voice.studio.name)

    def tell(self, act: Any, mine: bool) -> Told | None:
        heads = HEADS.get(act.name)
        head = heads and heads[0 if mine else 1]
        if not head or (act.name == "voice_settled_different" and act.facts.get("was") != "same"):
            return None
        self._studio = self._name_of(act.studio)
        words: Callable[[Any], tuple[str, str]] | None = getattr(self, f"_{act.name}", None)
        sentence, papers = words(act.facts) if words else ("", "")
        if not mine:  # a reason may speak of the author: everybody reads what, when and who
            sentence = self._to_all(act.name, act.facts)
        return Told(act.at, act.name, str(head), sentence, papers)

    def _to_all(self, name: str, facts: dict[str, Any]) -> str:
        if name == "voice_assigned" and facts.get("beside"):
            return _("%(host)s主办，%(beside)s会办") % self._together(facts)
        if name == "voice_assigned" or name in PARTS:
            return self.departments.get(facts.get("department", ""), "")
        if name == "voice_answered":
            return self._answer(facts).who if facts.get("round") in self.answers else ""
        if name == "voice_studio_changed":
            return self._studio
        if name in ("voice_reminded", "voice_urged", "voice_listed"):
            return self._holder(facts)
        if name == "voice_passed_down":
            return self._office(facts["to"])
        if name in ("voice_sent_up", "voice_sent_down"):
            return self._office(facts["upper"])
        if name == "voice_verdict_changed":
            return self._voice_verdict_changed(facts)[0]
        if name == "voice_followed_up":
            return self._voice_followed_up(facts)[0]
        return ""

    # ── The sentences of each act: (words, where its papers lie) ──
    def _voice_left(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("收到了。最晚 %(accept)s告诉您受理不受理，最晚 %(answer)s答复您。")
        return words % {"accept": _day(facts["accept_by"]), "answer": _day(facts["answer_by"])}, ""

    def _voice_recorded(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _(
            "%(studio)s替您记下了（%(channel)s）。最晚 %(accept)s告诉您受理不受理，最晚 %(answer)s答复您。"
        )
        channel = Channel(facts["channel"]).label
        days = {"accept": _day(facts["accept_by"]), "answer": _day(facts["answer_by"])}
        return words % {"studio": self._studio, "channel": channel, **days}, ""

    def _voice_taken_up(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("受理了，%(studio)s在办。最晚 %(day)s答复您。")
        return words % {"studio": self._studio, "day": _day(facts["answer_by"])}, ""

    def _voice_refused(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_refused")
        words = _("这件事%(studio)s办不了：%(reason)s。请找%(owner)s，%(contact)s。%(words)s")
        return words % {
            "studio": self._studio, "reason": Refusal(facts["reason"]).label,
            "owner": said.owner, "contact": said.contact, "words": said.words,
        }, ""  # fmt: skip

    def _voice_reconsidered(self, facts: dict[str, Any]) -> tuple[str, str]:
        self._remark("voice_reconsidered")
        return _("重新看过，现在受理了。最晚 %(day)s答复您。") % {"day": _day(facts["answer_by"])}, ""

    def _voice_clock_reckoned(self, facts: dict[str, Any]) -> tuple[str, str]:
        if facts["kind"] == Deadline.Kind.OPINION:
            words = _("放假安排公布了，日子重新算过。%(who)s最晚 %(day)s给主办单位意见。")
            return words % {"who": self._department(facts), "day": _day(facts["due"])}, ""
        words = (
            _("放假安排公布了，日子重新算过。最晚 %(day)s告诉您受理不受理。")
            if facts["kind"] == Deadline.Kind.ACCEPT
            else _("放假安排公布了，日子重新算过。最晚 %(day)s答复您。")
        )
        return words % {"day": _day(facts["due"])}, ""

    def _voice_assigned(self, facts: dict[str, Any]) -> tuple[str, str]:
        if facts.get("beside"):
            words = _("%(host)s主办、统一答复，%(beside)s会办；%(studio)s接着盯。最晚 %(day)s答复您。")
            follows = self._office(facts["office"]) if "office" in facts else self.voice.studio.name
            rest = {"studio": follows, "day": _day(facts["answer_by"])}
            return words % {**self._together(facts), **rest}, ""
        words = _("转给%(who)s办，%(studio)s接着盯。最晚 %(day)s答复您。")
        follows = self._office(facts["office"]) if "office" in facts else self._studio
        about = {"who": self._department(facts), "day": _day(facts["answer_by"])}
        return words % {**about, "studio": follows}, ""

    def _voice_called_in(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("又请了%(who)s会办，%(day)s前给主办单位意见。答复您的日子没变。")
        return words % {"who": self._department(facts), "day": _day(facts["due"])}, ""

    def _voice_called_off(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_called_off")
        words = _("不再等%(who)s：%(reason)s")
        return words % {"who": self._department(facts), "reason": said.words}, ""

    def _voice_opinion_given(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("%(who)s把意见给了主办单位，由它一并答复您。")
        return words % {"who": self._department(facts)}, ""

    def _voice_part_returned(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_part_returned")
        words = _("%(who)s说不归它管：%(reason)s 主办单位接着办。")
        return words % {"who": self._department(facts), "reason": _stopped(said.words)}, ""

    def _voice_part_extended(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_part_extended")
        words = _("%(who)s要晚几天给意见：%(reason)s 新的日子是 %(day)s，答复您的日子没变。")
        rest = {"reason": _stopped(said.words), "day": _day(facts["due"])}
        return words % {"who": self._department(facts), **rest}, ""

    def _voice_sent_back(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("%(who)s说不归它管，%(studio)s正在另找单位。")
        seeks = self._office(facts["to"]) if "to" in facts else self._studio
        return words % {"who": self._department(facts), "studio": seeks}, ""

    def _voice_sent_up(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_sent_up")
        words = _("这件事要%(who)s来办：%(reason)s 已经报上去了。最晚 %(day)s答复您。")
        about = {"reason": _stopped(said.words), "day": _day(facts["answer_by"])}
        return words % {"who": self._office(facts["upper"]), **about}, ""

    def _voice_passed_down(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_passed_down")
        words = _("这件事归%(who)s来办：%(reason)s 已经交过去了。最晚 %(day)s答复您。")
        about = {"reason": _stopped(said.words), "day": _day(facts["answer_by"])}
        return words % {"who": self._office(facts["to"]), **about}, ""

    def _voice_sent_down(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_sent_down")
        if "to" in facts:  # to the level in between
            words = _("%(who)s请%(to)s接着办：%(reason)s")
            return words % {
                "who": self._office(facts["upper"]), "to": self._office(facts["to"]), "reason": said.words,
            }, ""  # fmt: skip
        words = _("%(who)s请%(studio)s接着办：%(reason)s")
        return words % {"who": self._office(facts["upper"]), "studio": self._studio, "reason": said.words}, ""

    def _voice_studio_changed(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("%(was)s停了，您的事由%(studio)s接着办，日子不变。")
        return words % {"was": self._name_of(facts["was"]), "studio": self._studio}, ""

    def _voice_raised(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_raised")
        return _("您的话成了大家商量的题目「%(title)s」。用查询码可以接着说。") % {"title": said.words}, ""

    def _voice_given_back(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_given_back")
        words = _("这个题目没有列入：%(reason)s 您的事接着单独办，最晚 %(day)s答复您。")
        return words % {"reason": _stopped(said.words), "day": _day(facts["answer_by"])}, ""

    def _voice_extended(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_extended")
        words = _("要晚几天：%(reason)s 新的日子是 %(day)s。")
        return words % {"reason": _stopped(said.words), "day": _day(facts["answer_by"])}, ""

    def _voice_reminded(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = (
            _("答应的日子过了，%(who)s还没说办完，提醒了他们。")
            if facts["kind"] == ladder.PROMISE
            else _("过了说好的日子，%(who)s还没有回音，提醒了他们。")
        )
        return words % {"who": self._holder(facts)}, ""

    def _voice_urged(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("给%(who)s发了催办函（%(number)s）。")
        return words % {"who": self._holder(facts), "number": facts["number"]}, ""

    def _voice_listed(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = (
            _("%(who)s答应的日子过了，还没说办完，公开列入了超期名单；办了就撤下。")
            if facts["kind"] == ladder.PROMISE
            else _("%(who)s还没有回音，公开列入了超期名单；办了就撤下。")
        )
        return words % {"who": self._holder(facts)}, ""

    def _voice_answered(self, facts: dict[str, Any]) -> tuple[str, str]:
        given = self._answer(facts)
        if given.count:
            return _("商量的结果出来了，%(n)s 条建议都答复了。请您看看。") % {"n": given.count}, ""
        words = _("%(who)s答复您了。办成没有，您说了算；不说不算办成。") % {"who": given.who}
        if given.promised_for:
            words += _("承诺 %(day)s前办完。") % {"day": short_day(given.promised_for)}
        return words, given.subject

    def _voice_answer_proposed(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("答复写好了，发出以前由另一个人看一遍。答复您的日子不变。"), ""

    def _voice_progress_reported(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self.progress.pop(0)
        return _("%(who)s说进展：%(words)s") % {"who": said.who, "words": said.words}, said.subject

    def _voice_promise_moved(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self._remark("voice_promise_moved")
        words = _("原来答应 %(was)s前办完，要晚：%(reason)s 新的日子是 %(day)s。")
        days = {"was": _day(facts["was"]), "day": _day(facts["promised"])}
        return words % {"reason": _stopped(said.words), **days}, ""

    def _voice_done_reported(self, facts: dict[str, Any]) -> tuple[str, str]:
        said = self.done.pop(0)
        if not facts.get("evidence"):
            return _("%(who)s说办完了。请您去看看，认了才算办成。") % {"who": said.who}, said.subject
        words = _("%(who)s说办完了，附 %(n)s 份照片或文件。请您去看看，认了才算办成。")
        return words % {"who": said.who, "n": facts["evidence"]}, said.subject

    def _voice_confirmed_solved(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("记下了：您说解决了。"), ""

    def _voice_judged_partly(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("记下了：解决了一部分。"), ""

    def _voice_judged_not(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("记下了：没解决。"), ""

    def _voice_reopened(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("退回%(studio)s再办一次。最晚 %(day)s答复您。")
        return words % {"studio": self._studio, "day": _day(facts["answer_by"])}, ""

    def _voice_verdict_changed(self, facts: dict[str, Any]) -> tuple[str, str]:
        if "was" not in facts:
            return "", ""
        words = _("从「%(was)s」改成「%(now)s」。")
        return words % {
            "was": Judgement(facts["was"]).label, "now": Judgement(facts["verdict"]).label,
        }, ""  # fmt: skip

    def _voice_followed_up(self, facts: dict[str, Any]) -> tuple[str, str]:
        return f"「{Later(facts['said']).label}」", ""

    _voice_relapsed = _voice_reopened_after_all = _voice_reopened

    def _voice_follow_up_set(self, facts: dict[str, Any]) -> tuple[str, str]:
        return (_("四周后可以问您。") if facts["wanted"] else _("四周后不问您。")), ""

    def _voice_settled_same(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("留的电话一样，说的是同一件事，统计时只算一件。两件都照样办、照样答复。"), ""

    def _voice_unmerged(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("日子和原来一样，最晚 %(day)s答复您。")
        return words % {"day": _day(facts["answer_by"])}, ""

    def _voice_withdrawn(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("不再往下办。留的电话删了，公开的话收回了。"), ""

    def _review_made_private(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("别人看不到您的话了，事情照样办。"), ""

    def _review_shown(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("别人看得到您的话了，看不到您的姓名和电话。"), ""

    def _photo_shown(self, facts: dict[str, Any]) -> tuple[str, str]:
        if not facts["boxes"]:
            return _("和公开的话放在一起。原来的照片还是只有办事的人和您看得到。"), ""
        words = _("和公开的话放在一起，盖住了 %(n)s 处。原来的照片还是只有办事的人和您看得到。")
        return words % {"n": facts["boxes"]}, ""

    def _review_appealed(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("换一个人再看一遍，5 个工作日内答复您。"), ""

    def _review_appeal_late(self, facts: dict[str, Any]) -> tuple[str, str]:
        office = self._office(facts["to"]) if "to" in facts else ""
        return (_("已经请%(office)s也来看。") % {"office": office} if office else ""), ""

    def _review_appeal_dismissed(self, facts: dict[str, Any]) -> tuple[str, str]:
        return _("换人看过，还是先不公开。事情照样在办。"), ""

    def _review_withheld(self, facts: dict[str, Any]) -> tuple[str, str]:
        words = _("事情照样在办。这一句先不公开：%(reason)s。")
        return words % {"reason": Reason(facts["reason"]).label}, ""

    def _remark(self, act: str) -> Remark:
        """The next remark of this act's name: the n-th belongs to the n-th act."""
        return self.remarks[act].pop(0) if self.remarks[act] else Remark(act=act)

    def _answer(self, facts: dict[str, Any]) -> Any:
        return self.answers[facts["round"]]

    def _holder(self, facts: dict[str, Any]) -> str:
        """Whom an act of the ladder names; see `ladder.holder`."""
        kind, _colon, code = facts["holder"].partition(":")
        if kind == "department":
            return self.departments.get(code, "")
        return self._office(code) if kind == "committee" else self._studio

    def _department(self, facts: dict[str, Any]) -> str:
        return self.departments.get(facts.get("department", ""), "")

    def _together(self, facts: dict[str, Any]) -> dict[str, str]:
        beside = _("、").join(self.departments.get(code, "") for code in facts["beside"])
        return {"host": self._department(facts), "beside": beside}

    def _office(self, code: str) -> str:
        """The committee that an act names: it may have gone to another since."""
        if self.voice.upper and self.voice.upper.code == code:
            return self.voice.upper.office
        if code not in self._offices:  # passed below, or across
            self._offices |= {one.code: one.office for one in places.committees().filter(code=code)}
        return self._offices.get(code, "")

    @cached_property
    def _offices(self) -> dict[str, str]:
        return {one.code: one.office for one in places.line(self.voice.committee)}


def timeline(
    voice: Voice,
    *,
    mine: bool,
    acts: Iterable[Any] | None = None,
    answers: list[Answer] | None = None,
    reports: list[Progress] | None = None,
) -> list[Told]:
    """What happened on the voice's own thread, oldest first: to its author (`mine`) with every sentence, to
    everybody with what, when and who. What the page has read already may be handed in."""
    teller = Teller(
        voice,
        queries.answers(voice) if answers is None else answers,
        queries.reports(voice) if reports is None else reports,
    )
    found = acts if acts is not None else journal.happened([voice.thread])
    about = (act for act in found if act.subject == voice.subject)
    return [told for act in about if (told := teller.tell(act, mine))]


def timelines(voices: list[Voice]) -> dict[str, list[Told]]:
    """Code → what everybody reads of each of these voices: heads and days only, in one query."""
    acts: dict[str, list[Told]] = {voice.code: [] for voice in voices}
    for act in journal.happened(voice.thread for voice in voices):
        code = act.subject.removeprefix("voice:")
        if act.name in TO_ALL and code in acts:
            acts[code].append(Told(act.at, act.name, str(HEADS[act.name][1]), ""))
    return acts


def _day(iso: str) -> str:
    return long_day(date.fromisoformat(iso))


def _stopped(words: str) -> str:
    """Somebody's reason, ended like a sentence."""
    return words if words[-1:] in "。！？…" else f"{words}。"
