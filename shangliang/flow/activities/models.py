"""An activity, what was measured at it, who takes part, and the series it stands in."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.places.models import Committee
from shangliang.base.ui.labels import spoken
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Voice

from .kinds import Kind, kinds


class State(models.TextChoices):
    PLANNED = "planned", _("计划中")
    ANNOUNCED = "announced", _("已通知")
    HELD = "held", _("办过了，已记录")
    PUBLISHED = "published", _("已公开")
    CLOSED = "closed", _("已归档")
    CANCELLED = "cancelled", _("取消了")


class Outcome(models.TextChoices):
    """Of a mediation."""

    SETTLED = "settled", _("调解成了")
    NOT_SETTLED = "not", _("没有调解成")
    PASSED_ON = "passed_on", _("转给别处办")


class Series(models.Model):
    """Activities that belong together: a series held again and again (每月义诊), or a campaign over many
    activities (大走访)."""

    class Form(models.TextChoices):
        SERIES = "series", _("系列，一次接一次")
        CAMPAIGN = "campaign", _("行动，许多活动一起")

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=40)
    form = models.CharField("形式", max_length=10, choices=Form)
    by = models.CharField("谁建的", max_length=16)
    at = models.DateTimeField("何时")
    get_form_display = spoken("form", Form)

    class Meta:
        verbose_name = "活动系列"
        constraints = [models.UniqueConstraint("committee", "name", name="series_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"series:{self.code}"


class Activity(models.Model):
    """An activity (履职活动) of a studio, or of the committee itself. Minutes and the names of invited
    helpers lie under a key of the activity's own. Its queries bring studio and committee along."""

    PERSON: ClassVar[str] = "code"  # where `person` stands
    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, blank=True, related_name="+")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("类别", max_length=24)
    private = models.BooleanField("不公开", default=False)
    title = models.CharField("名称", max_length=60)
    about = models.CharField("做什么", max_length=500, blank=True)
    place = models.CharField("地点", max_length=100)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    places = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    study = models.CharField("活动前学什么", max_length=200, blank=True)
    partners = models.CharField("一起办的单位", max_length=200, blank=True)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField("系列里第几次", null=True, blank=True)
    campaign = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1, editable=False)
    by = models.CharField("谁建的", max_length=16)
    last_at = models.DateTimeField("最后一步的时间")
    announced_on = models.DateField("发通知", null=True, blank=True)
    cancelled_why = models.CharField("为什么取消", max_length=200, blank=True)
    afterwards = models.CharField("为什么补记", max_length=200, blank=True)
    recorded_on = models.DateField("记录", null=True, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)
    helpers = Private("请来帮忙的人", null=True)
    helpers_count = models.PositiveSmallIntegerField("请来帮忙几人", default=0)
    minutes = Private("纪要", null=True)
    consent = models.CharField("照片怎么征得同意", max_length=200, blank=True)
    publicity = models.TextField("公开稿", max_length=3000, blank=True)
    photos_shown = models.BooleanField("公开照片", default=False)
    published_on = models.DateField("公开", null=True, blank=True)

    objects: ClassVar[Rows["Activity"]] = Rows.manager()
    get_state_display = spoken("state", State)
    get_outcome_display = spoken("outcome", Outcome)

    class Meta:
        verbose_name = "履职活动"
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="结束要晚于开始。",
            ),
            models.CheckConstraint(
                name="activity_published_is_not_private",
                condition=~Q(state="published") | Q(private=False, published_on__isnull=False),
                violation_error_message="不公开的类别不能公开；公开的要有日子。",
            ),
            models.CheckConstraint(
                name="activity_held_was_recorded",
                condition=~Q(state__in=["held", "published", "closed"]) | Q(recorded_on__isnull=False),
                violation_error_message="记录过的才算办过。",
            ),
            models.UniqueConstraint("series", "number", name="activity_number_once"),
        ]
        indexes = [
            models.Index(fields=["committee", "state", "starts_at"]),
            models.Index(fields=["studio", "state", "starts_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def person(self) -> str:
        """Whose key its private columns lie under: its own."""
        return self.code

    @property
    def subject(self) -> str:
        return f"activity:{self.code}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return str(self.studio.code) if self.studio else ""

    @property
    def sort(self) -> Kind:
        """Its kind as data."""
        return kinds()[self.kind]

    @property
    def host(self) -> str:
        """Who holds it, in words."""
        return self.studio.name if self.studio else self.committee.office


class Measured(models.Model):
    """A measure's number at an activity. What nobody counted has no row: empty is not 0."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="measured")
    key = models.CharField("计量项", max_length=32)
    value = models.PositiveIntegerField("数")

    class Meta:
        verbose_name = "活动的计量"
        constraints = [models.UniqueConstraint("activity", "key", name="measured_once")]


class CoveredPhoto(models.Model):
    """A photo of a record, black over faces, plates and papers (盖过的照片): the copy `code` stands in the
    place of `photo`, which only those who see the record open."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="covered")
    photo = models.CharField("哪一张", max_length=10)
    code = models.CharField("盖过的那一份", max_length=10, unique=True)
    boxes: Any = models.JSONField("遮住的地方", default=list)  # [[left, top, width, height], …], thousandths
    by = models.CharField("谁盖的", max_length=16)
    at = models.DateTimeField("何时")

    class Meta:
        verbose_name = "盖过的照片"
        constraints = [models.UniqueConstraint("activity", "photo", name="activity_photo_covered_once")]


class Standing(models.TextChoices):
    INVITED = "invited", _("请了，还没回")
    SIGNED = "signed", _("报名了")
    WAITING = "waiting", _("候补")
    LEAVE = "leave", _("请假")
    CAME = "came", _("到了")
    ABSENT = "absent", _("没有到")
    STRUCK = "struck", _("划掉了")


class Participation(models.Model):
    """A member and an activity. Leave with a reason is no absence; what somebody did there, why they were
    away, were struck from the record or added to it, lies under the member's key."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participations")
    person = models.CharField("谁", max_length=16)
    state = models.CharField("状态", max_length=10, choices=Standing)
    version = models.PositiveIntegerField(default=1, editable=False)
    queued_at = models.DateTimeField("何时排上")
    studied_on = models.DateField("学过", null=True, blank=True)
    lead = models.BooleanField("牵头", default=False)
    by_code = models.BooleanField("扫码签到", default=False)
    late = models.BooleanField("签到交得晚", default=False)
    reason = Private("请假的理由", null=True)
    correction = Private("为什么划掉、补进记录", null=True)
    did = Private("做了什么", null=True)

    objects: ClassVar[Rows["Participation"]] = Rows.manager()
    get_state_display = spoken("state", Standing)

    class Meta:
        verbose_name = "参加活动"
        constraints = [models.UniqueConstraint("activity", "person", name="participation_once")]
        indexes = [models.Index(fields=["person", "state"])]

    @property
    def subject(self) -> str:
        """What the journal tells of a part is told of its activity."""
        return self.activity.subject

    @property
    def committee_path(self) -> str:
        return self.activity.committee_path

    @property
    def studio_code(self) -> str:
        return self.activity.studio_code
