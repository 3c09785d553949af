"""A research report or a supervision by study, its team and visits, and the text as it was sent."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id, thread_number
from shangliang.base.people.personal.fields import Private, Rows, with_keys
from shangliang.base.places.models import Committee, SpecialCommittee
from shangliang.base.ui.labels import spoken
from shangliang.flow.activities.models import Activity
from shangliang.flow.consultations.models import Consultation
from shangliang.flow.studios.models import Studio


class Kind(models.TextChoices):
    REPORT = "report", _("调研报告")
    STUDY = "study", _("监督式调研")


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("机关审看")
    RETURNED = "returned", _("请再补充")
    ACCEPTED = "accepted", _("审看过，等签发")
    SENT = "sent", _("已报送")
    CLOSED = "closed", _("办结")
    WITHDRAWN = "withdrawn", _("已撤回")


OUT = (State.SENT, State.CLOSED)


class Text(models.Model):
    """Title, findings and advice, the advice a line each, under the key of `person`."""

    title = Private(_("题目"), null=True)
    findings = Private(_("调研发现"), null=True)
    advice = Private(_("建议"), null=True)

    class Meta:
        abstract = True

    @property
    def texts(self) -> tuple[str, str, str]:
        return str(self.title), str(self.findings), str(self.advice)


class Research(Text):
    """A research report (调研报告) or a supervision by study (监督式调研). Its words lie under the lead
    writer's key until it is sent; then the text as it was sent stands for it (`said`)."""

    code = models.CharField("编号", max_length=12, unique=True, default=public_id, editable=False)
    thread = models.CharField("事由编号", max_length=32, unique=True, default=thread_number)
    person = models.CharField("谁执笔", max_length=16)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=6, choices=Kind)
    led_by = models.ForeignKey(
        SpecialCommittee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="哪个专委会牵头",
    )
    topic = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    started_at = models.DateTimeField("何时起草")
    last_at = models.DateTimeField("最后一步的时间")
    submitted_on = models.DateField("交机关", null=True, blank=True)
    accepted_by = models.CharField("谁审看的", max_length=16, blank=True)
    signed_by = models.CharField("谁签发的", max_length=16, blank=True)
    year = models.PositiveSmallIntegerField("编号的年", null=True, blank=True)
    number = models.PositiveIntegerField("第几号", null=True, blank=True)
    sent_on = models.DateField("报送", null=True, blank=True)
    closed_on = models.DateField("办结", null=True, blank=True)

    objects: ClassVar[Rows["Research"]] = Rows.manager()
    get_state_display = spoken("state", State)
    get_kind_display = spoken("kind", Kind)

    class Meta:
        verbose_name = "调研报告"
        constraints = [
            models.UniqueConstraint(
                "committee", "kind", "year", "number", name="research_number_once",
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="research_sent_has_its_number",
                condition=~Q(state__in=OUT)
                | Q(number__isnull=False, year__isnull=False, sent_on__isnull=False),
                violation_error_message="报送了的要有编号和日子。",
            ),
            models.CheckConstraint(
                name="research_past_the_draft_was_submitted",
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(submitted_on__isnull=False),
                violation_error_message="交过机关的，才往下走。",
            ),
            models.CheckConstraint(
                name="research_accepted_and_signed_by_two",
                condition=Q(signed_by="") | ~Q(signed_by=F("accepted_by")),
                violation_error_message="审看和签发要两个人。",
            ),
            models.CheckConstraint(
                name="research_a_study_is_led",
                condition=Q(kind="report", led_by=None) | Q(kind="study", led_by__isnull=False),
                violation_error_message="监督式调研写明由哪个专委会牵头。",
            ),
            models.CheckConstraint(
                name="research_only_a_study_is_closed",
                condition=Q(closed_on=None) & ~Q(state="closed")
                | Q(kind="study", state="closed", closed_on__isnull=False),
                violation_error_message="监督式调研才有办结。",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["committee", "state", "last_at"]),
            models.Index(fields=["person", "last_at"]),
        ]

    @property
    def subject(self) -> str:
        return f"research:{self.code}"

    @property
    def committee_path(self) -> str:
        return str(self.committee.path)

    @property
    def studio_code(self) -> str:
        return ""

    @property
    def study(self) -> bool:
        return self.kind == Kind.STUDY

    def named(self, person: str) -> bool:
        """Whether this pseudonym writes it or stands on its list; the team must be at hand."""
        return person == self.person or any(
            one.person == person and one.left_on is None for one in self.team.all()
        )

    @property
    def said(self) -> Text:
        """The text that stands: the sent one, once there is one. `paper` must be at hand."""
        return getattr(self, "paper", None) or self

    @property
    def heading(self) -> str:
        """Its title; the keys of all that were read together are fetched together."""
        if "_key" not in self.said.__dict__:
            with_keys([self.said, *(one.said for one in self.__dict__.get("_peers", ()) if one is not self)])
        return str(self.said.title)

    @property
    def running(self) -> str:
        """调研报告〔2026〕3号; empty before it is sent."""
        if self.number is None:
            return ""
        said = {"kind": self.get_kind_display(), "year": self.year, "n": self.number}
        return say("%(kind)s〔%(year)s〕%(n)s号") % said


class Paper(Text):
    """The text as it was sent. It lies under the report's own key, since it stays."""

    PERSON: ClassVar[str] = "research__code"
    research = models.OneToOneField(Research, models.CASCADE, related_name="paper")
    objects: ClassVar[Rows["Paper"]] = Rows.manager()

    class Meta:
        verbose_name = "报送的调研报告"

    @property
    def person(self) -> str:
        return self.research.code

    @property
    def code(self) -> str:
        return f"{self.research.code}|sent"


class Version(Text):
    """A report as it was handed to the office (一稿)."""

    PERSON: ClassVar[str] = "research__person"
    research = models.ForeignKey(Research, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("第几稿")
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Version"]] = Rows.manager()

    class Meta:
        verbose_name = "调研报告的一稿"
        constraints = [models.UniqueConstraint("research", "number", name="research_version_once")]

    @property
    def person(self) -> str:
        return self.research.person

    @property
    def code(self) -> str:
        return f"{self.research.code}|{self.number}"


class Note(models.Model):
    """What the team is told when it comes back (一句话)."""

    PERSON: ClassVar[str] = "research__person"
    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    research = models.ForeignKey(Research, models.CASCADE, related_name="notes")
    words = Private("话", null=True)
    by = models.CharField("谁", max_length=16)
    at = models.DateTimeField("何时")
    objects: ClassVar[Rows["Note"]] = Rows.manager()

    class Meta:
        verbose_name = "退回时说的话"

    @property
    def person(self) -> str:
        return self.research.person


class Teammate(models.Model):
    """Who is named (班子的一位): writers in their order, then who went along. Named, not asked: they see it
    from that moment on and may leave the list until it is handed to the office."""

    research = models.ForeignKey(Research, models.CASCADE, related_name="team")
    person = models.CharField("谁", max_length=16)
    writer = models.BooleanField("参与执笔", default=False)
    number = models.PositiveSmallIntegerField("第几位")
    left_on = models.DateField("退出了名单", null=True, blank=True)
    dropped = models.BooleanField("执笔的委员去掉的", default=False)  # they may be named again

    class Meta:
        verbose_name = "调研组的一位"
        constraints = [
            models.UniqueConstraint("research", "person", name="teammate_once"),
            models.UniqueConstraint("research", "number", name="teammate_number_once"),
        ]


class Joined(models.Model):
    """A studio that takes part in a supervision by study (参加的工作室)."""

    research = models.ForeignKey(Research, models.CASCADE, related_name="joined")
    studio = models.ForeignKey(Studio, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "参加监督式调研的工作室"
        constraints = [models.UniqueConstraint("research", "studio", name="joined_once")]


class Visit(models.Model):
    """A visit it rests on (一次走访): an activity that is on record here, or written down plainly."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    research = models.ForeignKey(Research, models.CASCADE, related_name="visits")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField("哪天")
    place = models.CharField("哪里", max_length=100)
    whom = models.CharField("和谁", max_length=100, blank=True)

    class Meta:
        verbose_name = "调研的一次走访"
        constraints = [
            models.UniqueConstraint(
                "research", "activity", name="visit_activity_once", condition=Q(activity__isnull=False)
            )
        ]
