"""The office's moves on pages: which form asks, which action answers, what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import NOT_NOW, Move
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.ui.filters import day as long_day
from shangliang.base.ui.forms import blaming

from .. import actions, deadlines, rules
from ..actions.second_look import ask
from ..models import State, Voice
from ..states import CHART, HELD_MOVES
from . import forms, levelforms, meanwhile


@dataclass(frozen=True)
class Step:
    """A move as a page offers it. `key` is its letter on the keyboard; `grave` draws it in red."""

    form: type[forms.MoveForm]
    act: Callable[..., Voice]
    button: Any
    said: Any
    key: str = ""
    grave: bool = False


STEPS: dict[str, Step] = {
    "take_up": Step(
        forms.TakeUp, actions.take_up, _("受理"), _("受理了，留言人用查询码能看到答复的日子。"), key="f"
    ),
    "assign": Step(forms.Assign, actions.assign, _("转给这个单位"), _("转过去了，答复的日子照旧。"), key="f"),
    "answer": Step(
        forms.Answer, actions.answer, _("发出答复"), _("答复发出了。办成没有，由留言人自己说。"), key="a"
    ),
    "let_through": Step(
        forms.Press,
        actions.let_through,
        _("看过了，发出去"),
        _("发出去了。办成没有，由留言人自己说。"),
        key="a",
    ),
    "hold_back": Step(
        forms.HoldBack,
        actions.hold_back,
        _("退回去改"),
        _("退回去了，写的人看得到要改什么。"),
        key="r",
        grave=True,
    ),
    "retract": Step(forms.Press, actions.retract, _("收回来改"), _("收回来了，接着写。")),
    "report_done": Step(forms.Done, actions.report_done, _("报办完"), _("报上去了，等留言人去看、来认。")),
    "report_progress": Step(
        forms.Report, actions.report_progress, _("报进展"), _("进展记下了，留言人能看到。")
    ),
    "move_promise": Step(
        forms.MovePromise, actions.move_promise, _("改日子"), _("改了，新的日子和理由留言人都能看到。")
    ),
    "reply": Step(forms.Reply, actions.reply, _("回这一句"), _("回过去了，留言人用查询码能看到。")),
    "remind": Step(forms.Press, actions.remind, _("提醒一声"), _("提醒了，他们的单子上看得到。")),
    "urge": Step(
        forms.Press, actions.urge, _("发催办函"), _("催办函编了号，在「经过」里能存成 PDF，打印、盖章送去。")
    ),
    "extend": Step(forms.Extend, actions.extend, _("延期"), _("延了，新的日子和理由留言人都能看到。")),
    "send_up": Step(levelforms.SendUp, actions.send_up, _("报上去"), _("报上去了，由上级政协答复或退回。")),
    "pass_down": Step(levelforms.PassDown, actions.pass_down, _("交过去"), _("交过去了，由那里答复或退回。")),
    "propose_merge": Step(
        forms.ProposeMerge,
        actions.propose_merge,
        _("去问本人"),
        _("问过去了，本人同意才并；日子照走。"),
        key="m",
    ),
    "hand_over": Step(forms.HandOver, actions.hand_over, _("交过去"), _("交过去了，日子照走。"), key="h"),
    "set_topic": Step(forms.SetTopic, actions.set_topic, _("定下主题"), _("主题定了，数据里按它分。")),
    "unmerge": Step(forms.Press, actions.unmerge, _("拆开单独办"), _("拆开了，日子还是原来的日子。")),
    "give_opinion": Step(
        forms.Opinion,
        actions.give_opinion,
        _("把意见给主办单位"),
        _("给过去了，由主办单位一并答复。"),
        key="a",
    ),
    "call_in": Step(
        forms.CallIn, actions.call_in, _("请它会办"), _("请了，它有自己的日子；答复的日子照旧。")
    ),
    "call_off": Step(forms.CallOff, actions.call_off, _("不再请它"), _("不等它了，由主办单位接着办。")),
    "extend_part": Step(
        forms.ExtendPart, actions.extend_part, _("延期"), _("延了，新的日子和理由留言人都能看到。")
    ),
    "return_part": Step(
        forms.ReturnPart,
        actions.return_part,
        _("退回会办"),
        _("退回了，主办单位接着办，工作室会另请。"),
        key="r",
        grave=True,
    ),
    "send_back": Step(
        forms.SendBack, actions.send_back, _("退回改派"), _("退回了，工作室会另找单位。"), key="r", grave=True
    ),
    "return_to_office": Step(
        forms.SendBack,
        actions.return_to_office,
        _("退回改派"),
        _("退回了，由交办的政协另找单位。"),
        key="r",
        grave=True,
    ),
    "send_down": Step(
        levelforms.SendDown, actions.send_down, _("退回"), _("退回了，由工作室接着办。"), key="r", grave=True
    ),
    "return_down": Step(
        levelforms.ReturnDown,
        actions.return_down,
        _("退回下一级"),
        _("退回了，由那一级接着办。"),
        key="r",
        grave=True,
    ),
    "return_across": Step(
        levelforms.ReturnAcross,
        actions.return_across,
        _("退回交来的政协"),
        _("退回了，由那一级接着办。"),
        key="r",
        grave=True,
    ),
    "reconsider": Step(forms.Reconsider, actions.reconsider, _("改为受理"), _("受理了，答复的日子重新算。")),
    "refuse": Step(
        forms.Refuse,
        actions.refuse,
        _("不受理"),
        _("写明了该找谁，留言人用查询码能看到。"),
        key="r",
        grave=True,
    ),
}


@dataclass(frozen=True)
class Offer:
    """A move that is open to somebody now. Its form, empty or the one that came `back` with faults, is made
    when a page draws it: most stay folded."""

    name: str
    label: Any
    step: Step
    voice: Voice
    by: Actor
    back: forms.MoveForm | None = None
    words: str = ""  # what its field is filled with

    @cached_property
    def form(self) -> forms.MoveForm:
        return self.back or asked(self.name, self.voice, by=self.by, words=self.words)


def offered(
    voice: Voice,
    open_: list[Move],
    *,
    by: Actor,
    faulty: tuple[str, forms.MoveForm] | None = None,
    answer: str = "",
) -> list[Offer]:
    """The moves that are open (`queries.offered`) and have a form, in the order to be suggested. `answer`:
    what the field of the answer is filled with."""
    labels = {move.name: move.label for move in open_}
    if faulty:
        labels.setdefault(faulty[0], STEPS[faulty[0]].button)
    return [
        Offer(
            name,
            labels[name],
            step,
            voice,
            by,
            faulty[1] if faulty and faulty[0] == name else None,
            answer if name == "answer" else "",
        )
        for name, step in STEPS.items()
        if name in labels
    ]


def suggested(offers: list[Offer], voice: Voice) -> str:
    """The one act that the state asks for; none where somebody else has the turn."""
    if deadlines.stands_still(voice):
        return ""
    owed = voice.promised_for is not None and voice.done_on is None
    first = {
        State.RECEIVED: ("take_up",),
        State.TAKEN_UP: ("let_through",) if voice.proposed_by else ("assign", "answer"),
        State.ASSIGNED: ("answer", "give_opinion"),
        State.SENT_UP: ("let_through", "answer"),
        State.ANSWERED: ("report_done",) if owed else (),
    }.get(State(voice.state), ())
    open_ = {offer.name for offer in offers}
    return next((name for name in first if name in open_), "")


def asked(
    name: str,
    voice: Voice,
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
    *,
    by: Actor,
    words: str = "",
) -> forms.MoveForm:
    """The form of a move, filled in; or empty, but for its `words`. Http404 for a move that no page has."""
    if name not in STEPS:
        raise Http404(name)
    initial = {"words": words} if words else None
    return STEPS[name].form(voice, data, files, by=by, auto_id=f"{name}_%s", initial=initial)


def said(name: str, voice: Voice) -> Any:
    """What is said once the move is made. An answer may wait for a second look instead of going out."""
    if name == "answer" and voice.proposed_by:
        return _("送去复核了，通过了才发出。日子照走，留言人看得到正在复核。")
    if name == "reply" and deadlines.waits(voice):
        days = {"until": long_day(voice.waits_until)}
        return _("回过去了。日子停着等他回话，最多停到 %(until)s。") % days
    return STEPS[name].said


def carry_out(name: str, voice: Voice, form: forms.MoveForm, *, by: Actor, seen: int | None) -> Voice | None:
    """Make the move with what the form says. None when something is to be mended: it stands at the form's
    fields. Unseen, NotYours and NotNow go on to their pages; NotNow says who did what meanwhile."""
    try:
        if not form.is_valid():
            _ask(name, voice, by=by, seen=seen)
            return None
        with blaming(form):
            return STEPS[name].act(voice.code, by=by, seen=seen, **form.cleaned_data)
    except NotNow as why:
        raise meanwhile.told(why, voice, by=by, seen=seen) from why
    return None


def _ask(name: str, voice: Voice, *, by: Actor, seen: int | None) -> None:
    """Whether the move is theirs and possible now: said before a fault in the form is."""
    if name in HELD_MOVES and rules.may_hold(by, voice) and not CHART.may(name, by, voice):
        raise NotNow(NOT_NOW % {"state": voice.get_state_display(), "move": STEPS[name].button})
    rules.not_for_those_beside(name, by, voice)
    CHART.check(name, voice, by=by, seen=seen)
    ask(name, voice)
