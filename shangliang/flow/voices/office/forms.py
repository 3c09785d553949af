"""One form a move: what the office has to write. The action measures it; a form only asks."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Erasure
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee, Department
from shangliang.base.ui.forms import Day, Form, MultiplePhotos

from .. import deadlines, levels, rules, secondlook, topics
from ..forms import Erase
from ..models import Kind, Refusal, State, Voice
from ..queries import desk

PAPERS = "image/*,application/pdf"


class MoveForm(Form):
    """A form about one voice, for whoever fills it in. Its field names are the action's arguments."""

    def __init__(self, voice: Voice, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.voice, self.by = voice, by
        self.about()

    def about(self) -> None:
        """What depends on the voice: choices, limits, hints."""


def words_field(label: Any, *, rows: int = 3, most: int = 500, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=most, widget=widget, help_text=hint,
        error_messages={"required": gettext_lazy("这里要写一句，留言人看得到。")},
    )  # fmt: skip


def topic_choices() -> list[tuple[str, str]]:
    """Each topic with what belongs there."""
    return [("", "—"), *((key, f"{one}：{one.about}") for key, one in topics.topics().items())]


class TakeUp(MoveForm):
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=[("", "—"), *Kind.choices], required=False)

    topic = forms.ChoiceField(
        label=gettext_lazy("主题"),
        choices=topic_choices,
        required=False,
        help_text=gettext_lazy("说的是哪方面的事，拿不准就先不选，以后也能定。"),
    )

    def about(self) -> None:
        if self.voice.kind:
            del self.fields["kind"]


class SetTopic(MoveForm):
    topic = forms.ChoiceField(
        label=gettext_lazy("主题"),
        choices=topic_choices,
        required=False,
        help_text=gettext_lazy("公开的留言和数据按它分。改了，原来的和新的都记在账上，不另告诉谁。"),
    )

    def about(self) -> None:
        self.fields["topic"].initial = self.voice.topic


class Refuse(MoveForm):
    why = forms.ChoiceField(
        label=gettext_lazy("为什么不受理"),
        choices=[("", gettext_lazy("选一条")), *Refusal.choices],
        error_messages={"required": gettext_lazy("从单子里选一条理由。")},
    )
    owner = forms.CharField(
        label=gettext_lazy("该找哪个单位"),
        max_length=60,
        error_messages={"required": gettext_lazy("写明该去找哪个单位。")},
    )
    contact = forms.CharField(
        label=gettext_lazy("那里的电话或地址"),
        max_length=100,
        error_messages={"required": gettext_lazy("写上那里的电话或地址。")},
    )
    words = words_field(gettext_lazy("给留言人写一句"))


class Reconsider(MoveForm):
    words = words_field(gettext_lazy("为什么改为受理"))


class Assign(MoveForm):
    department = forms.ChoiceField(
        label=gettext_lazy("承办单位"), error_messages={"required": gettext_lazy("选一个单位。")}
    )
    beside = forms.MultipleChoiceField(
        label=gettext_lazy("会办单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一家办不了的才选。上面那家主办，统一答复；会办的把意见给它。"),
    )

    def about(self) -> None:
        rows = list(places.departments(levels.desk(self.voice)))
        choose(self.fields["department"], rows)
        self.fields["beside"].choices = [(d.code, d.name) for d in rows]  # type: ignore[attr-defined]
        if len(rows) < 2:
            del self.fields["beside"]

    def clean_department(self) -> Department:
        return places.department(self.cleaned_data["department"])

    def clean_beside(self) -> list[Department]:
        return [places.department(code) for code in self.cleaned_data["beside"]]


class CallIn(MoveForm):
    department = forms.ChoiceField(
        label=gettext_lazy("再请哪家会办"), error_messages={"required": gettext_lazy("选一个单位。")}
    )

    def about(self) -> None:
        asked = {self.voice.department_id, *(one.department_id for one in self.voice.beside)}
        desk_ = levels.desk(self.voice)
        rows = [d for d in places.departments(desk_) if d.pk not in asked]
        choose(self.fields["department"], rows)
        days = desk_.set("opinion_days")
        self.fields["department"].help_text = _(
            "它有 %(days)s 个工作日给主办单位意见，最晚到答复的日子。"
        ) % {"days": days}

    def clean_department(self) -> Department:
        return places.department(self.cleaned_data["department"])


class CallOff(MoveForm):
    department = forms.ChoiceField(
        label=gettext_lazy("不再请哪家"), error_messages={"required": gettext_lazy("选一个单位。")}
    )
    words = words_field(gettext_lazy("为什么"))

    def about(self) -> None:
        choose(self.fields["department"], [one.department for one in self.voice.beside])

    def clean_department(self) -> Department:
        return places.department(self.cleaned_data["department"])


class Opinion(MoveForm):
    words = words_field(
        gettext_lazy("会办意见"),
        rows=5,
        most=2000,
        hint=gettext_lazy("给主办单位看：本单位能办什么、哪天办、依据是什么。"),
    )


class ReturnPart(MoveForm):
    words = words_field(
        gettext_lazy("为什么不归本单位"), hint=gettext_lazy("写明归哪儿管更好，工作室好接着找。")
    )


class ExtendPart(MoveForm):
    days = forms.IntegerField(label=gettext_lazy("晚几个工作日"), min_value=1)
    words = words_field(gettext_lazy("为什么要晚"))

    def about(self) -> None:
        most = int(self.voice.committee.set("extension_days"))
        self.fields["days"].widget.attrs["max"] = most
        self.fields["days"].help_text = _("这一次会办只能延一次，最晚到答复的日子。")


def choose(field: forms.Field, rows: Iterable[Department | Committee]) -> None:
    field.choices = [("", _("选一个")), *((d.code, d.name) for d in rows)]  # type: ignore[attr-defined]


class SendBack(MoveForm):
    words = words_field(
        gettext_lazy("为什么不归本单位"), hint=gettext_lazy("写明归哪儿管更好，转给您的人好接着找。")
    )


class Extend(MoveForm):
    days = forms.IntegerField(label=gettext_lazy("晚几个工作日"), min_value=1)
    words = words_field(gettext_lazy("为什么要晚"))

    def about(self) -> None:
        most = int(self.voice.committee.set("extension_days"))
        self.fields["days"].widget.attrs["max"] = most
        self.fields["days"].help_text = _("最多 %(most)s 个，这一轮只能延一次。") % {"most": most}


class Answer(MoveForm):
    words = words_field(
        gettext_lazy("答复"), rows=6, most=2000, hint=gettext_lazy("说人话：查了什么，办了什么，还差什么。")
    )
    promised_for = forms.DateField(
        label=gettext_lazy("承诺哪天办完"),
        required=False,
        widget=Day,
        help_text=gettext_lazy("没有把握就不填；填了就会当作一个期限。"),
    )
    uploads = MultiplePhotos(label=gettext_lazy("照片或文件"), accept=PAPERS)
    sensitive = forms.BooleanField(
        label=gettext_lazy("先请另一个人看一遍再发"),
        required=False,
        help_text=gettext_lazy("说到谁家的难处、谁的不是，最好有人再看一眼。日子照走，留言人知道正在复核。"),
    )

    def about(self) -> None:
        self.fields["promised_for"].widget.attrs["min"] = clock.today().isoformat()
        if not secondlook.at_desk(self.voice):
            del self.fields["sensitive"]
        elif secondlook.obliged(self.voice):
            del self.fields["sensitive"]
            self.fields["words"].help_text = _("「%(kind)s」的答复，先由另一个人复核，通过了才发出。") % {
                "kind": self.voice.get_kind_display()
            }


class MovePromise(MoveForm):
    promised_for = forms.DateField(
        label=gettext_lazy("改到哪天办完"),
        widget=Day,
        error_messages={"required": gettext_lazy("写一个比原来晚的日子。")},
    )
    words = words_field(gettext_lazy("为什么要晚"), hint=gettext_lazy("留言人看得到。这一轮只能改一次。"))

    def about(self) -> None:
        self.fields["promised_for"].widget.attrs["min"] = clock.today().isoformat()


class HoldBack(MoveForm):
    words = words_field(gettext_lazy("要改什么"), hint=gettext_lazy("只有同事看得到。"))


class HandOver(MoveForm):
    to = forms.ChoiceField(
        label=gettext_lazy("交给谁"), error_messages={"required": gettext_lazy("选一位同事。")}
    )
    words = forms.CharField(
        label=gettext_lazy("交代一句"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("记成内部备注。日子照走，不因为换人停。"),
    )  # fmt: skip

    def about(self) -> None:
        rows = desk.colleagues(self.voice).items()
        self.fields["to"].choices = [("", _("选一位")), *rows]  # type: ignore[attr-defined]


class Noted(Form):
    words = forms.CharField(
        label=gettext_lazy("内部备注"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "只有本级政协和这间工作室管事的人看得到；单位、上级、别的县看不到。本人要自己信息的副本时，会一并给他：写事，不写人的是非，"
            "不写别人的姓名电话。"
        ),
        error_messages={"required": gettext_lazy("写一句，同事好接着办。")},
    )  # fmt: skip


class Report(MoveForm):
    words = words_field(gettext_lazy("办到哪一步了"), most=1000)
    uploads = MultiplePhotos(label=gettext_lazy("照片或文件"), accept=PAPERS)


class Done(MoveForm):
    words = words_field(gettext_lazy("办成什么样了"), most=1000)
    uploads = MultiplePhotos(
        label=gettext_lazy("办完的照片或文件"),
        accept=PAPERS,
        required=True,
        help_text=gettext_lazy("至少一张。留言人去看过、认了，才算办成。"),
        error_messages={"required": gettext_lazy("附一张办完的照片，或一份文件，留言人才好去看。")},
    )


class Reply(MoveForm):
    words = words_field(gettext_lazy("回一句"), most=1000)
    photos = MultiplePhotos(label=gettext_lazy("照片"))
    asks = forms.BooleanField(label=gettext_lazy("等他回话，才好接着办"), required=False)

    def about(self) -> None:
        """Only where the days would stand still for it, or `unclear` be said one day."""
        voice, mine = self.voice, rules.asks_author(self.by, self.voice)
        if mine and deadlines.may_wait(voice):
            self.fields["asks"].help_text = self._what_stands()
            return
        del self.fields["asks"]
        if mine and voice.stood and not deadlines.waits(voice):
            self.fields["words"].help_text = _("答复的日子这一轮停过一次了，再问，日子照走。")

    def _what_stands(self) -> str:
        voice = self.voice
        if voice.state != State.RECEIVED:
            words = _(
                "答复的日子从今天起停着，到他回话那天为止，最多停 %(days)s 个工作日；"
                "一轮只停这一次。他在查询页上看得到。"
            )
        elif voice.accept_by and voice.accept_by < clock.today():
            words = _("受理的日子过了，不停。他 %(days)s 个工作日没有回话，才能用「看不明白」那一条不受理。")
        elif voice.stood:
            words = _(
                "受理的日子从今天起停着，到他回话那天为止，最多停 %(days)s 个工作日；"
                "答复的日子这一轮停过了，照走。他在查询页上看得到。"
            )
        else:
            words = _(
                "受理和答复的日子从今天起都停着，到他回话那天为止，最多停 %(days)s 个工作日；"
                "答复的日子一轮只停一次。他在查询页上看得到。"
            )
        return words % {"days": int(voice.committee.set("unclear_days"))}


class ProposeMerge(MoveForm):
    """Only asked: the author decides."""

    into = forms.CharField(
        label=gettext_lazy("和哪一件一起办（写编号）"),
        max_length=40,
        error_messages={"required": gettext_lazy("写那一件的编号。")},
    )
    words = words_field(
        gettext_lazy("跟留言人说说为什么"),
        hint=gettext_lazy("他在查询页上看得到，点「同意」才并；不回话就照样单独办。"),
    )


class EraseFor(Erase):
    """The same at the desk, when a resident asks there: how they asked is chosen, no name is written."""

    way = forms.ChoiceField(
        label=gettext_lazy("本人是怎么提出来的？"),
        choices=[(way.value, way.label) for way in Erasure.TOLD],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("选一下本人是怎么提出来的。")},
    )
    field_order = ("way", "sure")


class Reveal(Form):
    reason = forms.CharField(
        label=gettext_lazy("为什么要看"),
        max_length=200,
        help_text=gettext_lazy("会记下谁、何时、为什么看的，留言人看得到。"),
        error_messages={"required": gettext_lazy("请写明为什么要看，留言人以后看得到。")},
    )


class Press(MoveForm):
    """A move that asks for nothing but the press."""
