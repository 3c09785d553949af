"""To whom a report goes, its advice piece by piece, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shangliang.base.journal.codes import public_id
from shangliang.base.people.personal.fields import Private, Rows
from shangliang.base.places.models import Department
from shangliang.base.ui.labels import spoken
from shangliang.flow.activities.models import Activity
from shangliang.flow.reports.models import Endorsed, Noted

from .research import Research


class Whom(models.TextChoices):
    """To whom it is sent."""

    OWN = "own", _("本级政协领导")
    PARTY = "party", _("党委")
    GOVERNMENT = "government", _("政府")
    DEPARTMENT = "department", _("单位")
    UPPER = "upper", _("上一级政协")


class Said(models.TextChoices):
    """What an addressee made of it."""

    ACKNOWLEDGED = "acknowledged", _("肯定")
    ADOPTED = "adopted", _("采纳")
    DECLINED = "declined", _("没有采纳")


class Addressee(models.Model):
    """One to whom it is sent (报送对象)."""

    code = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    research = models.ForeignKey(Research, models.CASCADE, related_name="addressees")
    whom = models.CharField("报给谁", max_length=10, choices=Whom)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    get_whom_display = spoken("whom", Whom)

    class Meta:
        verbose_name = "报送对象"
        constraints = [
            models.UniqueConstraint(
                "research", "whom", name="addressee_once", condition=Q(department=None)
            ),
            models.UniqueConstraint(
                "research", "department", name="addressee_department_once",
                condition=Q(department__isnull=False),
            ),
            models.CheckConstraint(
                name="addressee_department_is_named",
                condition=Q(whom="department", department__isnull=False)
                | ~Q(whom="department") & Q(department=None),
                violation_error_message="报给单位的，写明哪个单位。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.department.name if self.department else str(self.get_whom_display())


class Advice(models.Model):
    """A piece of advice as it was sent (一条建议), with its own outcome. Under the report's own key."""

    PERSON: ClassVar[str] = "research__code"
    research = models.ForeignKey(Research, models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField("第几条")
    words = Private("建议", null=True)
    objects: ClassVar[Rows["Advice"]] = Rows.manager()

    class Meta:
        verbose_name = "一条建议"
        constraints = [models.UniqueConstraint("research", "number", name="advice_number_once")]

    @property
    def person(self) -> str:
        return self.research.code

    @property
    def code(self) -> str:
        return f"{self.research.code}|advice {self.number}"


class Outcome(Noted):
    """What an addressee made of the whole, or of one piece of advice. One that was written down wrongly is
    taken back with a reason: it stays, and counts for nothing."""

    research = models.ForeignKey(Research, models.PROTECT, related_name="outcomes")
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="+")
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, blank=True, related_name="outcomes")
    said = models.CharField("怎么样", max_length=12, choices=Said)
    words = models.CharField("出处，或者理由", max_length=300)
    taken_back_at = models.DateTimeField("何时收回", null=True, blank=True)
    taken_back_by = models.CharField("谁收回的", max_length=16, blank=True)
    taken_back_why = models.CharField("为什么收回", max_length=200, blank=True)
    get_said_display = spoken("said", Said)

    class Meta:
        verbose_name = "调研报告的结果"
        constraints = [
            models.UniqueConstraint(
                "addressee", "said", name="outcome_of_the_whole_once",
                condition=Q(advice=None, taken_back_at=None),
            ),
            models.UniqueConstraint(
                "addressee", "advice", "said", name="outcome_of_a_piece_once",
                condition=Q(advice__isnull=False, taken_back_at=None),
            ),
        ]  # fmt: skip


class Endorsement(Endorsed):
    """On a research report, or a supervision by study."""

    research = models.ForeignKey(Research, models.PROTECT, related_name="endorsements")

    class Meta:
        verbose_name = "调研报告上的批示"

    @property
    def subject(self) -> str:
        return f"research_endorsement:{self.code}"


class Correction(Noted):
    """What was put right after a supervision by study (整改的一项). Its evidence: files under its own name,
    or an activity on record here."""

    research = models.ForeignKey(Research, models.PROTECT, related_name="corrections")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField("整改了什么", max_length=300)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")
    shown_on = models.DateField("有了凭据", null=True, blank=True)

    class Meta:
        verbose_name = "整改的一项"

    @property
    def subject(self) -> str:
        return f"correction:{self.code}"
