"""An opinion report, its versions, the bulletin that carries it, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id, thread_number
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.places.models import Committee, Department
from shangliang.base.ui.labels import spoken
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Voice


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SENT = "sent", _("工作室初审")
    RETURNED = "returned", _("请再补充")
    OFFICE = "office", _("机关编辑")
    CHECKED = "checked", _("已核稿，等签发")
    SIGNED = "signed", _("已签发，等刊发")
    ISSUED = "issued", _("已刊发")
    KEPT = "kept", _("留存")
    WITHDRAWN = "withdrawn", _("已撤回")


class Level(models.TextChoices):
    """Of whoever adopted or endorsed."""

    COUNTY = "county", _("县级")
    CITY = "city", _("市级")
    PROVINCE = "province", _("省级")
    NATION = "nation", _("全国")


class Written(models.Model):
    """A title and the three parts (一事一报：情况、分析、建议), under the key of `person`."""

    title = Private(_("题目"), null=True)
    situation = Private(_("情况"), null=True)
    analysis = Private(_("分析"), null=True)
    advice = Private(_("建议"), null=True)

    class Meta:
        abstract = True

    @property
    def texts(self) -> tuple[str, str, str, str]:
        return str(self.title), str(self.situation), str(self.analysis), str(self.advice)


class OpinionReport(Written):
    """An opinion report (社情民意信息): one matter, as it stands now. Its words lie under the writer's key;
    what is issued stays in the bulletin. Its queries bring studio and committee along."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    thread = models.CharField("事由编号", max_length=32, unique=True, default=thread_number)
    person = models.CharField("谁写的", max_length=16)
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    urgent = models.BooleanField("急", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField("何时起草")
    last_at = models.DateTimeField("最后一步的时间")
    sent_on = models.DateField("交工作室", null=True, blank=True)
    was_passed_on = models.BooleanField("报过机关", default=False)
    was_checked = models.BooleanField("核过稿", default=False)
    checked_by = models.CharField("谁核的稿", max_length=16, blank=True)
    signed_by = models.CharField("谁签发的", max_length=16, blank=True)

    objects: ClassVar[Rows["OpinionReport"]] = Rows.manager()
    get_state_display = spoken("state", State)

    class Meta:
        verbose_name = "社情民意信息"
        constraints = [
            models.CheckConstraint(
                name="opinion_report_past_the_studio_was_sent",
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(sent_on__isnull=False),
                violation_error_message="交过工作室的，才往下走。",
            ),
            models.CheckConstraint(
                name="opinion_report_checked_and_signed_by_two",
                condition=Q(signed_by="") | ~Q(signed_by=models.F("checked_by")),
                violation_error_message="核稿和签发要两个人。",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "state", "last_at"]),
            models.Index(fields=["studio", "state", "last_at"]),
            models.Index(fields=["person", "last_at"]),
        ]

    @property
    def subject(self) -> str:
        return f"opinion_report:{self.code}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return str(self.studio.code)


class Version(Written):
    """A report as it was sent by its writer, or as the office edited it (一稿)."""

    PERSON: ClassVar[str] = "report__person"  # where `person` stands
    report = models.ForeignKey(OpinionReport, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("第几稿")
    office = models.BooleanField("机关编的", default=False)
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Version"]] = Rows.manager()

    class Meta:
        verbose_name = "社情民意信息的一稿"
        constraints = [models.UniqueConstraint("report", "number", name="version_number_once")]

    @property
    def person(self) -> str:
        return self.report.person

    @property
    def code(self) -> str:
        """What binds the words to this row."""
        return f"{self.report.code}|{self.number}"


class Note(models.Model):
    """What the writer is told with a step: why it comes back, why it is kept, what became of it (一句话)."""

    class About(models.TextChoices):
        RETURNED = "returned", _("请补充")
        HELD_BACK = "held_back", _("退回再编")
        KEPT = "kept", _("留存")
        FED_BACK = "fed_back", _("反馈")

    PERSON: ClassVar[str] = "report__person"
    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    report = models.ForeignKey(OpinionReport, models.CASCADE, related_name="notes")
    about = models.CharField("关于哪一步", max_length=10, choices=About)
    words = Private("话", null=True)
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Note"]] = Rows.manager()
    get_about_display = spoken("about", About)

    class Meta:
        verbose_name = "告诉写信息的委员的话"

    @property
    def person(self) -> str:
        return self.report.person


class Bulletin(models.Model):
    """An issued number (信息专报): year, issue of the year, number from the first on; several items."""

    class State(models.TextChoices):
        ISSUED = "issued", _("已刊发")

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年")
    issue = models.PositiveIntegerField("第几期")
    total = models.PositiveIntegerField("总第几期")
    to_own = models.BooleanField("送本级党委、政府领导", default=True)
    to_upper = models.BooleanField("报上一级政协", default=False)
    issued_on = models.DateField("刊发")
    by = models.CharField("谁刊发的", max_length=16)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ISSUED)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "信息专报"
        constraints = [
            models.UniqueConstraint("committee", "year", "issue", name="bulletin_issue_once"),
            models.UniqueConstraint("committee", "total", name="bulletin_total_once"),
            models.CheckConstraint(
                name="bulletin_goes_somewhere",
                condition=Q(to_own=True) | Q(to_upper=True),
                violation_error_message="送本级领导、报上一级，至少选一样。",
            ),
        ]

    @property
    def subject(self) -> str:
        return f"bulletin:{self.code}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return ""


class Item(Written):
    """A report as a bulletin carries it (一条). It lies under the bulletin's own key, since it stays."""

    PERSON: ClassVar[str] = "bulletin__code"
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="items")
    report = models.OneToOneField(OpinionReport, models.PROTECT, related_name="item")
    number = models.PositiveSmallIntegerField("第几条")
    objects: ClassVar[Rows["Item"]] = Rows.manager()

    class Meta:
        verbose_name = "专报的一条"
        constraints = [models.UniqueConstraint("bulletin", "number", name="item_number_once")]

    @property
    def person(self) -> str:
        return self.bulletin.code

    @property
    def code(self) -> str:
        return f"{self.bulletin.code}|{self.number}"


class Noted(models.Model):
    """What became of something: each a row of its own, written down by the office on some day."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    on = models.DateField("哪天")
    by = models.CharField("谁记的", max_length=16)
    at = models.DateTimeField("何时记的")

    class Meta:
        abstract = True


class Endorsed(Noted):
    """What a leader wrote on it (批示), named by office, with a scan of the paper."""

    level = models.CharField("哪一级", max_length=10, choices=Level)
    who = models.CharField("哪位领导（写职务）", max_length=40)
    words = models.TextField("批示内容", max_length=500)
    get_level_display = spoken("level", Level)

    class Meta:
        abstract = True


class Adoption(Noted):
    """Adopted (采用) at a level, by itself or combined with others into one."""

    report = models.ForeignKey(OpinionReport, models.PROTECT, related_name="adoptions")
    level = models.CharField("哪一级", max_length=10, choices=Level)
    combined = models.BooleanField("综合采用", default=False)
    where = models.CharField("哪里、哪一期", max_length=100)
    # The same for all that were combined into one; empty where only this one is known of.
    reference = models.CharField("和哪几篇编在一起", max_length=12, blank=True)
    get_level_display = spoken("level", Level)

    class Meta:
        verbose_name = "采用"
        constraints = [
            models.CheckConstraint(
                name="adoption_with_others_is_combined",
                condition=Q(reference="") | Q(combined=True),
                violation_error_message="和别的编在一起的，是综合采用。",
            )
        ]
        indexes = [models.Index(fields=["reference"])]


class Endorsement(Endorsed):
    """On an opinion report."""

    report = models.ForeignKey(OpinionReport, models.PROTECT, related_name="endorsements")

    class Meta:
        verbose_name = "批示"

    @property
    def subject(self) -> str:
        return f"endorsement:{self.code}"


class Referral(Noted):
    """Passed to a department (转办), and what it replied."""

    report = models.ForeignKey(OpinionReport, models.PROTECT, related_name="referrals")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    words = models.CharField("请它办什么", max_length=300)
    due = models.DateField("最晚哪天回复", null=True, blank=True)  # none: passed on before there was a clock
    reply = models.TextField("回复", max_length=1000, blank=True)
    replied_on = models.DateField("回复的日子", null=True, blank=True)
    own = models.BooleanField("单位自己回的", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "转办"
        constraints = [
            models.CheckConstraint(
                name="referral_reply_has_words_and_day",
                condition=Q(reply="", replied_on=None) | (~Q(reply="") & Q(replied_on__isnull=False)),
                violation_error_message="回复要有内容和日子。",
            )
        ]
