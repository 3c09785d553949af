"""A consultation and what is said, held and agreed in it."""

from datetime import date
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
from shangliang.flow.voices.models import Voice


class Source(models.TextChoices):
    """Where a topic came from: the first three of the five steps."""

    LEADER = "leader", _("党政点题")
    VOICES = "voices", _("群众出题")
    MEMBER = "member", _("委员荐题")


class State(models.TextChoices):
    RAISED = "raised", _("待定题")
    DECLINED = "declined", _("未列入")
    OPEN = "open", _("正在商量")
    MINUTED = "minuted", _("纪要已出")
    SENT = "sent", _("等答复")
    FINISHED = "finished", _("有结果了")


class Consultation(models.Model):
    """A micro-consultation (微协商), from the raised topic to the published result."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    thread = models.CharField("事由编号", max_length=32, unique=True, default=thread_number)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, blank=True, related_name="+")  # the host
    title = models.CharField("题目", max_length=50)
    question = models.TextField("要商量定的事", max_length=1000)
    source = models.CharField("从哪儿来", max_length=10, choices=Source)
    raised_by = models.CharField("谁提的", max_length=16)
    raised_for = models.CharField("哪位领导点的题", max_length=40, blank=True)
    paper_on = models.DateField("纸面材料的日期", null=True, blank=True)
    raised_on = models.DateField("提出")
    state = models.CharField("状态", max_length=10, choices=State)
    version = models.PositiveIntegerField(default=1)
    decide_by = models.DateField("最晚定题")
    decide_provisional = models.BooleanField(default=False)
    last_day = models.DateField("说到哪天", null=True, blank=True)
    asked = models.ManyToManyField(Department, blank=True, related_name="+")
    decline_reason = models.TextField("未列入的理由", max_length=500, blank=True)
    declined_on = models.DateField("未列入", null=True, blank=True)
    opened_on = models.DateField("定题", null=True, blank=True)
    minuted_on = models.DateField("出纪要", null=True, blank=True)
    sent_on = models.DateField("送出建议", null=True, blank=True)
    finished_on = models.DateField("公布结果", null=True, blank=True)

    get_source_display = spoken("source", Source)
    get_state_display = spoken("state", State)

    class Meta:
        verbose_name = "协商"
        constraints = [
            models.CheckConstraint(
                name="consultation_paper_has_leader_and_day",
                condition=Q(raised_for="", paper_on=None) | (~Q(raised_for="") & Q(paper_on__isnull=False)),
                violation_error_message="替领导提的题目，要写明是哪位领导、哪天的材料。",
            ),
            models.CheckConstraint(
                name="consultation_declined_with_reason",
                condition=~Q(state=State.DECLINED) | ~Q(decline_reason=""),
                violation_error_message="不列入要写明理由。",
            ),
            models.CheckConstraint(
                name="consultation_open_has_host_and_last_day",
                condition=Q(state__in=[State.RAISED, State.DECLINED])
                | Q(studio__isnull=False, last_day__isnull=False),
                violation_error_message="定题时要写明哪间工作室主持、说到哪天。",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "state", "decide_by"]),
            models.Index(fields=["state", "opened_on", "id"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"consultation:{self.code}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return str(self.studio.code) if self.studio else ""

    @property
    def public(self) -> bool:
        """Opened or later: everybody sees it."""
        return self.state not in (State.RAISED, State.DECLINED)

    def takes_posts_on(self, day: date) -> bool:
        return self.state == State.OPEN and self.last_day is not None and day <= self.last_day


class FoundingVoice(models.Model):
    """A voice that a topic was raised from. Its author's verdict counts for every recommendation."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="founding")
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("第几轮")  # whose verdict counts here

    class Meta:
        verbose_name = "出题的留言"
        constraints = [models.UniqueConstraint("consultation", "voice", name="founding_voice_once")]
        indexes = [models.Index(fields=["voice", "consultation"])]


class Participant(models.TextChoices):
    """By what right somebody takes part; one right is one participant."""

    MEMBER = "member", _("委员")
    CODE = "code", _("查询码")
    DOOR = "door", _("参与码")


class Post(Reviewed):
    """One piece said in a consultation (一条发言). Its suggestions are counted apart.

    What is said lies under the key of `person`: a resident's and a guest's under their own pseudonym, so that
    it can be erased; what members say in office under their consultation's, since it stays."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="posts")
    words = Private("说的话", null=True, blank=True)
    author_key = models.CharField("化名", max_length=16)
    person = models.CharField("用谁的钥匙", max_length=16, editable=False)
    participant = models.CharField("凭什么参加", max_length=6, choices=Participant)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Post"]] = Rows.manager()

    class Meta:
        verbose_name = "发言"
        indexes = [
            models.Index(fields=["consultation", "review", "id"]),
            models.Index(fields=["consultation", "author_key"]),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        resident = self.participant in (Participant.CODE, Participant.DOOR)
        self.person = self.person or (self.author_key if resident else self.consultation.code)
        super().save(*args, **options)

    @property
    def subject(self) -> str:
        return f"post:{self.code}"

    @property
    def thread(self) -> str:
        return self.consultation.thread

    @property
    def committee_path(self) -> str:
        return self.consultation.committee_path

    @property
    def studio_code(self) -> str:
        return self.consultation.studio_code

    @property
    def said(self) -> str:
        """The wording that may be shown."""
        return str(self.public_words or self.words)


class Suggestion(models.Model):
    """One itemised suggestion (一条建议) inside a post; numbered through the whole consultation."""

    PERSON: ClassVar[str] = "post__person"  # where `person` stands
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="suggestions")
    post = models.ForeignKey(Post, models.PROTECT, related_name="suggestions")
    number = models.PositiveIntegerField("第几条")
    words = Private("建议", null=True)
    public_words = Private("公开的说法", null=True, blank=True)
    objects: ClassVar[Rows["Suggestion"]] = Rows.manager()

    class Meta:
        verbose_name = "意见建议"
        constraints = [models.UniqueConstraint("consultation", "number", name="suggestion_number_once")]

    @property
    def person(self) -> str:
        return self.post.person

    @property
    def code(self) -> str:
        """What binds the words to this row."""
        return f"{self.post.code}|{self.number}"

    @property
    def said(self) -> str:
        """The wording that may be shown."""
        return str(self.public_words or self.words)


class Meeting(models.Model):
    """A consultation's meeting (协商会) that was held."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="meetings")
    day = models.DateField("哪天")
    place = models.CharField("在哪儿", max_length=80)
    members = models.JSONField("到场委员", default=list)  # pseudonyms
    departments = models.ManyToManyField(Department, blank=True, related_name="+")
    others = models.PositiveIntegerField("其他到场的人", default=0)

    class Meta:
        verbose_name = "协商会"
        indexes = [models.Index(fields=["consultation", "day"])]


class Point(models.Model):
    """One line of the minutes: agreed, or not agreed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="points")
    agreed = models.BooleanField("商定")
    words = models.CharField("内容", max_length=500)

    class Meta:
        verbose_name = "纪要条目"
        indexes = [models.Index(fields=["consultation", "id"])]


class DoorCode(models.Model):
    """A one-time code printed for one consultation (参与码). The code is kept as a keyed hash only."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="door_codes")
    digest = models.CharField(max_length=64, unique=True)
    printed_on = models.DateField("哪天印的")
    used_by = models.CharField("谁用了", max_length=16, blank=True)
    used_at = models.DateTimeField("何时用的", null=True, blank=True)

    class Meta:
        verbose_name = "参与码"
        indexes = [models.Index(fields=["consultation", "printed_on"])]
        constraints = [
            models.CheckConstraint(
                name="door_code_used_by_somebody_once",
                condition=Q(used_by="", used_at=None) | (~Q(used_by="") & Q(used_at__isnull=False)),
            )
        ]
