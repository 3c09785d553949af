"""What a resident writes: a word at the door, one more word, the verdict, a mended wording.

The action measures what was written; a form only asks, and keeps what was typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.forms import Choice, Form, MultiplePhotos, Photos, Scale, Tick

from .models import Attitude, Judgement, Kind, Later, Result

PUBLIC, PRIVATE = "public", "private"


def photos_field() -> MultiplePhotos:
    """Photos; where a script runs they go up one by one, and their vouchers come beside this field."""
    return MultiplePhotos(label=_("照片"), widget=Photos(attrs={"data-most": 9}, ahead="files:photo"))


class Leave(Form):
    """The form at a studio's door. Nothing is chosen beforehand: what is not chosen is not public."""

    words = forms.CharField(
        label=_("您想说什么事？"),
        help_text=_("照平时说话写就行，2,000 字以内。"),
        widget=forms.Textarea(attrs={"rows": 7, "class": "in"}),
        error_messages={"required": _("请写下您想说的事，几个字也行。")},
    )
    kind = forms.ChoiceField(
        label=_("是哪一类？"), choices=Kind.choices, required=False, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("在什么地方？"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("如：某镇某村，村口水渠边")}),
    )
    photos = photos_field()
    phone = forms.CharField(
        label=_("手机号"),
        required=False,
        help_text=_("用来告诉您结果，有话问您，不会公开，工作室外的人看不到。"),
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "type": "tel", "class": "in short"}
        ),
    )
    audience = forms.ChoiceField(
        label=_("这条留言给谁看？"),
        required=False,
        help_text=_("不选，就只给工作室看。"),
        widget=forms.RadioSelect,
        choices=[
            (PUBLIC, Choice(_("公开"), _("看过没问题再公开，不显示姓名和电话"))),
            (PRIVATE, Choice(_("只给工作室看"), _("委员和工作人员能看到"))),
        ],
    )

    @property
    def public(self) -> bool:
        """Shown to everybody only when its author chose so; a complaint starts at "not" like the rest."""
        return self.cleaned_data.get("audience") == PUBLIC


class Code(forms.Form):
    """A tracking code as it is typed."""

    code = forms.CharField(max_length=60, required=False)


class Follow(Form):
    """Offered to whoever has just supported a voice: told of it by e-mail, as every public thing can be
    subscribed to. The subscription checks what is written."""

    email = forms.CharField(
        label=_("电子邮箱"), required=False, max_length=200,
        help_text=_("按需填写，不填也算附议。邮箱不和附议放在一起，谁附议了还是没有人知道。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "class": "in"}),
    )  # fmt: skip


class Say(Form):
    words = forms.CharField(
        label=_("我再说一句"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("想补一句、问一句，都写在这里")}),
        error_messages={"required": _("写一个字也行，不能空着。")},
    )
    photos = photos_field()


class Judge(Form):
    """The verdict. Nothing is chosen beforehand; attitude and result are two questions."""

    verdict = forms.ChoiceField(
        label=_("这件事解决了吗？"),
        choices=Judgement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("选一样：解决了、解决了一部分，还是没解决。")},
    )
    missing = forms.CharField(
        label=_("还差什么？"), required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "in mid-h"})
    )
    attitude = forms.TypedChoiceField(
        label=_("办事的人态度怎么样？"),
        choices=Attitude.choices,
        required=False,
        coerce=int,
        empty_value=None,
        widget=Scale,
    )
    result = forms.TypedChoiceField(
        label=_("对办的结果满意吗？"),
        choices=Result.choices,
        required=False,
        coerce=int,
        empty_value=None,
        widget=Scale,
        help_text=_("态度和结果分开评，互不影响。"),
    )
    again = forms.BooleanField(label=_("请再办一次"), required=False)

    def __init__(
        self, *args: object, again_detail: str = "", may_reopen: bool = True, **options: object
    ) -> None:
        super().__init__(*args, **options)
        self.fields["again"].help_text = again_detail
        if not may_reopen:
            del self.fields["again"]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if given.get("again") and given.get("verdict") == Judgement.SOLVED:
            self.add_error("again", _("说了解决，就不用再办一次。去掉这个勾，或改选别的。"))
        return given


class Phone(Form):
    """Another number than the one they left, which is not shown whole here either."""

    phone = forms.CharField(
        label=_("换成这个手机号"),
        max_length=40,
        error_messages={"required": _("写上新的号码；不想留了，就按「删掉电话」。")},
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "type": "tel", "class": "in short"}
        ),
    )


class Erase(Form):
    """Nothing is erased by a slip: it is said once more."""

    sure = forms.BooleanField(
        label=_("我看明白了：删了就找不回来"),
        error_messages={"required": _("想好了，就在这里打个勾。")},
        widget=Tick,
    )


class Appeal(Form):
    words = forms.CharField(
        label=_("为什么该公开"),
        help_text=_("对着上面写的理由说。只给看申诉的人看。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("写上为什么该公开，四个字以上。")},
    )


class Mend(Form):
    words = forms.CharField(
        label=_("公开的说法"),
        help_text=_("您原来写的原样留着；改好了，有人看一眼再公开。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("写上改好的话，四个字以上。")},
    )


class Nothing(Form):
    """A move that needs no word more."""


class Withdraw(Form):
    """Nothing is withdrawn by a slip."""

    sure = forms.BooleanField(
        label=_("我看明白了：这件事不再往下办"),
        error_messages={"required": _("想好了，就在这里打个勾。")},
        widget=Tick,
    )


class FollowUp(Form):
    """The question of four weeks later. Nothing is chosen beforehand."""

    said = forms.ChoiceField(
        label=_("过了四周，这件事现在怎么样？"),
        choices=Later.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("选一样；说不准也可以选。")},
    )
