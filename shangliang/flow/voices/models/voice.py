"""Voices, and what is kept beside them: what was said, answered, judged, and the clocks that ran."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id, thread_number
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.places.models import Committee, Department
from shangliang.base.review.models import Reviewed
from shangliang.base.ui.labels import spoken
from shangliang.flow.studios.models import Studio

from ..lists import Answerer, Rung, state_of
from ..scales import Attitude, Judgement, Result
from ..titles import first_clause
from ..topics import named


class State(models.TextChoices):
    RECEIVED = "received", _("待受理")
    REFUSED = "refused", _("未受理")
    TAKEN_UP = "taken_up", _("工作室在办")
    ASSIGNED = "assigned", _("承办单位在办")
    SENT_UP = "sent_up", _("上级政协在办")
    IN_CONSULTATION = "in_consultation", _("正在协商")
    ANSWERED = "answered", _("已答复，等您评价")
    CLOSED = "closed", _("您已评价")
    MERGED = "merged", _("和另一件一起办")
    WITHDRAWN = "withdrawn", _("留言人已撤回")


class Kind(models.TextChoices):
    QUESTION = "question", _("咨询")
    HELP = "help", _("求助")
    SUGGESTION = "suggestion", _("建议")
    COMPLAINT = "complaint", _("投诉")
    THANKS = "thanks", _("感谢")


class Channel(models.TextChoices):
    WEB = "web", _("网上")
    RECEPTION = "reception", _("接待")
    PHONE = "phone", _("电话")
    PAPER = "paper", _("纸条")
    VISIT = "visit", _("走访")


class Voice(Reviewed):
    """A voice (群众留言). Its queries bring studio, committee, department and upper committee along.

    `person` is a pseudonym drawn for this voice; nothing says who it is but an encrypted phone. What they
    said lies under the key of that pseudonym too. `erased_on`: they asked for it, and nothing is left."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    number = models.CharField("编号", max_length=24)
    thread = models.CharField("事由编号", max_length=20, unique=True, default=thread_number, editable=False)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="voices")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")

    words = Private("内容", null=True)
    kind = models.CharField("类别", max_length=12, choices=Kind, blank=True)
    topic = models.CharField("主题", max_length=20, blank=True)  # a key of `topics`; the office says it
    place = Private("地方", null=True, blank=True)
    phone = Private("电话", null=True, blank=True)
    phone_mark = models.CharField(
        max_length=64, blank=True
    )  # of one written down for somebody; see `settling`
    person = models.CharField("化名", max_length=12, default=public_id, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField("来处", max_length=10, choices=Channel, default=Channel.WEB)
    through = models.CharField("通过谁的码", max_length=16, blank=True)  # a member's pseudonym
    recorded_by = models.CharField("代为记下的人", max_length=16, blank=True)
    consent = models.BooleanField("本人同意代记", default=False)
    agreed = models.CharField("同意的是哪一版", max_length=40, blank=True)  # `privacy.Consent.mark`
    agreed_at = models.DateTimeField("何时同意", null=True, blank=True)
    said_on = models.DateField("哪天说的")
    left_at = models.DateTimeField("收到时间")

    state = models.CharField("状态", max_length=16, choices=State, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField("第几轮", default=1)
    reopened = models.BooleanField("退回过", default=False)
    extended = models.BooleanField("这一轮延过期", default=False)

    due_by = models.DateField("下一个日子", null=True, blank=True)  # what the queue runs by
    accept_by = models.DateField("受理期限", null=True, blank=True)
    answer_by = models.DateField("答复期限", null=True, blank=True)
    waits_until = models.DateField("等回话到哪天", null=True, blank=True)  # a question to the author is open
    stood = models.BooleanField("这一轮停过答复的日子", default=False)  # for a question; see `deadlines`
    provisional = models.BooleanField("日子是暂定的", default=False)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    upper = models.ForeignKey(Committee, models.PROTECT, null=True, blank=True, related_name="+")
    reached = models.CharField("最高报到过哪一级", max_length=40, blank=True)  # that committee's path
    lower = models.BooleanField("交给了下级", default=False)  # `upper` lies below or across
    proposed_by = models.CharField("谁写的答复在等复核", max_length=16, blank=True)
    assigned_on = models.DateField("转办日", null=True, blank=True)
    # Of those asked together: the one whose opinion comes first; none: it is the host's turn. See `sharing`.
    awaits = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    send_back_by = models.DateField("退回期限", null=True, blank=True)

    answered_on = models.DateField("答复了", null=True, blank=True)
    answered_by = models.CharField("谁答复的", max_length=12, choices=Answerer, blank=True)
    promised_for = models.DateField("承诺了", null=True, blank=True)
    done_on = models.DateField("单位说办完", null=True, blank=True)
    confirmed_on = models.DateField("您确认", null=True, blank=True)
    verdict_by = models.DateField("请您评价的日子", null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    withdrawn_on = models.DateField("撤回的日子", null=True, blank=True)
    ask_later = models.BooleanField("四周后可以问一句", default=True)
    rung = models.CharField("催到哪一级", max_length=8, choices=Rung, blank=True)  # of whoever holds it now
    rung_on = models.DateField("哪天催的", null=True, blank=True)
    erased_on = models.DateField("按本人要求删除", null=True, blank=True)
    leaves: Committee | None = None  # who has it still, while a move passes it on: no field
    objects: ClassVar[Rows["Voice"]] = Rows.manager()
    get_kind_display, get_channel_display = spoken("kind", Kind), spoken("channel", Channel)
    get_state_display, get_rung_display = state_of(State), spoken("rung", Rung)

    class Meta:
        verbose_name = "群众留言"
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="voice_number_once"),
            models.CheckConstraint(
                name="voice_told_in_person_has_recorder_and_consent",
                condition=Q(channel="web", recorded_by="")
                | Q(~Q(channel="web"), ~Q(recorded_by=""), consent=True),
                violation_error_message="代为记下的留言，要写明谁记的，并经本人同意。",
            ),
            models.CheckConstraint(
                name="voice_assigned_has_department",
                condition=~Q(state="assigned") | Q(department__isnull=False, send_back_by__isnull=False),
                violation_error_message="转承办单位，要写明是哪个单位。",
            ),
            models.CheckConstraint(
                name="voice_awaits_an_opinion_while_assigned",
                condition=Q(awaits=None) | Q(state="assigned"),
                violation_error_message="转给承办单位以后，才等会办单位的意见。",
            ),
            models.CheckConstraint(
                name="voice_sent_up_has_upper",
                condition=~Q(state="sent_up") | Q(upper__isnull=False),
                violation_error_message="报上级政协，要写明是哪一级。",
            ),
            models.CheckConstraint(
                name="voice_answered_has_day_and_answerer",
                condition=~Q(state__in=["answered", "closed"])
                | (Q(answered_on__isnull=False) & ~Q(answered_by="")),
                violation_error_message="答复要有日子，并写明谁答复的。",
            ),
            models.CheckConstraint(
                name="voice_facts_after_the_answer",
                condition=Q(answered_on__isnull=False)
                | Q(promised_for=None, done_on=None, confirmed_on=None),
                violation_error_message="先答复，才谈得上承诺、办完和确认。",
            ),
            models.CheckConstraint(
                name="voice_confirmed_only_when_closed",
                condition=Q(confirmed_on=None) | Q(state="closed"),
                violation_error_message="只有本人评过，才算确认。",
            ),
            models.CheckConstraint(
                name="voice_merged_says_into_which",
                condition=Q(state="merged", merged_into__isnull=False)
                | Q(~Q(state="merged"), merged_into=None),
                violation_error_message="并过去的留言，要写明并到哪一件。",
            ),
            models.CheckConstraint(
                name="voice_in_hand_has_a_day",
                condition=~Q(state__in=["received", "taken_up", "assigned", "sent_up"])
                | Q(due_by__isnull=False)
                | Q(erased_on__isnull=False),
                violation_error_message="在办的事要有期限。",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "due_by", "id"], name="voice_by_clock"),
            models.Index(
                fields=["committee", "state", "due_by", "id"],
                condition=Q(erased_on=None),
                name="voice_by_state",
            ),
            models.Index(fields=["studio", "state", "id"], name="voice_of_studio"),
            models.Index(fields=["department", "state"], name="voice_of_department"),
            models.Index(fields=["upper", "state"], name="voice_sent_up"),
            models.Index(fields=["committee", "reached"], name="voice_reached"),
            models.Index(fields=["committee", "review", "-first_shown_at"], name="voice_shown"),
            models.Index(fields=["committee", "due_by"], condition=Q(rung="listed"), name="voice_listed"),
            models.Index(  # with all that the question names, or each row would be read besides
                fields=[
                    *("committee", "state", "department", "awaits", "studio"),
                    *("upper", "answered_by", "due_by", "rung", "erased_on"),
                ],
                condition=Q(rung="listed", erased_on=None, due_by__isnull=False),
                name="voice_named",
            ),
            models.Index(
                fields=["committee", "topic", "due_by"], condition=~Q(topic=""), name="voice_by_topic"
            ),
            models.Index(
                fields=["committee", "phone_mark"], condition=~Q(phone_mark=""), name="voice_by_phone_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_topic_display(self) -> str:
        """What it is about, in the language of the page; "" where nobody said."""
        return named(self.topic)

    @property
    def subject(self) -> str:
        return f"voice:{self.code}"

    @property
    def committee_path(self) -> str:
        return self.committee.path

    @property
    def offices(self) -> set[str]:
        """Paths of the committees whose offices read it whole: its own, whoever it was passed to, and each
        level up to the highest that it ever reached."""
        own = self.committee_path
        paths = {own, self.upper.path} if self.upper else {own}
        if self.reached:
            paths |= {own[: at + 1] for at in range(len(self.reached) - 1, len(own)) if own[at] == "/"}
        return paths

    @property
    def studio_code(self) -> str:
        return self.studio.code

    @property
    def author_key(self) -> str:
        return self.person

    @cached_property
    def asked_beside(self) -> list[Any]:
        """Who was ever asked beside a host: assignments by their day. Actions that change one drop this."""
        rows = self.assignments.filter(task="beside").select_related("department")
        return list(rows.order_by("due", "pk"))

    @property
    def beside(self) -> list[Any]:
        """Who is asked beside the host now, by their day."""
        return [one for one in self.asked_beside if one.open]

    @property
    def promised_by(self) -> date | None:
        """The day that its author was told and that runs now: not the one of an opinion in between."""
        return self.answer_by if self.awaits_id else self.due_by

    @property
    def title(self) -> str:
        """What the voice is called: the beginning of its words."""
        return first_clause(str(self.words))

    @property
    def wording(self) -> str:
        """The words as the public reads them once they are shown."""
        return str(self.public_words or self.words)

    @property
    def public_title(self) -> str:
        return first_clause(self.wording)


class Part(models.Model):
    """What belongs to a voice and goes with it."""

    PERSON: ClassVar[str] = "voice__person"  # where `person` stands
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="%(class)ss")
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")

    class Meta:
        abstract = True

    @property
    def person(self) -> str:
        """Under whose key its private words lie: the author's, whoever said them."""
        return self.voice.person


class Line(Part):
    """A piece of the dialogue between the author and the office. Photos lie under `line:<code>`."""

    class Side(models.TextChoices):
        AUTHOR = "author", _("留言人")
        OFFICE = "office", _("办事的人")

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    side = models.CharField(max_length=6, choices=Side)
    name = models.CharField("署名", max_length=60, blank=True)  # as it was shown; the author has none
    helped_by = models.CharField("谁代为写下", max_length=16, blank=True)  # of the author's own side
    words = Private("话", null=True)
    objects: ClassVar[Rows["Line"]] = Rows.manager()

    class Meta:
        verbose_name = "来回的话"

    @property
    def subject(self) -> str:
        return f"line:{self.code}"


class Answer(Part):
    """An answer of one round: who gave it, and the day it promises. Papers lie under `answer:<code>`."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    round = models.PositiveSmallIntegerField()
    words = models.TextField("答复", max_length=2000, blank=True)  # a consultation's answer stands with it
    who = models.CharField("谁答复的", max_length=60, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    committee = models.ForeignKey(Committee, models.PROTECT, null=True, blank=True, related_name="+")
    promised_for = models.DateField("承诺的日子", null=True, blank=True)
    count = models.PositiveSmallIntegerField("答复了几条建议", null=True, blank=True)

    class Meta:
        verbose_name = "答复"
        constraints = [models.UniqueConstraint(fields=["voice", "round"], name="voice_answer_once_a_round")]

    @property
    def subject(self) -> str:
        return f"answer:{self.code}"


class Progress(Part):
    """What was reported after the answer; `done`: the unit says it is done. Evidence under
    `progress:<code>`."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="reports")
    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    round = models.PositiveSmallIntegerField()
    words = models.TextField("进展", max_length=1000)
    who = models.CharField("谁说的", max_length=60, blank=True)
    done = models.BooleanField("说办完了", default=False)

    class Meta:
        verbose_name = "进展"

    @property
    def subject(self) -> str:
        return f"progress:{self.code}"


class Verdict(Part):
    """The author's word on one round. Attitude and result are apart; 1 is the best, blank is not said."""

    round = models.PositiveSmallIntegerField()
    verdict = models.CharField("解决了吗", max_length=6, choices=Judgement)
    attitude = models.PositiveSmallIntegerField("态度", choices=Attitude, null=True, blank=True)
    result = models.PositiveSmallIntegerField("结果", choices=Result, null=True, blank=True)
    missing = Private("还差什么", null=True, blank=True)
    reopened = models.BooleanField("请再办一次", default=False)
    changed_at = models.DateTimeField("何时改过", null=True, blank=True)
    objects: ClassVar[Rows["Verdict"]] = Rows.manager()

    class Meta:
        verbose_name = "评价"
        constraints = [
            models.UniqueConstraint(fields=["voice", "round"], name="voice_verdict_once_a_round"),
            models.CheckConstraint(
                name="voice_verdict_scales_1_to_5",
                condition=(Q(attitude=None) | Q(attitude__range=(1, 5)))
                & (Q(result=None) | Q(result__range=(1, 5))),
                violation_error_message="态度和结果各分五档。",
            ),
            models.CheckConstraint(
                name="voice_solved_is_not_reopened",
                condition=Q(reopened=False) | ~Q(verdict="solved"),
                violation_error_message="说了解决，就不用再办一次。",
            ),
        ]

    @property
    def code(self) -> str:
        """What binds the private words to this row."""
        return f"{self.voice.code}|{self.round}"


class Remark(Part):
    """The words that go with an act, which the journal does not hold: a reason, and whom to turn to.

    The n-th remark of an act's name belongs to the voice's n-th act of that name."""

    act = models.CharField(max_length=40)
    words = models.CharField("话", max_length=500, blank=True)
    owner = models.CharField("该找谁", max_length=60, blank=True)
    contact = models.CharField("电话或地址", max_length=100, blank=True)

    class Meta:
        verbose_name = "说明"
