"""Where a voice stands, for whoever reads it: whose turn it is and by when, the four facts, what was said."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.clock.words import nearing
from shangliang.base.ui.filters import day as long_day
from shangliang.base.ui.filters import short_day
from shangliang.base.ui.shapes import Ruler

from . import deadlines, ladder, queries
from .models import Answer, Answerer, Deadline, Line, Progress, State, Voice

TONES = {
    State.RECEIVED: "wait", State.REFUSED: "quiet", State.TAKEN_UP: "open", State.ASSIGNED: "open",
    State.SENT_UP: "open", State.IN_CONSULTATION: "info", State.ANSWERED: "you", State.CLOSED: "info",
    State.MERGED: "info", State.WITHDRAWN: "quiet",
}  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: a label, a sentence, by when, a ruler of working days; `you`: the author's own."""

    label: str
    sentence: str
    detail: str
    you: bool = False
    ruler: Ruler | None = None


@dataclass(frozen=True)
class Piece:
    """Something said: by whom, when, by the author or not, and the subject under which its files lie."""

    who: str
    at: datetime
    words: str
    mine: bool
    subject: str


def holder(voice: Voice) -> str:
    """Who must act now, by name."""
    if voice.state == State.ASSIGNED and voice.department:
        return (voice.awaits or voice.department).name
    if voice.state == State.SENT_UP and voice.upper:
        return voice.upper.office
    return voice.studio.name


def state_words(voice: Voice) -> tuple[str, str]:
    """The state and its tone, as the author reads it."""
    words = {
        State.ANSWERED: _("等您说一句"), State.CLOSED: _("您评过了"), State.WITHDRAWN: _("您撤回了"),
    }  # fmt: skip
    return words.get(State(voice.state), str(voice.get_state_display())), TONES[State(voice.state)]


def public_words(voice: Voice) -> tuple[str, str]:
    """The state and its tone, as everybody reads it. 已办成 is said only once the author confirmed it."""
    if voice.confirmed_on:
        return _("已办成"), "done"
    tone = "info" if voice.state == State.ANSWERED else TONES[State(voice.state)]
    return str(voice.get_state_display()), tone


def turn(voice: Voice) -> Turn:
    """Whose turn, in one sentence; what happens if nothing does."""
    say = {
        State.RECEIVED: _received, State.REFUSED: _refused, State.TAKEN_UP: _in_hand,
        State.ASSIGNED: _in_hand, State.SENT_UP: _in_hand, State.IN_CONSULTATION: _in_consultation,
        State.ANSWERED: _answered, State.CLOSED: _closed, State.MERGED: _merged,
        State.WITHDRAWN: _withdrawn,
    }[State(voice.state)]  # fmt: skip
    return say(voice)


def _received(voice: Voice) -> Turn:
    if deadlines.waits(voice):
        return _asked(voice)
    label = _("等%(who)s") % {"who": holder(voice)}
    detail = _("最晚 %(day)s告诉您；不受理会写明原因和该找谁。") % {"day": long_day(voice.accept_by)}
    return Turn(label, _("先看受理不受理"), _late(voice) + detail, ruler=_ruler(voice, Deadline.Kind.ACCEPT))


def _asked(voice: Voice) -> Turn:
    stood = {one.kind: one.stands_from for one in queries.clocks(voice) if one.stands_from}
    answer = Deadline.Kind.ANSWER in stood
    days = {
        "since": short_day(next(iter(stood.values()), None)), "until": long_day(voice.waits_until),
        "accept": long_day(voice.accept_by), "answer": long_day(voice.answer_by),
    }  # fmt: skip
    if voice.state != State.RECEIVED:
        detail = _(
            "从%(since)s起，答复的日子停着等您，最多停到 %(until)s，只停这一次。"
            "您早回话就早算，最晚 %(answer)s答复您。"
        )
    elif answer:
        detail = _(
            "从%(since)s起，受理和答复的日子都停着等您，最多停到 %(until)s。"
            "您早回话就早算，最晚 %(accept)s告诉您受理不受理，%(answer)s答复您。"
        )
    else:
        detail = _(
            "从%(since)s起，受理的日子停着等您，最多停到 %(until)s。"
            "您早回话就早算，最晚 %(accept)s告诉您受理不受理。"
        )
    return Turn(_("现在等您"), _("问了您一句，等您回话"), detail % days, you=True)


def _in_hand(voice: Voice) -> Turn:
    if deadlines.waits(voice):
        return _asked(voice)
    sentence = _("正在办，办好了答复您") if voice.round == 1 else _("退回来再办一次，办好了答复您")
    if voice.proposed_by:
        sentence = _("答复写好了，另一个人正在复核，看过就发给您")
    detail = _("最晚 %(day)s答复您；要延长，会先告诉您为什么。") % {"day": long_day(voice.answer_by)}
    if voice.awaits and voice.department:
        who = {"host": voice.department.name, "who": voice.awaits.name}
        sentence = _("%(host)s主办，正在等%(who)s的会办意见") % who
    label = _("等%(who)s") % {"who": holder(voice)}
    return Turn(label, sentence, _late(voice) + detail, ruler=_ruler(voice, Deadline.Kind.ANSWER))


def _refused(voice: Voice) -> Turn:
    said = voice.remarks.filter(act="voice_refused").last()
    owner = _("，").join([said.owner, said.contact]) if said else ""
    detail = said.words if said else ""
    return Turn(_("这件事请找"), owner, detail)


def _in_consultation(voice: Voice) -> Turn:
    return Turn(_("大家正在商量"), _("您的话成了商量的题目"), _("有了结果会答复您。用查询码可以接着说。"))


def _answered(voice: Voice) -> Turn:
    who = _who_answered(voice)
    if voice.done_on:
        sentence = _("%(who)s说办完了，请您去看一眼") % {"who": who}
    else:
        sentence = _("%(who)s答复您了，请您看看") % {"who": who}
    last = {"day": long_day(voice.verdict_by)}
    words = _("%(day)s前说一句就行。不说也不会算作办成。")
    if voice.verdict_by and clock.today() > voice.verdict_by:
        words = _("请您有空说一句。不说也不会算作办成。")
    passed = _passed(voice) if ladder.promise_passed(voice) else ""
    return Turn(_("现在等您"), sentence, passed + words % last, you=True, ruler=_verdict_ruler(voice))


def _passed(voice: Voice) -> str:
    words = _("答应的日子过了：%(who)s承诺 %(day)s前办完，还没说办完，这里记着。")
    return words % {"who": _who_answered(voice), "day": long_day(voice.promised_for)}


def _closed(voice: Voice) -> Turn:
    if voice.confirmed_on:
        return Turn(_("办成了"), _("您说解决了"), _("谢谢您说这一句。这件事到这里就办完了。"))
    return Turn(_("您评过了"), _("您说的记下了，不算办成"), _("有新情况，请到工作室门口再说一件。"))


def _merged(voice: Voice) -> Turn:
    detail = _("那一件的答复您这里也看得到。觉得不是一回事，随时可以拆开，日子还是原来的日子。")
    return Turn(_("一起办"), _("您这件和另一件一起办"), detail)


def _withdrawn(voice: Voice) -> Turn:
    words = _("不再往下办。您写的话只有办事的人看得到；想连这些也删掉，到「我的信息」里删。")
    return Turn(_("您撤回了"), _("这件事 %(day)s撤回了") % {"day": long_day(voice.withdrawn_on)}, words)


def _who_answered(voice: Voice) -> str:
    if voice.answered_by == Answerer.DEPARTMENT and voice.department:
        return voice.department.name
    if voice.answered_by == Answerer.UPPER and voice.upper:
        return voice.upper.office
    return voice.studio.name


def _late(voice: Voice) -> str:
    near = nearing(voice.promised_by)
    return _("已经%(late)s，这里记着。") % {"late": near.left} if near and near.tone == "l" else ""


def _ruler(voice: Voice, kind: Deadline.Kind) -> Ruler | None:
    running = next((d for d in voice.deadlines.filter(ended_on=None) if d.kind == kind), None)
    return ruler(running.started, running.due, running.days) if running else None


def _verdict_ruler(voice: Voice) -> Ruler | None:
    if not voice.answered_on or not voice.verdict_by:
        return None
    days = len(clock.working_days_between(voice.answered_on, voice.verdict_by)) - 1
    return ruler(voice.answered_on, voice.verdict_by, max(1, days), late_counts=False)


def ruler(started: date, due: date, days: int, *, late_counts: bool = True) -> Ruler:
    """A clock as one cell a working day: the day on which it was set does not count."""
    today = clock.today()
    gone = len([day for day in clock.working_days_between(started, today) if started < day < today])
    late = -clock.working_days_left(due) if late_counts and today > due else 0
    here = _("今天 %(day)s") % {"day": short_day(today)}
    words = _("从%(start)s到%(due)s，一共 %(days)s 个工作日，已经过了 %(gone)s 个") % {
        "start": short_day(started), "due": short_day(due), "days": days, "gone": min(gone, days),
    }  # fmt: skip
    labels = (short_day(started), here, short_day(due))
    return Ruler(total=days, spent=min(gone, days), words=words, labels=labels, late=max(0, late))


def facts(voice: Voice, *, files: int = 0, mine: bool = True) -> list[tuple[str, str, str]]:
    """Answered, promised, the unit says done, you confirm: side by side, never merged. `files`: how many lie
    with the last report."""
    waits = voice.state == State.ANSWERED
    answered = (
        _("，").join([short_day(voice.answered_on), _who_answered(voice)])
        if voice.answered_on
        else _("还没有")
    )
    promised = _("%(day)s前") % {"day": short_day(voice.promised_for)} if voice.promised_for else ""
    if ladder.promise_passed(voice):
        promised = _("%(day)s前，答应的日子过了") % {"day": short_day(voice.promised_for)}
    done = short_day(voice.done_on) if voice.done_on else _("还没有")
    if voice.done_on and files:
        done += _("，附 %(n)s 份照片或文件") % {"n": files}
    if voice.confirmed_on:
        confirmed = short_day(voice.confirmed_on)
    elif waits:
        confirmed = _("等您去看") if mine else _("还没评价")
    else:
        confirmed = _("评过了，没说办成") if voice.state == State.CLOSED else _("还没有")
    none = _("没有承诺日子") if voice.answered_on else _("还没有")
    return [
        (_("答复了"), answered, "ok" if voice.answered_on else "todo"),
        (_("承诺了"), promised or none, "ok" if voice.promised_for else "todo"),
        (_("单位说办完"), done, "ok" if voice.done_on else "todo"),
        (
            _("您确认") if mine else _("留言人确认"),
            confirmed,
            "ok" if voice.confirmed_on else "now" if waits and mine else "todo",
        ),
    ]


def talk(voice: Voice, answers: list[Answer], reports: list[Progress]) -> list[Piece]:
    """Everything said in the thread, oldest first: the first words, the dialogue, answers and reports."""
    found = [Piece(_("您"), voice.left_at, voice.words, True, voice.subject)]
    for line in queries.lines(voice):
        mine = line.side == Line.Side.AUTHOR
        who = _("您（%(who)s代为写下）") % {"who": line.name} if line.helped_by else _("您")
        found.append(Piece(who if mine else line.name, line.at, line.words, mine, line.subject))
    for answer in answers:
        words = answer.words or _("%(n)s 条建议都答复了，请到协商页面看。") % {"n": answer.count}
        if answer.promised_for:
            words += "\n" + _("承诺 %(day)s前办完。") % {"day": short_day(answer.promised_for)}
        found.append(Piece(answer.who, answer.at, words, False, answer.subject))
    for report in reports:
        found.append(Piece(report.who, report.at, report.words, False, report.subject))
    return sorted(found, key=lambda piece: piece.at)
