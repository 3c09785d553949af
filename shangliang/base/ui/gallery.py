"""What the page of the kit shows: every component in every state, with the words of 示例省."""

from typing import Any

from django import forms
from django.template import engines

from .forms import Choice, Day, Form, MultiplePhotos, Scale
from .shapes import Ruler, Step

LONG = (
    "关于青石岭村至大河坎村之间通村公路第三标段边沟清淤、护栏补装与夜间照明一并解决的事，说了三年还没有结果"
)


class Say(Form):
    words = forms.CharField(
        label="您想说什么事？", help_text="照平时说话写就行。", max_length=2000, widget=forms.Textarea,
        error_messages={"required": "请写下您想说的事，几个字也行"},
    )  # fmt: skip
    place = forms.CharField(label="在什么地方？", required=False)
    photos = MultiplePhotos(label="照片", help_text="最多 9 张。")
    kind = forms.ChoiceField(
        label="是哪一类？", choices=[("", "请选一类"), ("road", "道路交通"), ("lamp", "路灯照明")]
    )
    public = forms.ChoiceField(
        label="这条留言给谁看？",
        widget=forms.RadioSelect,
        choices=[
            ("yes", Choice("公开", "不显示姓名和电话")),
            ("no", Choice("只给工作室看", "委员和工作人员能看到")),
        ],
        error_messages={"required": "请选一个：给谁看"},
    )
    held_on = forms.DateField(label="哪一天？", required=False, widget=Day)
    attitude = forms.ChoiceField(
        label="办事的人态度怎么样？",
        widget=Scale,
        choices=[("5", "很好"), ("4", "好"), ("3", "一般"), ("2", "不好"), ("1", "很差")],
        error_messages={"required": "请说说态度怎么样"},
    )
    again = forms.BooleanField(
        label="请再办一次", required=False, help_text="马上退回工作室，10 个工作日内再答复。"
    )


FILLED = {"c-words": "路灯不亮\n三个月了", "c-public": "yes", "c-attitude": "3", "c-again": "on"}
STEPS = (
    Step("党政点题", "ok", "清溪县委", "2026年3月12日", "点题的那页纸", "#"),
    Step("群众出题", "ok", "67 条留言归成 1 题", "2026年4月2日", "67 条留言", "#"),
    Step("委员荐题", "skipped"),
    Step("协商解题", "now", "农业界委员工作室", "第 2 次协商会 11月27日", "纪要 1 份", "#"),
    Step("政府答题", "todo", "承办单位书面答复", "会后 15 个工作日内", "待答复"),
)


def icon_names() -> list[str]:
    """The icons the kit has."""
    kit: Any = engines["jinja2"].get_template("ui/kit/icons.html")
    return list(kit.template.module.paths)


def samples() -> dict[str, Any]:
    """The values that the page's macros are called with."""
    return {
        "icon_names": icon_names(),
        "long": LONG,
        "form": Say(prefix="a"),
        "bad_form": Say({}, prefix="b"),
        "filled": Say(FILLED, prefix="c"),
        "steps": STEPS,
        "done_steps": [Step(step.name, "ok", step.who, step.when, step.evidence, "#") for step in STEPS],
        "new_steps": [Step(step.name, "todo") for step in STEPS],
        "rulers": [
            Ruler(10, 2, "给您的 10 个工作日，今天是第 3 天", ("11月18日 答复", "今天 11月23日", "12月2日")),
            Ruler(61, 42, "61 个工作日，还剩 18 天", ("9月18日", "还剩 18 个工作日", "12月18日")),
            Ruler(3, 3, "3 个工作日，过了 2 天", ("11月17日", "11月20日 到期", "超 2 个工作日"), late=2),
            Ruler(120, 60, "120 个工作日，过了一半"),
        ],
        "facts": [
            ("答复了", "11月18日，县城管局", "ok"), ("承诺了", "12月4日前全部换完", "ok"),
            ("单位说办完", "11月20日，附 4 张照片", "now"), ("您确认", "还没有", "todo"),
        ],
        "talk": [
            ("您", "11月9日 19:20", "村口到学校那段路灯三个月不亮，娃娃放学摸黑。\n一共 6 盏。", True, []),
            ("岳委员", "11月10日 9:05", "收到了。我明天傍晚去看，是哪几盏，您方便指一下吗？", False, []),
            ("县城管局", "11月18日 16:30", LONG, False, [("/static/ui/mark.svg", "#", "换好的灯")]),
        ],
        "history": [
            ("11月20日", "说办完", "县城管局传了 4 张换灯照片", "#", "看照片"),
            ("11月18日", "书面答复", "比期限早 1 个工作日", "", ""),
            ("11月9日", "您扫码留言", "", "", ""),
        ],
        "tabs": [("#", "待受理", 18, True), ("#", "超期", 1, False), ("#", "全部", None, False)],
        "rows": [["清溪县", 14, "200 名", None], ["云岭县", 10, None, "80 余条"]],
    }  # fmt: skip
